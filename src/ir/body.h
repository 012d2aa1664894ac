/* body.h -- what an installed function has besides its code: handlers, positions, sites, types
 *
 * All of it is in the module's metaspace, made by the builder in one piece, freed with it.
 * Immutable after installation, except refs (the collector updates them), sites, constants of sites,
 * compiled and profile.  pcs are word offsets from f->code.
 */
#ifndef VMK_IR_BODY_H
#define VMK_IR_BODY_H

#include <vmkit/vmk_exec.h>
#include <vmkit/vmk_ir.h>

typedef enum vmk_handler_kind {
  VMK_HANDLER_CATCH,  /* takes what `token` matches: the runtime's `catches` hook, or everything */
  VMK_HANDLER_FILTER, /* runs filter code at filter_pc, which ends with end_filter */
} vmk_handler_kind;

/* Covers begin <= pc < end.  Rows are searched in order: the first match wins. */
typedef struct vmk_handler_row {
  uint32_t begin, end;
  uint32_t pc;    /* control goes here with the exception in slot `reg` (0: not wanted) */
  uint32_t token; /* VMK_CATCH_ALL or the runtime's */
  uint32_t filter_pc;
  uint16_t reg; /* filters find the exception here as well */
  uint16_t kind;
} vmk_handler_row;

/* A register that the client wants to find in frames. */
typedef struct vmk_named_slot {
  uint32_t number;
  uint16_t slot;
} vmk_named_slot;

typedef struct vmk_body {
  uint32_t code_words, constant_count;
  uint32_t handler_count, site_count, ref_count, position_bytes, named_count;
  bool keeps_named; /* named registers are live everywhere */
  const vmk_handler_row *handlers;
  vmk_site *sites;
  /* Roots: constants of const_ref hold addresses of these slots.  Slots of CONST_REF sites are null
   * until linked.  Appendices of call sites are not here: rt keeps them. */
  vmk_slot *refs;
  const uint8_t *positions; /* delta-coded, see body.c */
  /* vmk_type of each frame slot from VMK_FRAME_HEADER to frame_slots; an aggregate's slots but the
   * first are VMK_TYPE_VOID. */
  const uint8_t *slot_types;
  const vmk_named_slot *named;
  struct vmk_compiled *compiled; /* src/jit's, or null; published with release order */
  struct vmk_profile *profile;   /* profile.h, or null; the same */
} vmk_body;

#define VMK_FRAME_HEADER 4 /* slots: caller fp, return pc, function, return address */

/* Source position of the instruction at word offset pc; VMK_NO_POSITION when none was given. */
uint32_t vmk_body_position(const vmk_body *body, uint32_t pc);
/* The first word offset that has this position; UINT32_MAX when none has. */
uint32_t vmk_body_find_position(const vmk_body *body, uint32_t position);

/* f has code now: register its roots, choose its entry.  Defined by rt. */
void vmk_function_installed(vmk_function *f);

#endif
