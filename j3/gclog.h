/* gclog.h -- what -Xlog:gc* says */
#ifndef J3_GCLOG_H
#define J3_GCLOG_H

#include <vmkit/vmkit.h>

void j3_gclog_start(void);
void j3_gclog_collection(const vmk_collection *c);
void j3_gclog_end(void);

#endif
