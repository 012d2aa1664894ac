/* vec.h -- a typed vector that grows
 *
 *     VMK_VEC(uint32_t) words = {0};
 *     vmk_vec_push(&words, 7);
 *     for (size_t i = 0; i < words.count; i++) use(words.data[i]);
 *     vmk_vec_fini(&words);
 *
 * All-zero is empty.  Growth moves the elements: keep indices, not pointers.  Macros, because they
 * need the element type.
 */
#ifndef VMK_BASE_VEC_H
#define VMK_BASE_VEC_H

#include <string.h>

#include "base/memory.h"

#define VMK_VEC(type)       \
  struct {                  \
    type *data;             \
    size_t count, capacity; \
  }

/* The new data for at least `need` elements; updates *capacity. */
static inline void *
vmk_vec_grown(void *data, size_t *capacity, size_t need, size_t element_bytes)
{
  size_t to = *capacity ? *capacity * 2 : 8;
  if (to < need)
    to = need;
  *capacity = to;
  return vmk_realloc(data, to * element_bytes);
}

/* Make room for `extra` elements behind the last. */
#define vmk_vec_reserve(v, extra)                                                        \
  ((v)->count + (extra) > (v)->capacity                                                  \
       ? (void)((v)->data = (__typeof__((v)->data))vmk_vec_grown(                        \
                    (v)->data, &(v)->capacity, (v)->count + (extra), sizeof *(v)->data)) \
       : (void)0)
#define vmk_vec_push(v, element) \
  (vmk_vec_reserve((v), 1), (void)((v)->data[(v)->count++] = (element)))
/* Append `extra` zeroed elements; yields a pointer to the first, valid until the next growth. */
#define vmk_vec_extend(v, extra)                                      \
  (vmk_vec_reserve((v), (extra)), (v)->count += (extra),              \
   (__typeof__((v)->data))memset((v)->data + (v)->count - (extra), 0, \
                                 (extra) * sizeof *(v)->data))
#define vmk_vec_pop(v) ((v)->data[--(v)->count])
#define vmk_vec_last(v) ((v)->data[(v)->count - 1])
#define vmk_vec_clear(v) ((void)((v)->count = 0))
#define vmk_vec_fini(v) (free((v)->data), (v)->data = NULL, (void)((v)->count = (v)->capacity = 0))

#endif
