/* cost: run a command and say what it cost.
 *
 *   cost SECONDS REPORT COMMAND ARGUMENT...
 *
 * Writes one line to REPORT: `status wall_s cpu_s peak_rss_kb`. The status is the command's, 128 + N
 * if signal N ended it, `timeout` if it was killed after SECONDS. CPU is user + system of the command
 * and of the children that it waited for.
 *
 * This is a program of its own because the kernel counts the memory of the process that forks in the
 * child's peak: measured from Python, nothing is ever below Python's own size.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static pid_t child;
static volatile sig_atomic_t expired;

/* The command has a process group of its own, so that nothing that it started survives it. */
static void
expire(int signal)
{
  expired = signal;
  kill(-child, SIGKILL);
}

static double
seconds_now(void)
{
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double
seconds_of(struct timeval t)
{
  return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static void
run(char **command)
{
  setpgid(0, 0);
  execvp(command[0], command);
  fprintf(stderr, "cost: %s: %s\n", command[0], strerror(errno));
  _exit(127);
}

static void
report(const char *path, int status, double wall, const struct rusage *usage)
{
  FILE *out = fopen(path, "w");
  if (!out) {
    perror(path);
    exit(1);
  }
  if (expired)
    fprintf(out, "timeout");
  else
    fprintf(out, "%d", WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status));
  fprintf(out, " %.4f %.4f %ld\n", wall,
          seconds_of(usage->ru_utime) + seconds_of(usage->ru_stime), usage->ru_maxrss);
  fclose(out);
}

int
main(int argc, char **argv)
{
  if (argc < 4) {
    fprintf(stderr, "usage: cost SECONDS REPORT COMMAND ARGUMENT...\n");
    return 2;
  }
  double start = seconds_now();
  child = fork();
  if (child < 0) {
    perror("cost: fork");
    return 1;
  }
  if (child == 0)
    run(argv + 3);
  setpgid(child, child);
  signal(SIGALRM, expire);
  signal(SIGTERM, expire);
  signal(SIGINT, expire);
  alarm((unsigned)atoi(argv[1]));
  int status;
  struct rusage usage;
  while (wait4(child, &status, 0, &usage) < 0 && errno == EINTR)
    continue;
  kill(-child, SIGKILL);
  report(argv[2], status, seconds_now() - start, &usage);
  return 0;
}
