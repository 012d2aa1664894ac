/* jimage.h -- the class library's image, java.home/lib/modules */
#ifndef J3_JIMAGE_H
#define J3_JIMAGE_H

#include "j3.h"

typedef struct j3_jimage j3_jimage;

/* Open the image of java_home. Null: *error says why. Lives as long as the process. */
j3_jimage *j3_jimage_open(const char *java_home, vmk_error *error);
void j3_jimage_close(j3_jimage *image);
/* The class `name` (internal form) of a module, malloc'ed. False: not there. Any thread. */
bool j3_jimage_find(j3_jimage *image, const char *module, const j3_symbol *name, uint8_t **bytes,
                    size_t *length);
/* Any resource by its full name, "/java.base/java/lang/Object.class", in the image. */
bool j3_jimage_find_path(j3_jimage *image, const char *path, uint8_t **bytes, size_t *length);
/* Visit the full name of every resource. */
void j3_jimage_each(j3_jimage *image, void (*visit)(const char *path, void *data), void *data);

#endif
