/* vmk_ir.h -- building functions in the typed register IR
 *
 * A function is a set of typed virtual registers and a sequence of operations (vmk_ops.def: the table
 * of all operations, with operand kinds, effects and meaning).  Parameters are the first registers,
 * in declared order.  A register keeps its type for life.  Emission is append-only; labels are bound
 * once, before or after their use.  vmk_build_finish lays registers out in banks
 *
 *     [caller fp, pc, function | prim args | ptr args | ref args | ref locals | ptr locals | prim
 *      locals | outgoing window]
 *
 * chooses encodings (one 32-bit word op8 a8 b8 c8 and extension words; a wide form when a register
 * number or an operation does not fit), fuses, and installs the code.  A backward branch polls.
 * Reading a register that no path has written is rejected by the verifier for references and managed
 * pointers (which are cleared at entry anyhow) and for all types when verify=ir is on.
 *
 * Builders belong to one thread; nothing here is a safepoint.
 */
#ifndef VMK_IR_H
#define VMK_IR_H

#include <vmkit/vmk_exec.h>
#include <vmkit/vmk_moves.h>
#include <vmkit/vmk_types.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Every operation: VMK_OP_add_i32, ...  Names are <verb>_<type>; see vmk_ops.def. */
typedef enum vmk_op {
#define VMK_OP(name, ...) VMK_OP_##name,
#include <vmkit/vmk_ops.def>
#undef VMK_OP
  VMK_OP_COUNT
} vmk_op;

typedef struct vmk_reg {
  uint32_t index; /* VMK_NO_REG.index: none */
} vmk_reg;
typedef struct vmk_label {
  uint32_t index;
} vmk_label;
#define VMK_NO_REG ((vmk_reg){UINT32_MAX})

/* Begin f's body (f is declared, not translated).  Owned until finish or abandon. */
VMK_API vmk_builder *vmk_build_new(vmk_function *f);
/* Verify (option verify=ir or a debug build), encode and install.  Frees the builder.  A status other
 * than OK means the body is malformed (a bug of the translator) and *error says where. */
VMK_API VMK_MUST_USE vmk_status vmk_build_finish(vmk_builder *b, vmk_error *error);
VMK_API void vmk_build_abandon(vmk_builder *b);

VMK_API vmk_reg vmk_build_register(vmk_builder *b, vmk_type type);
/* A block of bytes in the frame (no references in it): used through aggregate_address. */
VMK_API vmk_reg vmk_build_aggregate(vmk_builder *b, uint32_t bytes);
VMK_API vmk_reg vmk_build_parameter(vmk_builder *b, uint32_t i);
/* Give a register a number of the client's, by which vmk_frame_named finds it in frames; costs some bytes
 * of metaspace.  No number twice in a function. */
VMK_API void vmk_build_name(vmk_builder *b, vmk_reg r, uint32_t number);
/* Registers with a number keep their values, and what they refer to alive, to the end of the function's
 * frames, read again or not: for debuggers. */
VMK_API void vmk_build_keep_named(vmk_builder *b);
VMK_API vmk_type vmk_build_type(vmk_builder *b, vmk_reg r);
VMK_API vmk_label vmk_build_label(vmk_builder *b);
VMK_API void vmk_build_bind(vmk_builder *b, vmk_label label);
/* Source position (guest bytecode offset) of what is emitted from here on. */
VMK_API void vmk_build_position(vmk_builder *b, uint32_t position);

/* --- emission by operand shape.  The op decides what operands mean; wrong shapes assert. ----------------- */

VMK_API void vmk_emit(vmk_builder *b, vmk_op op);              /* ret_void, fence_full */
VMK_API void vmk_emit_r(vmk_builder *b, vmk_op op, vmk_reg a); /* ret_i32, throw, ... */
VMK_API void vmk_emit_rr(vmk_builder *b, vmk_op op, vmk_reg a, vmk_reg c); /* mov, neg, convert */
VMK_API void vmk_emit_rrr(vmk_builder *b, vmk_op op, vmk_reg a, vmk_reg x, vmk_reg y);
/* With a 32-bit immediate: the builder takes the immediate form when there is one, else loads it. */
VMK_API void vmk_emit_rri(vmk_builder *b, vmk_op op, vmk_reg a, vmk_reg x, int32_t immediate);
/* Operations with a 32-bit offset or size: zero_block, and elem_address (the element size).  Those
 * with two registers (field_address, add_ptr_imm, copy_block) are vmk_emit_rri's. */
VMK_API void vmk_emit_ri(vmk_builder *b, vmk_op op, vmk_reg a, int32_t immediate);
VMK_API void vmk_emit_rrri(vmk_builder *b, vmk_op op, vmk_reg a, vmk_reg x, vmk_reg y,
                           int32_t immediate);
VMK_API void vmk_emit_const_i32(vmk_builder *b, vmk_reg a, int32_t v);
VMK_API void vmk_emit_const_i64(vmk_builder *b, vmk_reg a, int64_t v);
VMK_API void vmk_emit_const_f32(vmk_builder *b, vmk_reg a, float v);
VMK_API void vmk_emit_const_f64(vmk_builder *b, vmk_reg a, double v);
VMK_API void vmk_emit_const_null(vmk_builder *b, vmk_reg a);
VMK_API void vmk_emit_const_ptr(vmk_builder *b, vmk_reg a, const void *p);
/* A reference constant: kept alive by the function, updated by the collector.  The handle must be
 * good until finish. */
VMK_API void vmk_emit_const_ref(vmk_builder *b, vmk_reg a, vmk_handle object);
/* Copy between registers of one type. */
VMK_API void vmk_emit_move(vmk_builder *b, vmk_reg to, vmk_reg from);

VMK_API void vmk_emit_jump(vmk_builder *b, vmk_label target);
/* br_null, br_nonnull (one register), br_<cond>_<type> (two). */
VMK_API void vmk_emit_branch1(vmk_builder *b, vmk_op op, vmk_reg x, vmk_label target);
VMK_API void vmk_emit_branch2(vmk_builder *b, vmk_op op, vmk_reg x, vmk_reg y, vmk_label target);
VMK_API void vmk_emit_branch2i(vmk_builder *b, vmk_op op, vmk_reg x, int32_t y, vmk_label target);
/* Dense switch: x - low indexes targets; else other.  Sparse: keys sorted ascending. */
VMK_API void vmk_emit_switch(vmk_builder *b, vmk_reg x, int32_t low, const vmk_label *targets,
                             uint32_t count, vmk_label other);
VMK_API void vmk_emit_lookup(vmk_builder *b, vmk_reg x, const int32_t *keys,
                             const vmk_label *targets, uint32_t count, vmk_label other);

/* Fields: type may be narrow.  Null-checked; offset in bytes from the object. */
VMK_API void vmk_emit_load_field(vmk_builder *b, vmk_type type, vmk_reg to, vmk_reg object,
                                 uint32_t offset);
VMK_API void vmk_emit_store_field(vmk_builder *b, vmk_type type, vmk_reg object, uint32_t offset,
                                  vmk_reg value);
/* Fixed addresses: pinned objects (statics) or native memory. A reference store has its barrier. */
VMK_API void vmk_emit_load_static(vmk_builder *b, vmk_type type, vmk_reg to, void *address);
VMK_API void vmk_emit_store_static(vmk_builder *b, vmk_type type, void *address, vmk_reg value);
/* Elements: null and bounds checked; reference stores are checked by element kind. */
VMK_API void vmk_emit_load_elem(vmk_builder *b, vmk_type type, vmk_reg to, vmk_reg array,
                                vmk_reg index);
VMK_API void vmk_emit_store_elem(vmk_builder *b, vmk_type type, vmk_reg array, vmk_reg index,
                                 vmk_reg value);
/* Through pointers: unchecked except for null; offset constant. */
VMK_API void vmk_emit_load_ptr(vmk_builder *b, vmk_type type, vmk_reg to, vmk_reg ptr,
                               int32_t offset);
VMK_API void vmk_emit_store_ptr(vmk_builder *b, vmk_type type, vmk_reg ptr, int32_t offset,
                                vmk_reg value);

/* Sequentially consistent accesses (volatile fields). */
VMK_API void vmk_emit_load_field_volatile(vmk_builder *b, vmk_type type, vmk_reg to, vmk_reg object,
                                          uint32_t offset);
VMK_API void vmk_emit_store_field_volatile(vmk_builder *b, vmk_type type, vmk_reg object,
                                           uint32_t offset, vmk_reg value);
VMK_API void vmk_emit_load_static_volatile(vmk_builder *b, vmk_type type, vmk_reg to,
                                           void *address);
VMK_API void vmk_emit_store_static_volatile(vmk_builder *b, vmk_type type, void *address,
                                            vmk_reg value);

VMK_API void vmk_emit_new(vmk_builder *b, vmk_reg to, vmk_kind *kind);
VMK_API void vmk_emit_new_array(vmk_builder *b, vmk_reg to, vmk_kind *kind, vmk_reg length);

/* Calls.  `to` is VMK_NO_REG for void or an unwanted result; arguments in declared order, receiver
 * first.  virtual: null check, then vtable[index] of the receiver's kind.  interface: target names the
 * interface function; found by the dispatch hook and cached. special: direct with null check of the first
 * argument. */
VMK_API void vmk_emit_call(vmk_builder *b, vmk_reg to, vmk_function *target, const vmk_reg *args,
                           uint32_t count);
VMK_API void vmk_emit_call_special(vmk_builder *b, vmk_reg to, vmk_function *target,
                                   const vmk_reg *args, uint32_t count);
VMK_API void vmk_emit_call_virtual(vmk_builder *b, vmk_reg to, uint32_t vtable_index,
                                   const vmk_signature *signature, const vmk_reg *args,
                                   uint32_t count);
VMK_API void vmk_emit_call_interface(vmk_builder *b, vmk_reg to, vmk_function *target,
                                     const vmk_reg *args, uint32_t count);
/* Call the function whose address is in ptr register `target`; signature is trusted. */
VMK_API void vmk_emit_call_indirect(vmk_builder *b, vmk_reg to, vmk_reg target,
                                    const vmk_signature *signature, const vmk_reg *args,
                                    uint32_t count);
VMK_API void vmk_emit_tail_call(vmk_builder *b, vmk_function *target, const vmk_reg *args,
                                uint32_t count);
/* Replace this frame by a call of the function in ptr register `target` (tail call): what
 * signature-polymorphic linkers and method-handle glue are made of. */
VMK_API void vmk_emit_tail_call_indirect(vmk_builder *b, vmk_reg target,
                                         const vmk_signature *signature, const vmk_reg *args,
                                         uint32_t count);

/* Guest operations.  A leaf helper is C that neither collects nor throws and gets raw values in
 * registers (up to 4, any bank), plus one constant; its result goes to `to`.
 *     uint64_t helper(vmk_thread *t, uint64_t k, uint64_t a, uint64_t b, uint64_t c, uint64_t d)
 * A checked helper is a builtin (vmk_exec.h), called like a function; it may collect and throw; `k` is in
 * call->function->client of its own vmk_function: use vmk_emit_call for that.
 * A fast-slow pair: the leaf runs first; when it returns VMK_HELPER_SLOW in its status, the builtin is
 * called with the same operands: vmk_emit_helper_or_call. */
typedef uint64_t (*vmk_leaf)(vmk_thread *t, uint64_t k, uint64_t a, uint64_t b, uint64_t c,
                             uint64_t d);
VMK_API void vmk_emit_leaf(vmk_builder *b, vmk_reg to, vmk_leaf leaf, uint64_t k,
                           const vmk_reg *args, uint32_t count);
/* A test: leaf returns nonzero -> branch to target. */
VMK_API void vmk_emit_leaf_branch(vmk_builder *b, vmk_leaf leaf, uint64_t k, const vmk_reg *args,
                                  uint32_t count, vmk_label target);
/* Subtype tests: to = 1 when object is not null and of kind or a kind of it; or a branch, also for null.
 * For a kind in no display, `leaf` decides: leaf(t, kind, object). */
VMK_API void vmk_emit_is_kind(vmk_builder *b, vmk_reg to, vmk_reg object, vmk_kind *kind,
                              vmk_leaf leaf);
VMK_API void vmk_emit_branch_kind_or_null(vmk_builder *b, vmk_reg object, vmk_kind *kind,
                                          vmk_leaf leaf, vmk_label target);

VMK_API void vmk_emit_monitor(vmk_builder *b, bool enter, vmk_reg object);
VMK_API void vmk_emit_trap(vmk_builder *b, vmk_trap trap, int32_t operand);

/* --- handlers ---------------------------------------------------------------------------------------- *
 * Code between begin and end (labels bound in order) is covered.  Regions are searched in the order they
 * are added (inner first).  On a match the exception is in register `exception` (REF) and cleared as
 * pending, and control is at handler.  token: for the runtime's `catches` hook; VMK_CATCH_ALL takes
 * everything.  kind FILTER: filter code runs first, on the live frame, and ends with end_filter_i32. */
#define VMK_CATCH_ALL UINT32_MAX
VMK_API void vmk_build_handler(vmk_builder *b, vmk_label begin, vmk_label end, vmk_label handler,
                               uint32_t token, vmk_reg exception);
VMK_API void vmk_build_filter(vmk_builder *b, vmk_label begin, vmk_label end, vmk_label filter,
                              vmk_label handler, vmk_reg exception);

/* --- unresolved sites ------------------------------------------------------------------------------------ *
 * An instruction whose constant operand is not known yet.  On first run the runtime's `link` hook gets
 * the site and answers through vmk_site_set_*; the kit then rewrites the instruction (operands first,
 * opcode last) or, for VMK_LINK_ONCE, runs it once with the answer. */
typedef enum vmk_site_kind {
  VMK_SITE_LOAD_FIELD,
  VMK_SITE_STORE_FIELD,
  VMK_SITE_LOAD_STATIC,
  VMK_SITE_STORE_STATIC,
  VMK_SITE_NEW,
  VMK_SITE_NEW_ARRAY,
  VMK_SITE_CALL,       /* the hook decides: direct, special, virtual, interface */
  VMK_SITE_CONST_REF,  /* to <- object (string, class, ...) */
  VMK_SITE_CONST_BITS, /* to <- 64 bits (a constant computed at link time) */
  VMK_SITE_LEAF,       /* leaf helper whose k is not known (type checks) */
} vmk_site_kind;

struct vmk_site {
  uint32_t kind;  /* vmk_site_kind */
  uint32_t token; /* the runtime's, e.g. a constant-pool index */
  uint32_t type;  /* vmk_type of the field, as emitted */
  uint32_t flags; /* the runtime's, as emitted */
  uint64_t data;  /* the runtime's, as emitted */
  /* private: where it is and the answer */
  vmk_function *function;
  uint32_t pc_index, constant_index;
  uint32_t answer_op, answer_offset;
  uint64_t answer;
  vmk_slot *answer_slot; /* of an appendix */
  uint64_t *constants;   /* of the code it is in */
};

/* token, flags, data as in vmk_site. `to`/`args` as the kind needs: LOAD_FIELD to,obj; STORE_FIELD
 * obj,value; LOAD_STATIC to; STORE_STATIC value; NEW to; NEW_ARRAY to,length; CALL to,args with the call
 * site's signature; CONST_* to; LEAF to,args. */
VMK_API void vmk_emit_site(vmk_builder *b, vmk_site_kind kind, vmk_type type, uint32_t token,
                           uint32_t flags, uint64_t data, vmk_reg to, const vmk_reg *args,
                           uint32_t count, const vmk_signature *signature);
/* LEAF sites name the leaf at once; only k is linked. */
VMK_API void vmk_emit_leaf_site(vmk_builder *b, vmk_leaf leaf, uint32_t token, uint32_t flags,
                                uint64_t data, vmk_reg to, const vmk_reg *args, uint32_t count);

VMK_API void vmk_site_set_offset(vmk_site *site, uint32_t offset); /* LOAD/STORE_FIELD */
VMK_API void vmk_site_set_address(vmk_site *site, void *address);  /* LOAD/STORE_STATIC */
/* The field (set before by offset or address) is volatile: the access becomes the ordered one. */
VMK_API void vmk_site_set_volatile(vmk_site *site);
VMK_API void vmk_site_set_kind(vmk_site *site, vmk_kind *kind);   /* NEW, NEW_ARRAY */
VMK_API void vmk_site_set_ref(vmk_site *site, vmk_handle object); /* CONST_REF: kept alive */
VMK_API void vmk_site_set_bits(vmk_site *site, uint64_t bits);    /* CONST_BITS, LEAF k */
/* LEAF with one reference argument: is_kind, which asks the leaf with k = kind when it has to. */
VMK_API void vmk_site_set_is_kind(vmk_site *site, vmk_kind *kind);
VMK_API void vmk_site_set_call(vmk_site *site, vmk_function *target);         /* static */
VMK_API void vmk_site_set_call_special(vmk_site *site, vmk_function *target); /* null check */
VMK_API void vmk_site_set_call_virtual(vmk_site *site, uint32_t vtable_index);
VMK_API void vmk_site_set_call_interface(vmk_site *site, vmk_function *target);
/* The target takes one more trailing reference argument than the site passes: this object, kept alive
 * (call-site appendices). static: no null check of the first argument. */
VMK_API void vmk_site_set_call_appendix(vmk_site *site, vmk_function *target, vmk_handle appendix,
                                        bool null_check_first);

/* --- text form ----------------------------------------------------------------------------------------- */

/* Print f's installed code, one operation a line, to a stream opened by the caller. */
struct _IO_FILE;
VMK_API void vmk_function_print(const vmk_function *f, struct _IO_FILE *out);

#ifdef __cplusplus
}
#endif
#endif
