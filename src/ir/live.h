/* live.h -- which registers of an installed function will still be read
 *
 * A register is live at a pc when a path from there reads it before it is written.  Paths include
 * those to handlers, from every instruction that can throw.  Blocks, their edges and what is live at
 * their beginnings are computed at once; a pc within a block is looked at on demand.  Aggregates are not
 * tracked, since their addresses escape.
 */
#ifndef VMK_IR_LIVE_H
#define VMK_IR_LIVE_H

#include <vmkit/vmk_exec.h>

typedef struct vmk_live vmk_live;

/* `code` is f's code (installed, or about to be). Free with vmk_live_free. */
vmk_live *vmk_live_new(const vmk_function *f, const uint32_t *code);
void vmk_live_free(vmk_live *live);

/* The slots that are live when control enters the function: arguments, and what is read unwritten. */
uint32_t vmk_live_entry_count(const vmk_live *live);
uint32_t vmk_live_entry_slot(const vmk_live *live, uint32_t i);
/* Is the register at `slot` live just before the instruction at word offset pc? */
bool vmk_live_before(const vmk_live *live, uint32_t pc, uint32_t slot);

/* All slots at once: bit i - begin of `bits` is set when slot i, begin <= i < end, is live while the
 * frame is in the middle of the instruction that contains pc.  in_call: the callee runs, so the
 * arguments have been read and the result will be written; else the instruction may run again. */
void vmk_live_within(const vmk_live *live, uint32_t pc, bool in_call, uint32_t begin, uint32_t end,
                     uint64_t *bits);

#endif
