/* frame.c -- looking at frames: walks, positions, arguments, roots
 *
 * A thread outside tier code has its youngest frame in t->fp, t->pc; every older frame's pc is in the
 * header of the one above.  A frame with a pc is in the middle of that instruction; a frame without
 * (native, or at its entry) has its arguments only.  docs/design/execution.md.
 */
#include "rt/frame.h"

#include "rt/signature.h"
#include "rt/vm.h"

/* --- walks -------------------------------------------------------------------------------------------- */

static uint32_t
frame_position(const vmk_function *f, const uint32_t *pc)
{
  if (!f->code)
    return VMK_NO_POSITION;
  return vmk_body_position(f->body, pc ? (uint32_t)(pc - f->code) : 0);
}

/* Make `frame` the first frame from (fp, pc) on that is a function's. */
static bool
frame_settle(vmk_frame *frame, uint64_t *fp, const uint32_t *pc)
{
  const vmk_function *entry = frame->thread->vm->entry_function;
  while (fp && vmk_frame_function(fp) == entry) {
    pc = vmk_frame_caller_pc(fp);
    fp = vmk_frame_caller(fp);
  }
  if (!fp)
    return false;
  frame->fp = fp;
  frame->pc = pc;
  frame->function = vmk_frame_function(fp);
  frame->position = frame_position(frame->function, pc);
  return true;
}

bool
vmk_frame_first(vmk_thread *t, vmk_frame *frame)
{
  frame->thread = t;
  return frame_settle(frame, t->fp, t->pc);
}

bool
vmk_frame_next(vmk_frame *frame)
{
  return frame_settle(frame, vmk_frame_caller(frame->fp), vmk_frame_caller_pc(frame->fp));
}

uintptr_t
vmk_frame_id(const vmk_frame *frame)
{
  return (uintptr_t)frame->fp;
}

bool
vmk_frame_at(vmk_thread *t, uintptr_t id, vmk_frame *frame)
{
  bool found = vmk_frame_first(t, frame);
  while (found && (uintptr_t)frame->fp > id)
    found = vmk_frame_next(frame);
  return found && (uintptr_t)frame->fp == id;
}

bool
vmk_frame_argument(vmk_thread *t, const vmk_frame *frame, uint32_t i, vmk_value *out)
{
  const vmk_signature *s = frame->function->signature;
  if (i >= s->count)
    return false;
  uint64_t *slot = &frame->fp[vmk_signature_private_of(s)->slots[i]];
  if (s->type[i] == VMK_TYPE_REF)
    out->ref = vmk_local(t, ((vmk_slot *)slot)->ref);
  else
    out->bits = *slot;
  return true;
}

/* Of a named register.  Liveness is computed for this question alone: who asks is a tool, and asks for few functions. */
static bool
frame_slot_is_live(const vmk_frame *frame, uint32_t slot)
{
  const vmk_function *f = frame->function;
  if (f->body->keeps_named)
    return true;
  vmk_live *live = vmk_live_new(f, f->code);
  uint64_t bit;
  vmk_live_within(live, (uint32_t)(frame->pc - f->code), true, slot, slot + 1, &bit);
  vmk_live_free(live);
  return bit & 1;
}

/* The slot of the register with this number; 0: there is none, or it is not live. */
static uint32_t
frame_named_slot(const vmk_frame *frame, uint32_t number)
{
  const vmk_body *body = frame->function->body;
  for (uint32_t i = 0; frame->pc && body && i < body->named_count; i++)
    if (body->named[i].number == number && frame_slot_is_live(frame, body->named[i].slot))
      return body->named[i].slot;
  return 0;
}

bool
vmk_frame_named(vmk_thread *t, const vmk_frame *frame, uint32_t number, vmk_value *out)
{
  const uint32_t slot = frame_named_slot(frame, number);
  if (!slot)
    return false;
  if (frame->function->body->slot_types[slot - VMK_FRAME_HEADER] == VMK_TYPE_REF)
    out->ref = vmk_local(t, ((vmk_slot *)&frame->fp[slot])->ref);
  else
    out->bits = frame->fp[slot];
  return true;
}

bool
vmk_frame_set_named(const vmk_frame *frame, uint32_t number, const vmk_value *value)
{
  const uint32_t slot = frame_named_slot(frame, number);
  if (!slot)
    return false;
  if (frame->function->body->slot_types[slot - VMK_FRAME_HEADER] == VMK_TYPE_REF)
    ((vmk_slot *)&frame->fp[slot])->ref = value->ref->ref;
  else
    frame->fp[slot] = value->bits;
  return true;
}

/* --- roots ---------------------------------------------------------------------------------------------- */

/* Slots begin .. end of a bank, in a frame whose registers from `base` on are described by map; null:
 * all are live.  Dead ones are cleared. */
static void
frame_trace_slots(vmk_tracer *tracer, uint64_t *fp, uint32_t begin, uint32_t end, bool is_ref,
                  const vmk_root_map *map, uint32_t base)
{
  for (uint32_t i = begin; i < end; i++) {
    if (map && !vmk_root_map_has(map, i - base))
      fp[i] = 0;
    else if (is_ref)
      vmk_trace_root(tracer, (vmk_slot *)&fp[i]);
    else
      vmk_trace_interior(tracer, (void **)&fp[i]);
  }
}

/* The frame is native, or at its entry: it has arguments only. */
static void
frame_trace_arguments(vmk_tracer *tracer, uint64_t *fp, const vmk_function *f)
{
  frame_trace_slots(tracer, fp, f->ptr_begin[0], f->ptr_end[0], false, NULL, 0);
  frame_trace_slots(tracer, fp, f->ref_begin, f->ref_args_end, true, NULL, 0);
}

static void
frame_trace_running(vmk_tracer *tracer, uint64_t *fp, const vmk_function *f,
                    const vmk_root_map *map)
{
  const uint32_t base = f->ptr_begin[0];
  frame_trace_slots(tracer, fp, base, f->ptr_end[0], false, map, base);
  frame_trace_slots(tracer, fp, f->ref_begin, f->ref_end, true, map, base);
  frame_trace_slots(tracer, fp, f->ptr_begin[1], f->ptr_end[1], false, map, base);
}

/* A frame below a frame of its callee is in the call.  One below an entry frame is in C that a tier
 * called, which may have the instruction run again. */
static void
frame_trace_thread(vmk_thread *t, void *data)
{
  vmk_tracer *tracer = data;
  const vmk_function *entry = t->vm->entry_function;
  const uint32_t *pc = t->pc;
  vmk_module *kept = NULL;
  bool in_call = false;
  for (uint64_t *fp = t->fp; fp; pc = vmk_frame_caller_pc(fp), fp = vmk_frame_caller(fp)) {
    const vmk_function *f = vmk_frame_function(fp);
    if (f->module != kept) {
      kept = f->module;
      if (kept) /* null: the entry function's */
        vmk_trace_root(tracer, &kept->holder);
    }
    if (!pc || !f->body) {
      frame_trace_arguments(tracer, fp, f);
    } else if (f->ptr_end[1] > f->ptr_begin[0]) {
      vmk_root_map map = vmk_root_map_of(&t->vm->root_maps, f, pc, in_call);
      frame_trace_running(tracer, fp, f, &map);
    }
    in_call = f != entry;
  }
}

void
vmk_frames_trace(vmk_vm *vm, vmk_tracer *tracer, void *data)
{
  (void)data;
  vmk_thread_each(vm, frame_trace_thread, tracer);
  vmk_root_maps_relax(&vm->root_maps);
}

bool
vmk_frames_have_slot(vmk_thread *t, const vmk_slot *slot)
{
  const uint64_t *at = (const uint64_t *)slot;
  return at >= vmk_thread_private_of(t)->stack_base &&
         at < t->fp + vmk_frame_function(t->fp)->frame_slots;
}
