/* log_output.h -- the outputs of the log, between log.c that writes and log_option.c that configures */
#ifndef J3_LOG_OUTPUT_H
#define J3_LOG_OUTPUT_H

#include <pthread.h>
#include <stdio.h>

#include "log.h"

/* In the order in which they stand in a line. */
#define J3_LOG_DECORATORS(X)            \
  X(TIME, "time", "t")                  \
  X(UTCTIME, "utctime", "utc")          \
  X(UPTIME, "uptime", "u")              \
  X(TIMEMILLIS, "timemillis", "tm")     \
  X(UPTIMEMILLIS, "uptimemillis", "um") \
  X(TIMENANOS, "timenanos", "tn")       \
  X(UPTIMENANOS, "uptimenanos", "un")   \
  X(HOSTNAME, "hostname", "hn")         \
  X(PID, "pid", "p")                    \
  X(TID, "tid", "ti")                   \
  X(LEVEL, "level", "l")                \
  X(TAGS, "tags", "tg")

typedef enum j3_log_decorator {
#define X(name, word, short_word) J3_LOG_D_##name,
  J3_LOG_DECORATORS(X)
#undef X
      J3_LOG_DECORATOR_COUNT
} j3_log_decorator;

enum { J3_LOG_OUTPUTS = 16 };

typedef struct j3_log_output {
  char *name; /* "stdout", "stderr", "file=..." */
  char *path; /* files */
  FILE *stream;
  uint32_t decorators; /* bit per j3_log_decorator */
  uint8_t level[J3_LOG_SET_COUNT];
  int padding[J3_LOG_DECORATOR_COUNT]; /* widest so far: columns stay aligned */
  bool failed;                         /* said that it cannot be written */
  bool fold;                           /* newlines within a message are written as \n */
  uint64_t written, rotate_bytes;      /* files: when to begin anew */
  uint32_t rotate_count, rotate_next;
} j3_log_output;

typedef struct j3_log_state {
  pthread_mutex_t lock; /* all below; a message is written whole under it */
  j3_log_output output[J3_LOG_OUTPUTS];
  uint32_t count;
} j3_log_state;
extern j3_log_state j3_log_outputs;

extern const char *const j3_log_set_tags[J3_LOG_SET_COUNT];
extern const char *const j3_log_level_names[J3_LOG_ERROR + 1];

/* After levels changed, lock held: what is the lowest level of each set? */
void j3_log_refresh_locked(void);
/* The file as it is becomes NAME.<next>, and path a new one.  Lock held. */
void j3_log_rotate_locked(j3_log_output *o);

#endif
