/* stack.h -- Java's views of the stack: traces, walkers, callers (stack.c, stackwalk.c) */
#ifndef J3_STACK_H
#define J3_STACK_H

#include <stdio.h>

#include "j3.h"

/* A frame as Java sees it: bci is -1 in native methods. */
typedef struct j3_frame {
  j3_method *method;
  int32_t bci;
} j3_frame;

/* Java frames of t (itself, or stopped), youngest first, at most `count`, hidden ones too: who looks at
 * another thread sees all.  `out` null: only count.  Returns how many. Leaf. */
uint32_t j3_stack_capture(vmk_thread *t, j3_frame *out, uint32_t count);
/* A new StackTraceElement[] for captured frames. */
vmk_handle j3_stack_elements(vmk_thread *t, const j3_frame *frames, uint32_t count) VMK_MOVES;
/* Method of a kit frame, or null when it belongs to no Java method. Leaf. */
j3_method *j3_frame_method(const vmk_frame *frame);
/* The frame that a throwable was made in; false: it has none, or that frame is hidden. Leaf. */
bool j3_throwable_top(vmk_thread *t, vmk_handle throwable, j3_frame *out);
/* Class, message and frames of a throwable and its causes, running no Java code but getCause. */
void j3_throwable_print(vmk_thread *t, vmk_handle throwable, FILE *out) VMK_MOVES;
/* Bytecode index of a kit frame of m; -1 in native methods, 0 before the first instruction. Leaf. */
static inline int32_t
j3_frame_bci(const vmk_frame *frame, const j3_method *m)
{
  if (m->flags & J3_NATIVE)
    return -1;
  return frame->position == VMK_NO_POSITION ? 0 : (int32_t)frame->position;
}
/* Frames that stack walks for access decisions pass over: reflection and method-handle glue. Leaf. */
bool j3_frame_is_ignored(const j3_method *m);
/* "at Foo.bar(Foo.java:12)" without the module. Leaf. */
void j3_frame_describe(const j3_frame *frame, char *buffer, size_t size);

#endif
