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

/* A library that is loaded before Java runs: -agentlib, -agentpath, -javaagent (libinstrument). */
typedef struct j3_agent {
  char *name, *arguments; /* arguments may be null */
  bool is_path;
  void *library; /* agent.c */
} j3_agent;

typedef struct j3_options {
  j3_property *properties; /* -D and what the vm adds; in order, keys unique */
  size_t property_count;
  j3_assertion *assertions;
  size_t assertion_count;
  bool assert_user, assert_system; /* -ea, -esa */
  uint64_t heap_max, heap_initial, stack_bytes;
  bool check_jni, reduced_signals, enable_preview;
  bool verify_local, verify_remote; /* bytecode of boot classes, of all others */
  char *boot_append;                /* -Xbootclasspath/a */
  char *vm_opts;                    /* -XX:VMK=..., appended to VMK_OPTS */
  char **arguments;                 /* as given, for JVM_GetVmArguments */
  size_t argument_count;
  j3_agent *agents;
  size_t agent_count;
  void (*exit)(jint);
  void (*abort)(void);
  /* -XX options that mean something here: flags.c */
  int64_t processors, soft_ms_per_mb;
  uint64_t memory_bytes, stack_kilobytes, metaspace_max;
  double memory_percent;
  char *heap_dump_path, *on_oom;
  bool dump_on_oom, exit_on_oom, crash_on_oom, core_on_crash;
  bool attach_disabled, output_to_stderr, management_agent;
  bool ignore_unrecognized, print_gc, print_gc_details;
  bool unlocked[3];   /* by what vm_flags.def says must be unlocked */
  bool collectors[6]; /* asked for by name */
} j3_options;

/* Read JAVA_TOOL_OPTIONS, args, _JAVA_OPTIONS in this order into a new j3_options.  On an unknown or
 * malformed option prints HotSpot's message and returns null with *result = JNI_ERR or JNI_EINVAL; values
 * that contradict each other end the process. */
j3_options *j3_options_parse(const JavaVMInitArgs *args, jint *result);
/* Where the vm itself writes what is not a complaint: stdout, unless -XX:+DisplayVMOutputToStderr. */
FILE *j3_output(void);
/* Set or replace a property. */
void j3_options_set(j3_options *o, const char *key, const char *value);
const char *j3_options_get(const j3_options *o, const char *key); /* null when absent */

#endif
