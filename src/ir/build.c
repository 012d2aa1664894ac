/* build.c -- life of a builder, registers, labels, handlers, positions */
#include "ir/build.h"

#include <stdarg.h>
#include <stdio.h>

#include "ir/verify.h"

void
vmk_builder_fail(vmk_builder *b, const char *format, ...)
{
  if (b->error.message[0])
    return;
  va_list args;
  va_start(args, format);
  int used = snprintf(b->error.message, sizeof b->error.message, "operation %zu: ", b->code.count);
  vsnprintf(b->error.message + used, sizeof b->error.message - (size_t)used, format, args);
  va_end(args);
}

vmk_builder *
vmk_build_new(vmk_function *f)
{
  vmk_builder *b = (vmk_builder *)vmk_calloc(1, sizeof *b);
  b->f = f;
  b->position = VMK_NO_POSITION;
  for (int i = 0; i < VMK_TYPE_COUNT; i++)
    b->scratch[i] = VMK_NO_REG;
  vmk_vec_reserve(&b->code, 128); /* a usual function grows nothing */
  vmk_vec_reserve(&b->extra, 64);
  vmk_vec_reserve(&b->regs, 32);
  vmk_vec_reserve(&b->labels, 16);
  vmk_vec_reserve(&b->constants, 32);
  for (uint32_t i = 0; i < f->signature->count; i++)
    vmk_build_register(b, vmk_type_in_register((vmk_type)f->signature->type[i]));
  return b;
}

void
vmk_build_abandon(vmk_builder *b)
{
  vmk_vec_fini(&b->code);
  vmk_vec_fini(&b->extra);
  vmk_vec_fini(&b->regs);
  vmk_vec_fini(&b->labels);
  vmk_vec_fini(&b->constants);
  vmk_vec_fini(&b->sites);
  vmk_vec_fini(&b->refs);
  vmk_vec_fini(&b->handlers);
  vmk_vec_fini(&b->names);
  free(b);
}

vmk_status
vmk_build_finish(vmk_builder *b, vmk_error *error)
{
  vmk_function *f = b->f;
  uint32_t *code = NULL;
  VMK_ASSERT(!f->code); /* frames may be running it */
  vmk_status status = vmk_encode(b, &code, error);
  if (status == VMK_OK && vmk_module_verifies_ir(f->module))
    status = vmk_verify(f, code, error);
  if (status == VMK_OK) {
    __atomic_store_n(&f->code, code, __ATOMIC_RELEASE);
    vmk_function_installed(f);
  }
  vmk_build_abandon(b);
  return status;
}

/* --- registers --------------------------------------------------------------------------------- */

vmk_reg
vmk_build_register(vmk_builder *b, vmk_type type)
{
  VMK_ASSERT(type > VMK_TYPE_VOID && type < VMK_TYPE_AGGREGATE);
  vmk_vec_push(&b->regs, ((build_reg){.type = (uint8_t)type}));
  return (vmk_reg){(uint32_t)b->regs.count - 1};
}

vmk_reg
vmk_build_aggregate(vmk_builder *b, uint32_t bytes)
{
  VMK_ASSERT(bytes <= UINT16_MAX * 8);
  const uint32_t words = bytes ? (bytes + 7) / 8 : 1;
  vmk_vec_push(&b->regs, ((build_reg){.type = VMK_TYPE_AGGREGATE, .words = words}));
  return (vmk_reg){(uint32_t)b->regs.count - 1};
}

vmk_reg
vmk_build_parameter(vmk_builder *b, uint32_t i)
{
  VMK_ASSERT(i < b->f->signature->count);
  return (vmk_reg){i};
}

void
vmk_build_name(vmk_builder *b, vmk_reg r, uint32_t number)
{
  VMK_ASSERT(r.index < b->regs.count && b->regs.data[r.index].type != VMK_TYPE_AGGREGATE);
  vmk_vec_push(&b->names, ((build_name){r.index, number}));
}

void
vmk_build_keep_named(vmk_builder *b)
{
  b->keeps_named = true;
}

vmk_type
vmk_build_type(vmk_builder *b, vmk_reg r)
{
  return r.index < b->regs.count ? (vmk_type)b->regs.data[r.index].type : VMK_TYPE_VOID;
}

vmk_reg
vmk_builder_scratch(vmk_builder *b, vmk_type type)
{
  if (b->scratch[type].index == VMK_NO_REG.index)
    b->scratch[type] = vmk_build_register(b, type);
  return b->scratch[type];
}

/* --- labels, positions, handlers --------------------------------------------------------------- */

vmk_label
vmk_build_label(vmk_builder *b)
{
  vmk_vec_push(&b->labels, (build_label){0});
  return (vmk_label){(uint32_t)b->labels.count - 1};
}

void
vmk_build_bind(vmk_builder *b, vmk_label label)
{
  VMK_ASSERT(label.index < b->labels.count);
  if (b->labels.data[label.index].is_bound)
    vmk_builder_fail(b, "label %u is bound twice", label.index);
  b->labels.data[label.index].is_bound = true;
  vmk_vec_push(&b->code, ((build_insn){.op = BUILD_LABEL, .operand = {label.index}}));
}

void
vmk_build_position(vmk_builder *b, uint32_t position)
{
  if (position == b->position)
    return;
  b->position = position;
  b->position_pending = true; /* many get no operation */
}

static void
build_add_handler(vmk_builder *b, const build_handler *h)
{
  VMK_ASSERT(h->begin.index < b->labels.count && h->end.index < b->labels.count);
  VMK_ASSERT(h->handler.index < b->labels.count && h->filter.index < b->labels.count);
  b->labels.data[h->handler.index].is_target = true;
  b->labels.data[h->filter.index].is_target = true;
  if (h->exception.index != VMK_NO_REG.index) {
    if (vmk_build_type(b, h->exception) != VMK_TYPE_REF)
      vmk_builder_fail(b, "a handler's exception register is no ref");
    else
      b->regs.data[h->exception.index].uses++;
  } else if (h->kind == VMK_HANDLER_FILTER) {
    vmk_builder_fail(b, "a filter needs an exception register");
  }
  vmk_vec_push(&b->handlers, *h);
}

void
vmk_build_handler(vmk_builder *b, vmk_label begin, vmk_label end, vmk_label handler, uint32_t token,
                  vmk_reg exception)
{
  build_add_handler(
      b, &(build_handler){begin, end, handler, handler, exception, token, VMK_HANDLER_CATCH});
}

void
vmk_build_filter(vmk_builder *b, vmk_label begin, vmk_label end, vmk_label filter,
                 vmk_label handler, vmk_reg exception)
{
  build_add_handler(b, &(build_handler){begin, end, handler, filter, exception, VMK_CATCH_ALL,
                                        VMK_HANDLER_FILTER});
}
