/* vmk_base.h -- attributes, assertions and status codes: what every header needs */
#ifndef VMK_BASE_H
#define VMK_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <vmkit/vmk_config.h>

#ifdef __cplusplus
extern "C" {
#endif

#define VMK_API __attribute__((visibility("default")))
#define VMK_MUST_USE __attribute__((warn_unused_result))
#define VMK_NORETURN __attribute__((noreturn))
#define VMK_PRINTF(f, a) __attribute__((format(printf, f, a)))
#define VMK_LIKELY(x) __builtin_expect(!!(x), 1)
#define VMK_UNLIKELY(x) __builtin_expect(!!(x), 0)
#define VMK_ALWAYS_INLINE __attribute__((always_inline)) inline
#define VMK_NOINLINE __attribute__((noinline))
/* A field that several threads touch with the __atomic builtins.  C++ sees the plain type, which has
 * the same size and alignment. */
#ifdef __cplusplus
#define VMK_ATOMIC(type) type
#else
#define VMK_ATOMIC(type) _Atomic(type)
#endif
#define VMK_COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* What the outside world can do to us.  A function that returns a status sets a message through its
 * vmk_error argument when it has one. */
typedef enum vmk_status {
  VMK_OK = 0,
  VMK_ERROR_MEMORY,      /* the system has no more memory or address space */
  VMK_ERROR_IO,          /* a file could not be read or written */
  VMK_ERROR_FORMAT,      /* input is malformed */
  VMK_ERROR_OPTION,      /* an option is unknown or has a bad value */
  VMK_ERROR_UNSUPPORTED, /* this machine or build cannot do it */
  VMK_ERROR_EXISTS,      /* a second virtual machine in one process, ... */
  VMK_ERROR_THREAD,      /* a thread could not be made or attached */
} vmk_status;

/* The message that goes with a status; filled by the callee, owned by the caller. */
typedef struct vmk_error {
  char message[256];
} vmk_error;

/* Format into error (which may be null) and return status. Leaf, any thread. */
VMK_API vmk_status vmk_fail(vmk_error *error, vmk_status status, const char *format, ...)
    VMK_PRINTF(3, 4);

/* Report a broken invariant with its place and a stack trace, then abort. */
VMK_API VMK_NORETURN void vmk_assert_failed(const char *expression, const char *file, int line);

/* VMK_ASSERT stays on in release builds; VMK_DEBUG_ASSERT only in debug and sanitizer builds. */
#define VMK_ASSERT(x) (VMK_LIKELY(x) ? (void)0 : vmk_assert_failed(#x, __FILE__, __LINE__))
#if defined(VMK_DEBUG) && VMK_DEBUG
#define VMK_DEBUG_ASSERT(x) VMK_ASSERT(x)
#else
#define VMK_DEBUG_ASSERT(x) ((void)sizeof(!(x)))
#endif

#ifdef __cplusplus
}
#endif
#endif
