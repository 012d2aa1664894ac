/* diagnostic.h -- diagnostic commands, as jcmd names them */
#ifndef J3_DIAGNOSTIC_H
#define J3_DIAGNOSTIC_H

#include <stdio.h>

#include "j3.h"

/* Run a command with its options ("GC.heap_dump -all /tmp/file"), or the lines of a file of them.  False: it is none, or its options
 * are wrong; `out` says so. */
bool j3_diagnostic_run(vmk_thread *t, const char *line, FILE *out) VMK_MOVES;
/* How many objects of which class there are, the most bytes first. */
void j3_diagnostic_histogram(vmk_thread *t, FILE *out) VMK_MOVES;

#endif
