/* attach.c -- the attach mechanism of the JDK, protocol version 1
 *
 * Who wants something makes a file .attach_pidN in our working folder or in /tmp, and sends SIGQUIT.  Then we
 * listen at the socket /tmp/.java_pidN, to our own user and root only: first from a file with a name of its own,
 * so that nobody finds one that does not listen yet.  A request is five strings, each with a zero behind it:
 * version, command, three arguments.  The answer is a number, a line feed, and text; then the connection
 * is closed.  One request is served after the other, by a Java thread.
 */
#include "attach.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "agent.h"
#include "diagnostic.h"
#include "entry.h"
#include "flags.h"
#include "heapdump.h"
#include "options.h"
#include "vm.h"

enum { ATTACH_STRINGS = 5, ATTACH_ROOM = 8 + 16 + 3 * 1025, ATTACH_BAD_VERSION = 101 };

static char attach_path[64]; /* of the socket; empty: none */
static int attach_socket = -1;

/* --- commands: each writes its text and answers with a result -------------------------------------------- */

typedef jint attach_command(vmk_thread *t, char *const arguments[3], FILE *out) VMK_MOVES_POINTER;

/* What is pending, as it prints itself. */
static jint
attach_failed(vmk_thread *t, FILE *out) VMK_MOVES
{
  vmk_handle thrown = vmk_take_exception(t);
  if (thrown) {
    char name[1024];
    j3_class_external_name(j3_class_of(thrown), name, sizeof name);
    char *message =
        j3_string_utf8(vmk_get_ref(t, thrown, J3.known.offset_Throwable_detailMessage), NULL);
    fprintf(out, "%s%s%s\n", name, message ? ": " : "", message ? message : "");
    free(message);
  }
  return JNI_ERR;
}

/* A byte[] that a method of VMSupport makes. */
static jint
attach_bytes(vmk_thread *t, const char *method, FILE *out) VMK_MOVES
{
  vmk_value result = {0};
  j3_class *support = j3_class_boot(t, "jdk/internal/vm/VMSupport");
  if (!support || !j3_class_initialize(t, support) ||
      !j3_call_static(t, support, method, "()[B", NULL, &result))
    return attach_failed(t, out);
  fwrite(vmk_array_data(result.ref), 1, vmk_array_length(result.ref), out);
  return JNI_OK;
}

static jint
attach_properties(vmk_thread *t, char *const arguments[3], FILE *out) VMK_MOVES
{
  (void)arguments;
  return attach_bytes(t, "serializePropertiesToByteArray", out);
}

static jint
attach_agent_properties(vmk_thread *t, char *const arguments[3], FILE *out) VMK_MOVES
{
  (void)arguments;
  return attach_bytes(t, "serializeAgentPropertiesToByteArray", out);
}

static jint
attach_thread_dump(vmk_thread *t, char *const arguments[3], FILE *out) VMK_MOVES
{
  (void)arguments;
  j3_thread_dump_managed(t, out);
  return JNI_OK;
}

/* As SIGQUIT without an attach file. */
static jint
attach_data_dump(vmk_thread *t, char *const arguments[3], FILE *out) VMK_MOVES
{
  (void)arguments, (void)out;
  j3_thread_dump_managed(t, stdout);
  return JNI_OK;
}

static jint
attach_diagnostic(vmk_thread *t, char *const arguments[3], FILE *out) VMK_MOVES
{
  return j3_diagnostic_run(t, arguments[0], out) ? JNI_OK : JNI_ERR;
}

static jint
attach_histogram(vmk_thread *t, char *const arguments[3], FILE *out) VMK_MOVES
{
  if (*arguments[0] && strcmp(arguments[0], "-live") != 0 && strcmp(arguments[0], "-all") != 0) {
    fprintf(out, "Invalid argument to inspectheap operation: %s\n", arguments[0]);
    return JNI_ERR;
  }
  if (!*arguments[1]) {
    j3_diagnostic_histogram(t, out);
    return JNI_OK;
  }
  FILE *file = fopen(arguments[1], "w");
  if (!file) {
    fprintf(out, "Failed to open file: %s\n", arguments[1]);
    return JNI_ERR;
  }
  fprintf(out, "Heap inspection file created: %s\n", arguments[1]);
  j3_diagnostic_histogram(t, file);
  fclose(file);
  return JNI_OK;
}

static jint
attach_dump_heap(vmk_thread *t, char *const arguments[3], FILE *out) VMK_MOVES
{
  if (!*arguments[0]) {
    fputs("No dump file specified\n", out);
    return JNI_OK;
  }
  if (*arguments[1] && strcmp(arguments[1], "-live") != 0 && strcmp(arguments[1], "-all") != 0) {
    fprintf(out, "Invalid argument to dumpheap operation: %s\n", arguments[1]);
    return JNI_ERR;
  }
  j3_heapdump_tell(t, arguments[0], out);
  return JNI_OK;
}

/* An agent in Java needs its module. */
static jint
attach_load(vmk_thread *t, char *const arguments[3], FILE *out) VMK_MOVES
{
  if (strcmp(arguments[0], "instrument") == 0) {
    vmk_handle name = j3_string_new(t, "java.instrument");
    j3_class *modules = name ? j3_class_boot(t, "jdk/internal/module/Modules") : NULL;
    vmk_value argument = j3_ref(name), module;
    if (!modules || !j3_class_initialize(t, modules) ||
        !j3_call_static(t, modules, "loadModule", "(Ljava/lang/String;)Ljava/lang/Module;",
                        &argument, &module))
      return attach_failed(t, out);
  }
  bool is_path = strcmp(arguments[1], "true") == 0;
  return j3_agent_attach(t, arguments[0], is_path, arguments[2], out);
}

static jint
attach_print_flag(vmk_thread *t, char *const arguments[3], FILE *out) VMK_MOVES
{
  (void)t;
  if (j3_flags_print(J3.options, arguments[0], out))
    return JNI_OK;
  fprintf(out, "no such flag '%s'\n", arguments[0]);
  return JNI_OK;
}

/* Flags are read when the vm starts. */
static jint
attach_set_flag(vmk_thread *t, char *const arguments[3], FILE *out) VMK_MOVES
{
  (void)t;
  if (j3_flags_is_known(arguments[0]))
    fprintf(out, "flag '%s' cannot be changed\n", arguments[0]);
  else
    fprintf(out, "flag %s does not exist\n", arguments[0]);
  return JNI_ERR;
}

static const struct {
  const char *name;
  attach_command *run;
} attach_commands[] = {
    {"agentProperties", attach_agent_properties},
    {"datadump", attach_data_dump},
    {"dumpheap", attach_dump_heap},
    {"inspectheap", attach_histogram},
    {"jcmd", attach_diagnostic},
    {"load", attach_load},
    {"printflag", attach_print_flag},
    {"properties", attach_properties},
    {"setflag", attach_set_flag},
    {"threaddump", attach_thread_dump},
};

/* --- requests -------------------------------------------------------------------------------------------------- */

typedef struct attach_request {
  char text[ATTACH_ROOM];
  char *string[ATTACH_STRINGS];
} attach_request;

/* False: it ends too early, or is too long. */
static bool
attach_read(int connection, attach_request *r)
{
  size_t length = 0, strings = 0;
  while (strings < ATTACH_STRINGS) {
    ssize_t n = read(connection, r->text + length, sizeof r->text - length);
    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      return false;
    for (size_t i = length; i < length + (size_t)n && strings < ATTACH_STRINGS; i++)
      strings += r->text[i] == 0;
    length += (size_t)n;
  }
  char *p = r->text;
  for (size_t i = 0; i < ATTACH_STRINGS; i++, p += strlen(p) + 1)
    r->string[i] = p;
  return true;
}

static void
attach_write(int connection, const char *text, size_t length)
{
  while (length) {
    ssize_t n = send(connection, text, length, MSG_NOSIGNAL);
    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      return;
    text += n;
    length -= (size_t)n;
  }
}

static jint
attach_run(vmk_thread *t, const attach_request *r, FILE *out) VMK_MOVES
{
  for (size_t i = 0; i < VMK_COUNT(attach_commands); i++)
    if (strcmp(attach_commands[i].name, r->string[1]) == 0)
      return attach_commands[i].run(t, &r->string[2], out);
  fprintf(out, "Operation %s not recognized!\n", r->string[1]);
  return JNI_ERR;
}

static void
attach_serve(vmk_thread *t, int connection) VMK_MOVES
{
  attach_request request;
  char *text = NULL, number[16];
  size_t length = 0;
  if (!attach_read(connection, &request))
    return;
  jint result = ATTACH_BAD_VERSION;
  FILE *out = open_memstream(&text, &length);
  VMK_ASSERT(out);
  if (strcmp(request.string[0], "1") == 0) {
    vmk_leave_native(t);
    vmk_scope scope = vmk_scope_begin(t);
    result = attach_run(t, &request, out);
    vmk_clear_exception(t);
    vmk_scope_end(t, scope);
    vmk_enter_native(t);
  }
  fclose(out);
  attach_write(connection, number, (size_t)snprintf(number, sizeof number, "%d\n", result));
  attach_write(connection, text, length);
  free(text);
}

static bool
attach_may(int connection)
{
  struct ucred peer;
  socklen_t size = sizeof peer;
  return getsockopt(connection, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 &&
         (peer.uid == 0 || (peer.uid == geteuid() && peer.gid == getegid()));
}

/* --- listening --------------------------------------------------------------------------------------------------- */

static void
attach_listen(vmk_thread *t, void *data) VMK_MOVES_ENTRY
{
  (void)data;
  int listener = attach_socket;
  vmk_enter_native(t);
  for (;;) {
    int connection = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
    if (connection < 0 && errno != EINTR && errno != ECONNABORTED)
      break;
    if (connection < 0)
      continue;
    if (attach_may(connection))
      attach_serve(t, connection);
    shutdown(connection, SHUT_RDWR);
    close(connection);
  }
  vmk_leave_native(t);
}

static bool
attach_is_ours(const char *path)
{
  struct stat s;
  return stat(path, &s) == 0 && s.st_uid == geteuid();
}

/* Has somebody said that the signal is meant so? */
static bool
attach_is_wanted(void)
{
  char name[64];
  snprintf(name, sizeof name, ".attach_pid%d", (int)getpid());
  if (attach_is_ours(name))
    return true;
  snprintf(name, sizeof name, "/tmp/.attach_pid%d", (int)getpid());
  return attach_is_ours(name);
}

static int
attach_open(const char *path)
{
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  snprintf(address.sun_path, sizeof address.sun_path, "%s.tmp", path);
  int s = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  unlink(address.sun_path);
  if (s >= 0 && bind(s, (struct sockaddr *)&address, sizeof address) == 0 && listen(s, 5) == 0 &&
      chmod(address.sun_path, 0600) == 0 && rename(address.sun_path, path) == 0)
    return s;
  if (s >= 0)
    close(s);
  unlink(address.sun_path);
  return -1;
}

/* Once more when the file has been deleted since. */
bool
j3_attach_begin(vmk_thread *t)
{
  struct stat s;
  if (J3.options->attach_disabled || (attach_path[0] && stat(attach_path, &s) == 0) ||
      !attach_is_wanted())
    return false;
  char path[sizeof attach_path];
  snprintf(path, sizeof path, "/tmp/.java_pid%d", (int)getpid());
  int opened = attach_open(path);
  if (opened < 0)
    return false;
  memcpy(attach_path, path, sizeof path);
  if (attach_socket >= 0)
    shutdown(attach_socket, SHUT_RDWR); /* its thread ends */
  attach_socket = opened;
  return j3_thread_start_system(t, "Attach Listener", 9, attach_listen);
}

void
j3_attach_end(void)
{
  if (attach_path[0])
    unlink(attach_path);
}
