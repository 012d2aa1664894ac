/* flags.h -- -XX options of the reference VM, and sizes as options write them */
#ifndef J3_FLAGS_H
#define J3_FLAGS_H

#include "options.h"

/* "512m", "0x10k" -> bytes; false when it is none or does not fit. */
bool j3_flags_size(const char *text, uint64_t *out);
/* One option after "-XX:".  False: it was refused and the message is printed. */
bool j3_flags_parse(j3_options *o, const char *text);
/* Is there such a flag?  Leaf. */
bool j3_flags_is_known(const char *name);
/* Print a flag that means something here as an option that sets it so; false: it is none. */
bool j3_flags_print(const j3_options *o, const char *name, FILE *out);
/* What no single option shows: settings that contradict each other end the process, as HotSpot does. */
void j3_flags_check(j3_options *o);

#endif
