/* bootpath.h -- where boot classes come from: the run-time image, patches of its modules, and what
 * -Xbootclasspath/a names */
#ifndef J3_BOOTPATH_H
#define J3_BOOTPATH_H

#include "j3.h"

/* A class file found; malloc'ed, the caller's.  One of the image is trusted. */
typedef struct j3_boot_file {
  uint8_t *bytes;
  size_t length;
  bool in_image;
} j3_boot_file;

/* Open java_home/lib/modules; ends the process with a message when it cannot be. */
void j3_bootpath_open(const char *java_home);
/* A folder or archive more, after the others; before or after open. */
void j3_bootpath_append(const char *place);
/* The class file of a boot class; false: there is none. Any thread. */
bool j3_bootpath_find(j3_loader *boot, j3_symbol *class_name, j3_symbol *package,
                      j3_boot_file *out);

#endif
