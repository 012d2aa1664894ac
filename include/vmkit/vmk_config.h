/* vmk_config.h -- constants of the build: widths and the address map
 *
 * Everything here is a compile-time constant shared by libvmkit, the code it generates and the
 * runtimes on it.  Two maps exist: the low map, whose references fit in 32 bits, and the high map
 * with 64-bit references for builds (sanitizers) whose tools own the low addresses.
 */
#ifndef VMK_CONFIG_H
#define VMK_CONFIG_H

#ifndef VMK_HIGH_MAP
#define VMK_HIGH_MAP 0
#endif

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define VMK_TSAN_MAP 1
#endif
#endif

#if VMK_HIGH_MAP && defined(VMK_TSAN_MAP) /* TSan leaves programs the addresses below 1 TB */
#define VMK_REF_BYTES 8
#define VMK_HEAP_BASE 0x1000000000ull
#define VMK_HEAP_LIMIT 0x2000000000ull
#define VMK_LARGE_BASE 0x2000000000ull
#define VMK_LARGE_LIMIT 0x3000000000ull
#define VMK_META_BASE 0x3000000000ull
#define VMK_SIDE_BASE 0x4000000000ull
#elif VMK_HIGH_MAP /* ASan's shadow ends at 0x10007fff8000 */
#define VMK_REF_BYTES 8
#define VMK_HEAP_BASE 0x200000000000ull /* small objects: blocks */
#define VMK_HEAP_LIMIT 0x240000000000ull
#define VMK_LARGE_BASE 0x240000000000ull /* large objects: pages */
#define VMK_LARGE_LIMIT 0x280000000000ull
#define VMK_META_BASE 0x280000000000ull /* metaspace */
#define VMK_SIDE_BASE 0x300000000000ull /* side tables */
#else
#define VMK_REF_BYTES 4
#define VMK_HEAP_BASE 0x100000000ull
#define VMK_HEAP_LIMIT 0x500000000ull
#define VMK_LARGE_BASE 0x500000000ull
#define VMK_LARGE_LIMIT 0x800000000ull
#define VMK_META_BASE 0x800000000ull
#define VMK_SIDE_BASE 0x1000000000ull
#endif
#define VMK_META_SIZE 0x100000000ull /* 4 GB */
#define VMK_REF_SHIFT 3              /* a 32-bit reference is address >> 3; objects are 8-aligned */

#define VMK_OBJECT_ALIGN 8
#define VMK_HEADER_BYTES 8
#define VMK_ARRAY_LENGTH_OFFSET 8            /* uint32_t */
#define VMK_ARRAY_LENGTH_MAX (INT32_MAX - 2) /* longer ones are refused whatever the heap's size */
#define VMK_ARRAY_DATA_OFFSET 16

#endif
