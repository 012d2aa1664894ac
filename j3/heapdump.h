/* heapdump.h -- the heap as an hprof file */
#ifndef J3_HEAPDUMP_H
#define J3_HEAPDUMP_H

#include <stdio.h>

#include "j3.h"

/* Write all live objects to a new file.  Null, or what went wrong ("File exists"): while it was written, if it
 * was `created`. */
const char *j3_heapdump(vmk_thread *t, const char *path, bool *created) VMK_MOVES;
/* The same, telling what becomes of it. */
void j3_heapdump_tell(vmk_thread *t, const char *path, FILE *out) VMK_MOVES;
/* -XX:+HeapDumpOnOutOfMemoryError and kin: what was asked for, once, for the first error. */
void j3_heapdump_out_of_memory(vmk_thread *t, const char *message) VMK_MOVES;

#endif
