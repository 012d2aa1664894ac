/* vmk_option.h -- VMK_OPTS and -X options share one table
 *
 * A comma-separated list: VMK_OPTS="gc=immix,gc.move-always,trace=gc:load,verify=heap,dump=ir:Foo.bar".
 * `help` prints the table.  Options of runtimes are registered by them under their prefix.
 */
#ifndef VMK_OPTION_H
#define VMK_OPTION_H

#include <vmkit/vmk_types.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum vmk_option_type {
  VMK_OPTION_FLAG,   /* bool: name or name=on/off */
  VMK_OPTION_INT,    /* int64_t, suffixes k m g */
  VMK_OPTION_CHOICE, /* int32_t index into choices "a|b|c" */
  VMK_OPTION_SET,    /* uint64_t bits over choices, colon separated; "all", "none" */
  VMK_OPTION_TEXT,   /* const char *: a malloc'ed copy or null; whoever owns the target frees it */
} vmk_option_type;

typedef struct vmk_option {
  const char *name;
  vmk_option_type type;
  const char *choices; /* CHOICE, SET */
  void *target;        /* where the value goes; holds the default */
  const char *help;
} vmk_option;

/* Parse text (null: nothing) against `count` rows; `help` prints the table on stderr.  What stands
 * before a mistake takes effect.  Unknown names and bad values: VMK_ERROR_OPTION with a message that
 * names the nearest option.  Leaf. */
VMK_API VMK_MUST_USE vmk_status vmk_options_parse(const char *text, const vmk_option *table,
                                                  size_t count, vmk_error *error);
struct _IO_FILE;
VMK_API void vmk_options_help(const vmk_option *table, size_t count, struct _IO_FILE *out);

/* Is trace=<channel> on, e.g. vmk_trace_on(vm, VMK_TRACE_GC)?  And print a line of it (stderr, or the
 * file of option trace.file), with a time stamp. Leaf. */
typedef enum vmk_trace {
  VMK_TRACE_GC,
  VMK_TRACE_LOAD,
  VMK_TRACE_INIT,
  VMK_TRACE_EXEC,
  VMK_TRACE_COMPILE,
  VMK_TRACE_LINK,
  VMK_TRACE_THROW,
  VMK_TRACE_THREAD,
  VMK_TRACE_NATIVE,
  VMK_TRACE_COUNT
} vmk_trace;
#define VMK_TRACE_CHOICES "gc|load|init|exec|compile|link|throw|thread|native"
VMK_API bool vmk_trace_on(vmk_vm *vm, vmk_trace channel);
VMK_API void vmk_trace_print(vmk_vm *vm, vmk_trace channel, const char *format, ...)
    VMK_PRINTF(3, 4);

#ifdef __cplusplus
}
#endif
#endif
