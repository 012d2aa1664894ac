/* test_rt_redefine.c -- functions get new code: frames go on with the old, calls run the new, in every tier
 *
 * Each test runs interpreted, compiled at once, and from tier to tier.  What redefines is a builtin that the
 * old code calls, a link hook, or another thread.
 */
#include "rt_fixture.h"

#include <unistd.h>

enum { OLD = 1, NEW = 2, TRIPS = 1000 };

typedef struct job {
  rt *r;
  vmk_function *target; /* is redefined, once */
  vmk_function *former;
  int done;
  bool throws;
} job;

static job J;

static void
build_new(vmk_builder *b, vmk_function *f, void *data)
{
  (void)f, (void)data;
  vmk_reg x = vmk_build_register(b, VMK_TYPE_I32);
  vmk_emit_const_i32(b, x, NEW);
  vmk_emit_r(b, VMK_OP_ret_i32, x);
}

static void
build_small(vmk_builder *b, vmk_function *f, void *data)
{
  (void)f, (void)data;
  vmk_reg x = vmk_build_register(b, VMK_TYPE_I32);
  vmk_emit_const_i32(b, x, OLD);
  vmk_emit_r(b, VMK_OP_ret_i32, x);
}

static void
redefine(vmk_thread *t)
{
  rt_code *old = vmk_meta_alloc(J.r->module, sizeof *old), *now = J.target->client;
  *old = *now;
  old->name = "former";
  J.former = vmk_function_new(J.r->module, J.target->signature, old, 0);
  vmk_world_stop(t);
  now->build = build_new;
  vmk_functions_redefine(t, &(vmk_redefinition){J.target, J.former}, 1);
  vmk_world_resume(t);
  J.done++;
}

/* tick(): redefine, when there is a target left. */
static void
tick(vmk_thread *t, vmk_native_call *c)
{
  if (!J.done)
    redefine(t);
  vmk_frame frame;
  assert_true(vmk_frame_first(t, &frame) && vmk_frame_next(&frame));
  vmk_return_i32(c, frame.function == J.former);
  if (J.throws)
    vmk_throw(t, rt_exception(J.r, t, 5));
}

static void
start(void **state)
{
  J = (job){.r = rt_start(*state)};
}

/* --- a frame that runs the old code ------------------------------------------------------------------------- */

/* Old: 10 * tick() + 1, by way of a loop, so that it changes its tier as well. */
static void
build_old(vmk_builder *b, vmk_function *f, void *hook)
{
  (void)f;
  vmk_reg x = vmk_build_register(b, VMK_TYPE_I32), i = vmk_build_register(b, VMK_TYPE_I32);
  vmk_label head = vmk_build_label(b);
  vmk_emit_call(b, x, hook, NULL, 0);
  vmk_emit_const_i32(b, i, 0);
  vmk_build_bind(b, head);
  vmk_emit_rri(b, VMK_OP_add_i32_imm, i, i, 1);
  vmk_emit_branch2i(b, VMK_OP_br_lt_i32_imm, i, TRIPS, head);
  vmk_emit_rri(b, VMK_OP_mul_i32_imm, x, x, 10);
  vmk_emit_rri(b, VMK_OP_add_i32_imm, x, x, OLD);
  vmk_emit_r(b, VMK_OP_ret_i32, x);
}

static void
frames_go_on_with_the_old_code(void **state)
{
  start(state);
  vmk_function *hook = rt_builtin(J.r, "i", tick);
  J.target = rt_function(J.r, "target", "i", build_old, hook);
  assert_int_equal(rt_call_i(J.r, J.target, 0), 10 + OLD);
  assert_int_equal(J.done, 1);
  for (int i = 0; i < 100; i++)
    assert_int_equal(rt_call_i(J.r, J.target, 0), NEW);
  /* The former function can be called as well. */
  assert_int_equal(rt_call_i(J.r, J.former, 0), 10 + OLD);
  rt_stop(J.r);
}

/* Old: tick() throws, and a handler of the old code takes it. */
static void
build_guarded(vmk_builder *b, vmk_function *f, void *hook)
{
  (void)f;
  vmk_reg x = vmk_build_register(b, VMK_TYPE_I32), e = vmk_build_register(b, VMK_TYPE_REF);
  vmk_label begin = vmk_build_label(b), end = vmk_build_label(b), handler = vmk_build_label(b);
  vmk_build_bind(b, begin);
  vmk_emit_call(b, x, hook, NULL, 0);
  vmk_build_bind(b, end);
  vmk_emit_r(b, VMK_OP_ret_i32, x);
  vmk_build_bind(b, handler);
  vmk_emit_const_i32(b, x, 7);
  vmk_emit_r(b, VMK_OP_ret_i32, x);
  vmk_build_handler(b, begin, end, handler, 5, e);
}

static void
handlers_of_the_old_code_catch(void **state)
{
  start(state);
  J.throws = true;
  vmk_function *hook = rt_builtin(J.r, "i", tick);
  J.target = rt_function(J.r, "target", "i", build_guarded, hook);
  assert_int_equal(rt_call_i(J.r, J.target, 0), 7);
  assert_int_equal(rt_call_i(J.r, J.target, 0), NEW);
  rt_stop(J.r);
}

/* --- sites -------------------------------------------------------------------------------------------------- */

static vmk_link_result
link_and_redefine(rt *r, vmk_thread *t, vmk_function *f, vmk_site *site)
{
  (void)r, (void)f;
  if (!J.done)
    redefine(t);
  if (site->kind == VMK_SITE_CONST_REF)
    vmk_site_set_ref(site, rt_exception(r, t, 40));
  else
    vmk_site_set_offset(site, RT_CODE);
  return VMK_LINK_QUICK;
}

static void
build_sites(vmk_builder *b, vmk_function *f, void *data)
{
  (void)f, (void)data;
  vmk_reg x = vmk_build_register(b, VMK_TYPE_I32), o = vmk_build_register(b, VMK_TYPE_REF);
  vmk_emit_site(b, VMK_SITE_CONST_REF, VMK_TYPE_REF, 0, 0, 0, o, NULL, 0, NULL);
  vmk_emit_site(b, VMK_SITE_LOAD_FIELD, VMK_TYPE_I32, 0, 0, 0, x, &o, 1, NULL);
  vmk_emit_rri(b, VMK_OP_add_i32_imm, x, x, OLD);
  vmk_emit_r(b, VMK_OP_ret_i32, x);
}

static void
sites_are_linked_in_the_old_code(void **state)
{
  start(state);
  J.r->link = link_and_redefine;
  J.target = rt_function(J.r, "target", "i", build_sites, NULL);
  assert_int_equal(rt_call_i(J.r, J.target, 0), 40 + OLD);
  assert_int_equal(rt_call_i(J.r, J.target, 0), NEW);
  assert_int_equal(rt_call_i(J.r, J.former, 0), 40 + OLD);
  rt_stop(J.r);
}

/* --- callers that have it inlined ------------------------------------------------------------------------------ */

typedef struct calls {
  vmk_function *small, *hook;
} calls;

/* run(n): the sum of small() over n trips, with tick() behind trip n / 2. */
static void
build_run(vmk_builder *b, vmk_function *f, void *data)
{
  (void)f;
  const calls *c = data;
  vmk_reg n = vmk_build_parameter(b, 0), x = vmk_build_register(b, VMK_TYPE_I32);
  vmk_reg i = vmk_build_register(b, VMK_TYPE_I32), sum = vmk_build_register(b, VMK_TYPE_I32);
  vmk_label head = vmk_build_label(b), next = vmk_build_label(b);
  vmk_emit_const_i32(b, i, 0);
  vmk_emit_const_i32(b, sum, 0);
  vmk_build_bind(b, head);
  vmk_emit_call(b, x, c->small, NULL, 0);
  vmk_emit_rrr(b, VMK_OP_add_i32, sum, sum, x);
  vmk_emit_rri(b, VMK_OP_add_i32_imm, i, i, 1);
  vmk_emit_branch2i(b, VMK_OP_br_ne_i32_imm, i, TRIPS / 2, next);
  vmk_emit_call(b, x, c->hook, NULL, 0);
  vmk_build_bind(b, next);
  vmk_emit_branch2(b, VMK_OP_br_lt_i32, i, n, head);
  vmk_emit_r(b, VMK_OP_ret_i32, sum);
}

static void
inlined_code_is_given_up(void **state)
{
  start(state);
  calls c = {rt_function(J.r, "small", "i", build_small, NULL), rt_builtin(J.r, "i", tick)};
  vmk_function *run = rt_function(J.r, "run", "ii", build_run, &c);
  J.target = c.small;
  for (int i = 0; i < 40; i++)
    assert_int_equal(rt_call_i(J.r, run, TRIPS / 4), TRIPS / 4 * OLD);
  assert_int_equal(rt_call_i(J.r, run, TRIPS), TRIPS / 2 * OLD + TRIPS / 2 * NEW);
  assert_int_equal(rt_call_i(J.r, run, TRIPS), TRIPS * NEW);
  rt_stop(J.r);
}

/* wait(): until small() is new; nothing but a poll stops it. */
static void
build_wait(vmk_builder *b, vmk_function *f, void *small)
{
  (void)f;
  vmk_reg x = vmk_build_register(b, VMK_TYPE_I32);
  vmk_label head = vmk_build_label(b);
  vmk_build_bind(b, head);
  vmk_emit_call(b, x, small, NULL, 0);
  vmk_emit_branch2i(b, VMK_OP_br_eq_i32_imm, x, OLD, head);
  vmk_emit_r(b, VMK_OP_ret_i32, x);
}

static void *
redefiner(void *data)
{
  vmk_thread *t;
  vmk_error error = {""};
  (void)data;
  if (vmk_thread_attach(J.r->vm, 0, &t, &error))
    vmk_fatal("%s", error.message);
  usleep(30000);
  vmk_enter_managed(t);
  redefine(t);
  vmk_leave_managed(t, false);
  vmk_thread_detach(t);
  return NULL;
}

static void
loops_notice_at_their_polls(void **state)
{
  start(state);
  J.target = rt_function(J.r, "small", "i", build_small, NULL);
  vmk_function *wait = rt_function(J.r, "wait", "i", build_wait, J.target);
  pthread_t other;
  assert_int_equal(pthread_create(&other, NULL, redefiner, NULL), 0);
  assert_int_equal(rt_call_i(J.r, wait, 0), NEW);
  vmk_enter_native(J.r->t);
  pthread_join(other, NULL);
  vmk_leave_native(J.r->t);
  rt_stop(J.r);
}

/* --- other states of a function ----------------------------------------------------------------------------------- */

/* Redefined while it is translated: the translation is made anew. */
static void
build_late(vmk_builder *b, vmk_function *f, void *data)
{
  if (!J.done)
    redefine(J.r->t);
  build_small(b, f, data);
}

static void
translations_under_way_are_repeated(void **state)
{
  start(state);
  J.target = rt_function(J.r, "target", "i", build_late, NULL);
  assert_int_equal(rt_call_i(J.r, J.target, 0), NEW);
  assert_int_equal(J.r->translations, 2);
  rt_stop(J.r);
}

static void
untranslated_functions_just_have_new_code(void **state)
{
  start(state);
  J.target = rt_function(J.r, "target", "i", build_small, NULL);
  redefine(J.r->t);
  assert_int_equal(rt_call_i(J.r, J.target, 0), NEW);
  assert_int_equal(J.r->translations, 1);
  rt_stop(J.r);
}

int
main(void)
{
  static char *const options[] = {"tiers=0",
                                  "",
                                  "tier1.calls=1",
                                  "tier1.calls=1,tier1.switch",
                                  "tier1.calls=1,tier1.leave=3",
                                  "gc.move-always"};
#define TEST(name) {#name, name, NULL, NULL, NULL}
  struct CMUnitTest tests[] = {
      TEST(frames_go_on_with_the_old_code),
      TEST(handlers_of_the_old_code_catch),
      TEST(sites_are_linked_in_the_old_code),
      TEST(inlined_code_is_given_up),
      TEST(loops_notice_at_their_polls),
      TEST(translations_under_way_are_repeated),
      TEST(untranslated_functions_just_have_new_code),
  };
  int failed = 0;
  for (size_t o = 0; o < VMK_COUNT(options); o++) {
    for (size_t i = 0; i < VMK_COUNT(tests); i++)
      tests[i].initial_state = options[o];
    failed += cmocka_run_group_tests_name(options[o], tests, NULL, NULL);
  }
  return failed;
}
