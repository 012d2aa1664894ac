/* bootplace.h -- a list of folders and jars in which boot classes are looked for, in order */
#ifndef J3_BOOTPLACE_H
#define J3_BOOTPLACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct j3_places j3_places;

/* The list that "folder:archive.jar:..." names; lives for ever.  Nothing is opened yet. */
j3_places *j3_places_of(const char *path);
/* The first file of that name; malloc'ed, the caller's.  False: no place has it.  Any thread. */
bool j3_places_read(j3_places *places, const char *resource, uint8_t **bytes, size_t *length);

#endif
