/* log.c -- writing log messages: decorations, outputs, rotation of files */
#include "log.h"

#include <errno.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "log_output.h"
#include "vm.h"

_Atomic(uint8_t) j3_log_lowest[J3_LOG_SET_COUNT];
j3_log_state j3_log_outputs = {.lock = PTHREAD_MUTEX_INITIALIZER};

const char *const j3_log_set_tags[J3_LOG_SET_COUNT] = {
#define X(name, tags) tags,
    J3_LOG_SETS(X)
#undef X
};

const char *const j3_log_level_names[J3_LOG_ERROR + 1] = {"off",  "trace",   "debug",
                                                          "info", "warning", "error"};

void
j3_log_refresh_locked(void)
{
  for (int set = 0; set < J3_LOG_SET_COUNT; set++) {
    uint8_t lowest = J3_LOG_ERROR + 1;
    for (uint32_t i = 0; i < j3_log_outputs.count; i++) {
      uint8_t level = j3_log_outputs.output[i].level[set];
      if (level != J3_LOG_OFF && level < lowest)
        lowest = level;
    }
    atomic_store_explicit(&j3_log_lowest[set], lowest, memory_order_relaxed);
  }
}

void
j3_log_init(void)
{
  pthread_mutex_lock(&j3_log_outputs.lock);
  if (j3_log_outputs.count == 0) {
    static const char *const names[] = {"stdout", "stderr"};
    for (int i = 0; i < 2; i++) {
      j3_log_output *o = &j3_log_outputs.output[i];
      *o = (j3_log_output){.name = strdup(names[i]), .stream = i ? stderr : stdout};
      o->decorators = 1u << J3_LOG_D_UPTIME | 1u << J3_LOG_D_LEVEL | 1u << J3_LOG_D_TAGS;
      memset(o->level, i ? J3_LOG_OFF : J3_LOG_WARNING, sizeof o->level);
    }
    j3_log_outputs.count = 2;
  }
  j3_log_refresh_locked();
  pthread_mutex_unlock(&j3_log_outputs.lock);
}

void
j3_log_rotate_locked(j3_log_output *o)
{
  char archive[4096];
  snprintf(archive, sizeof archive, "%s.%u", o->path, o->rotate_next);
  o->rotate_next = (o->rotate_next + 1) % o->rotate_count;
  if (o->stream)
    fclose(o->stream);
  rename(o->path, archive);
  o->stream = fopen(o->path, "a");
  o->written = 0;
}

/* --- decorations ---------------------------------------------------------------------------------------- */

static void
log_date(char *out, size_t size, struct timespec now, bool utc)
{
  struct tm parts;
  char zone[8] = "+0000";
  if (utc)
    gmtime_r(&now.tv_sec, &parts);
  else
    localtime_r(&now.tv_sec, &parts);
  if (!utc)
    strftime(zone, sizeof zone, "%z", &parts);
  size_t n = strftime(out, size, "%Y-%m-%dT%H:%M:%S", &parts);
  snprintf(out + n, size - n, ".%03d%s", (int)(now.tv_nsec / 1000000), zone);
}

static void
log_decorate(j3_log_decorator d, j3_log_set set, j3_log_level level, char *out, size_t size)
{
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  long long real_ns = (long long)now.tv_sec * 1000000000 + now.tv_nsec;
  long long up_ns = J3.started_ns ? vmk_now_ns() - J3.started_ns : 0;
  switch (d) {
  case J3_LOG_D_TIME: log_date(out, size, now, false); break;
  case J3_LOG_D_UTCTIME: log_date(out, size, now, true); break;
  case J3_LOG_D_UPTIME: snprintf(out, size, "%.3fs", (double)up_ns / 1e9); break;
  case J3_LOG_D_TIMEMILLIS: snprintf(out, size, "%lldms", real_ns / 1000000); break;
  case J3_LOG_D_UPTIMEMILLIS: snprintf(out, size, "%lldms", up_ns / 1000000); break;
  case J3_LOG_D_TIMENANOS: snprintf(out, size, "%lldns", real_ns); break;
  case J3_LOG_D_UPTIMENANOS: snprintf(out, size, "%lldns", up_ns); break;
  case J3_LOG_D_HOSTNAME:
    if (gethostname(out, size))
      *out = 0;
    break;
  case J3_LOG_D_PID: snprintf(out, size, "%d", (int)getpid()); break;
  case J3_LOG_D_TID: snprintf(out, size, "%ld", syscall(SYS_gettid)); break;
  case J3_LOG_D_LEVEL: snprintf(out, size, "%s", j3_log_level_names[level]); break;
  case J3_LOG_D_TAGS: snprintf(out, size, "%s", j3_log_set_tags[set]); break;
  case J3_LOG_DECORATOR_COUNT: break;
  }
}

/* --- lines -------------------------------------------------------------------------------------------------- */

static void
log_write_folded(FILE *stream, const char *text)
{
  for (; *text; text++) {
    if (*text == '\n')
      fputs("\\n", stream);
    else if (*text == '\\')
      fputs("\\\\", stream);
    else
      putc(*text, stream);
  }
}

static void
log_write_locked(j3_log_output *o, j3_log_set set, j3_log_level level, const char *text)
{
  if (!o->stream)
    return;
  int width = 0;
  char decoration[256];
  for (int d = 0; d < J3_LOG_DECORATOR_COUNT; d++) {
    if (!(o->decorators >> d & 1))
      continue;
    log_decorate((j3_log_decorator)d, set, level, decoration, sizeof decoration);
    int n = fprintf(o->stream, "[%-*s]", o->padding[d], decoration);
    if (n - 2 > o->padding[d])
      o->padding[d] = n - 2;
    width += n > 0 ? n : 0;
  }
  if (width)
    putc(' ', o->stream);
  if (o->fold)
    log_write_folded(o->stream, text);
  else
    fputs(text, o->stream);
  putc('\n', o->stream);
  if (fflush(o->stream) != 0 && o->path && !o->failed) {
    o->failed = true;
    fprintf(stderr, "Could not flush log: %s (%s (%d))\n", o->name, strerror(errno), errno);
  }
  o->written += (uint64_t)width + strlen(text) + 2;
  if (o->path && o->rotate_count && o->rotate_bytes && o->written >= o->rotate_bytes)
    j3_log_rotate_locked(o);
}

void
j3_log(j3_log_set set, j3_log_level level, const char *format, ...)
{
  if (!j3_log_is_on(set, level))
    return;
  char text[4096];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  pthread_mutex_lock(&j3_log_outputs.lock);
  for (uint32_t i = 0; i < j3_log_outputs.count; i++) {
    j3_log_output *o = &j3_log_outputs.output[i];
    if (o->level[set] != J3_LOG_OFF && level >= o->level[set])
      log_write_locked(o, set, level, text);
  }
  pthread_mutex_unlock(&j3_log_outputs.lock);
}
