/* options.h -- what the command line and the environment asked of the vm */
#ifndef J3_OPTIONS_H
#define J3_OPTIONS_H

#include <stdarg.h>
#include <stdio.h>

#include <jni.h>

#include "j3.h"

typedef struct j3_property {
  char *key, *value;
} j3_property;

/* -ea:name and -da:name: the last one that applies wins. */
typedef struct j3_assertion {
  char *name; /* dotted; "" = the unnamed package */
  bool package, enable;
} j3_assertion;

typedef struct j3_options {
  j3_property *properties; /* -D and what the vm adds; in order, keys unique */
  size_t property_count;
  j3_assertion *assertions;
  size_t assertion_count;
  bool assert_user, assert_system; /* -ea, -esa */
  uint64_t heap_max, heap_initial, stack_bytes;
  bool verbose_class, verbose_gc, verbose_jni, check_jni, reduced_signals, exit_hook_set;
  bool show_messages_on_oom;
  bool verify_local, verify_remote; /* bytecode of boot classes, of all others */
  int32_t processors;
  char *boot_append; /* -Xbootclasspath/a */
  char *vm_opts;     /* -XX:VMK=... and what -Xint and its kin mean, appended to VMK_OPTS */
  char **arguments;  /* as given, for JVM_GetVmArguments */
  size_t argument_count;
  char *heap_dump_path;
  void (*exit)(jint);
  void (*abort)(void);
  jint (*vfprintf)(FILE *, const char *, va_list);
} j3_options;

/* Read JAVA_TOOL_OPTIONS, args, _JAVA_OPTIONS in this order into a new j3_options.  On an unknown or
 * malformed option prints HotSpot's message and returns null with *result = JNI_ERR or JNI_EINVAL. */
j3_options *j3_options_parse(const JavaVMInitArgs *args, jint *result);
/* Set or replace a property. */
void j3_options_set(j3_options *o, const char *key, const char *value);
const char *j3_options_get(const j3_options *o, const char *key); /* null when absent */

#endif
