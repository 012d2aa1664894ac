/* jimage.h -- where boot classes come from */
#ifndef J3_JIMAGE_H
#define J3_JIMAGE_H

#include "j3.h"

/* Open java_home/lib/modules; ends the process with a message when it cannot be. */
void j3_jimage_open(const char *java_home);
/* The class file of a boot class in boot's metaspace; false: there is none. Any thread. */
bool j3_jimage_find(j3_loader *boot, j3_symbol *class_name, j3_symbol *package, j3_bytes *out);

#endif
