/* os_linux.c -- memory, clocks, threads and futexes of Linux */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/futex.h>
#include <linux/membarrier.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "base/fault.h"
#include "base/memory.h"
#include "os/os.h"

/* --- memory ----------------------------------------------------------------------------------------- */

size_t
vmk_os_page_bytes(void)
{
  return 4096; /* the smallest on every machine we run on; tables are built for it */
}

vmk_status
vmk_os_reserve(void *at, size_t bytes, vmk_error *error)
{
  void *got = MAP_FAILED;
  if (!vmk_fault_now())
    got = mmap(at, bytes, PROT_NONE,
               MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0);
  if (got == at)
    return VMK_OK;
  if (got != MAP_FAILED) { /* a kernel before 4.17 takes the address as a hint */
    munmap(got, bytes);
    errno = EEXIST;
  }
  return vmk_fail(error, VMK_ERROR_MEMORY, "cannot reserve %zu MB at %p: %s", bytes >> 20, at,
                  strerror(errno));
}

void *
vmk_os_reserve_any(size_t bytes, size_t align)
{
  if (vmk_fault_now())
    return NULL;
  size_t extra = align > vmk_os_page_bytes() ? align - vmk_os_page_bytes() : 0;
  char *got =
      mmap(NULL, bytes + extra, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (got == MAP_FAILED)
    return NULL;
  if (!extra)
    return got;
  char *start = (char *)(((uintptr_t)got + align - 1) & ~(uintptr_t)(align - 1));
  if (start > got)
    munmap(got, (size_t)(start - got));
  size_t tail = (size_t)(got + bytes + extra - (start + bytes));
  if (tail)
    munmap(start + bytes, tail);
  return start;
}

bool
vmk_os_commit(void *at, size_t bytes)
{
  return !vmk_fault_now() && mprotect(at, bytes, PROT_READ | PROT_WRITE) == 0;
}

/* Mapping anew drops pages and access in one call, and the commit charge with them. */
void
vmk_os_decommit(void *at, size_t bytes)
{
  void *got =
      mmap(at, bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED, -1, 0);
  VMK_ASSERT(got == at);
}

void
vmk_os_discard(void *at, size_t bytes)
{
  int result = madvise(at, bytes, MADV_DONTNEED);
  VMK_ASSERT(result == 0);
}

void
vmk_os_release(void *at, size_t bytes)
{
  if (!bytes)
    return;
  int result = munmap(at, bytes);
  VMK_ASSERT(result == 0);
}

/* Shared anonymous memory, and mremap of nothing, which is a second mapping of the same pages.  Not a
 * memfd: perf looks into its map of generated code for anonymous memory only. */
bool
vmk_os_map_code(size_t bytes, void **run, void **edit)
{
  if (vmk_fault_now())
    return false;
  *edit =
      mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (*edit == MAP_FAILED)
    return false;
  *run = mremap(*edit, 0, bytes, MREMAP_MAYMOVE);
  if (*run != MAP_FAILED && mprotect(*run, bytes, PROT_READ | PROT_EXEC) == 0)
    return true;
  if (*run != MAP_FAILED)
    munmap(*run, bytes);
  munmap(*edit, bytes);
  return false;
}

static int
os_protection(vmk_os_access access)
{
  switch (access) {
  case VMK_OS_NO_ACCESS: return PROT_NONE;
  case VMK_OS_READ: return PROT_READ;
  case VMK_OS_READ_WRITE: return PROT_READ | PROT_WRITE;
  }
  VMK_ASSERT(!"access");
  return PROT_NONE;
}

bool
vmk_os_protect(void *at, size_t bytes, vmk_os_access access)
{
  return mprotect(at, bytes, os_protection(access)) == 0;
}

void
vmk_os_huge_pages(void *at, size_t bytes)
{
  madvise(at, bytes, MADV_HUGEPAGE);
}

vmk_status
vmk_os_map_file(const char *path, void **out, size_t *bytes, vmk_error *error)
{
  vmk_status status = VMK_OK;
  struct stat info;
  *out = NULL;
  *bytes = 0;
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    return vmk_fail(error, VMK_ERROR_IO, "cannot open %s: %s", path, strerror(errno));
  if (fstat(fd, &info) != 0) {
    status = vmk_fail(error, VMK_ERROR_IO, "cannot read %s: %s", path, strerror(errno));
  } else if (info.st_size > 0) {
    void *got = MAP_FAILED;
    if (!vmk_fault_now())
      got = mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (got == MAP_FAILED) {
      status = vmk_fail(error, VMK_ERROR_IO, "cannot map %s: %s", path, strerror(errno));
    } else {
      *out = got;
      *bytes = (size_t)info.st_size;
    }
  }
  close(fd);
  return status;
}

vmk_status
vmk_os_map_file_at(int fd, uint64_t offset, void *at, size_t bytes, vmk_os_access access,
                   vmk_error *error)
{
  if (!vmk_fault_now() &&
      mmap(at, bytes, os_protection(access), MAP_PRIVATE | MAP_FIXED, fd, (off_t)offset) == at)
    return VMK_OK;
  return vmk_fail(error, VMK_ERROR_IO, "cannot map a file at %p: %s", at, strerror(errno));
}

/* --- clocks ------------------------------------------------------------------------------------------- */

static int64_t
os_clock_ns(clockid_t clock)
{
  struct timespec now;
  if (clock_gettime(clock, &now) != 0)
    return -1;
  return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

int64_t
vmk_os_now_ns(void)
{
  return os_clock_ns(CLOCK_MONOTONIC);
}

int64_t
vmk_os_wall_ns(void)
{
  return os_clock_ns(CLOCK_REALTIME);
}

int64_t
vmk_os_process_cpu_ns(void)
{
  return os_clock_ns(CLOCK_PROCESS_CPUTIME_ID);
}

/* --- machine ------------------------------------------------------------------------------------------ */

/* The file's first line; false when it cannot be read. */
static bool
os_read_line(const char *path, char *line, int size)
{
  FILE *file = fopen(path, "re");
  if (!file)
    return false;
  bool got = fgets(line, size, file) != NULL;
  fclose(file);
  return got;
}

/* The path of our control group below the mount point of `controller` (v1), or of the unified
 * hierarchy (""); false when there is none. */
static bool
os_cgroup_path(const char *controller, char *path, size_t size)
{
  char line[PATH_MAX];
  bool found = false;
  FILE *file = fopen("/proc/self/cgroup", "re");
  while (file && !found && fgets(line, sizeof line, file)) {
    /* number:controllers:path */
    char *list = strchr(line, ':');
    char *group = list ? strchr(list + 1, ':') : NULL;
    if (!group)
      continue;
    *list++ = 0;
    *group++ = 0;
    group[strcspn(group, "\n")] = 0;
    for (char *rest = list, *name; !found && (name = strsep(&rest, ","));)
      found = strcmp(name, controller) == 0;
    if (found)
      snprintf(path, size, "%s", group);
  }
  if (file)
    fclose(file);
  return found;
}

/* Call visit with the named file of our control group and of each group around it, as seen below
 * `mount`: a container often sees its own group at the root. */
static void
os_cgroup_each(const char *controller, const char *mount, const char *name,
               void (*visit)(const char *line, void *data), void *data)
{
  char group[2048], path[PATH_MAX], line[128];
  if (!os_cgroup_path(controller, group, sizeof group))
    return;
  for (;;) {
    snprintf(path, sizeof path, "%s%s/%s", mount, strcmp(group, "/") == 0 ? "" : group, name);
    if (os_read_line(path, line, sizeof line))
      visit(line, data);
    char *slash = strrchr(group, '/');
    if (!slash || group[1] == 0 || group[0] == 0)
      return;
    slash[slash == group] = 0;
  }
}

static void
os_lower_memory(const char *line, void *data)
{
  unsigned long long limit;
  uint64_t *bytes = data;
  if (sscanf(line, "%llu", &limit) == 1 && limit > 0 && limit < *bytes) /* "max" does not scan */
    *bytes = limit;
}

uint64_t
vmk_os_memory_bytes(void)
{
  uint64_t bytes = (uint64_t)sysconf(_SC_PHYS_PAGES) * (uint64_t)sysconf(_SC_PAGESIZE);
  os_cgroup_each("", "/sys/fs/cgroup", "memory.max", os_lower_memory, &bytes);
  os_cgroup_each("memory", "/sys/fs/cgroup/memory", "memory.limit_in_bytes", os_lower_memory,
                 &bytes);
  return bytes;
}

static void
os_lower_cpus(const char *line, void *data)
{
  long long quota, period;
  uint32_t *cpus = data;
  if (sscanf(line, "%lld %lld", &quota, &period) == 2 && quota > 0 && period > 0) {
    long long count = (quota + period - 1) / period;
    if (count < *cpus)
      *cpus = (uint32_t)count;
  }
}

uint32_t
vmk_os_cpu_count(void)
{
  cpu_set_t set;
  uint32_t cpus = 0;
  if (sched_getaffinity(0, sizeof set, &set) == 0)
    cpus = (uint32_t)CPU_COUNT(&set);
  if (!cpus)
    cpus = (uint32_t)sysconf(_SC_NPROCESSORS_ONLN);
  os_cgroup_each("", "/sys/fs/cgroup", "cpu.max", os_lower_cpus, &cpus);
  return cpus ? cpus : 1;
}

uint64_t
vmk_os_resident_bytes(void)
{
  char line[128];
  unsigned long long pages = 0;
  if (os_read_line("/proc/self/statm", line, sizeof line))
    sscanf(line, "%*u %llu", &pages);
  return pages * vmk_os_page_bytes();
}

/* --- threads ------------------------------------------------------------------------------------------ */

typedef struct os_thread_start {
  void (*body)(void *);
  void *data;
} os_thread_start;

static void *
os_thread_main(void *arg)
{
  os_thread_start start = *(os_thread_start *)arg;
  free(arg);
  start.body(start.data);
  return NULL;
}

vmk_status
vmk_os_thread_start(size_t stack_bytes, void (*body)(void *), void *data, vmk_error *error)
{
  pthread_attr_t attributes;
  pthread_t thread;
  int result = ENOMEM;
  if (pthread_attr_init(&attributes) != 0)
    return vmk_fail(error, VMK_ERROR_THREAD, "cannot make a thread: no memory");
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  if (stack_bytes) {
    size_t page = vmk_os_page_bytes(), least = (size_t)sysconf(_SC_THREAD_STACK_MIN);
    stack_bytes = (stack_bytes + page - 1) & ~(page - 1);
    pthread_attr_setstacksize(&attributes, stack_bytes < least ? least : stack_bytes);
  }
  os_thread_start *start = vmk_malloc(sizeof *start);
  *start = (os_thread_start){body, data};
  if (!vmk_fault_now())
    result = pthread_create(&thread, &attributes, os_thread_main, start);
  pthread_attr_destroy(&attributes);
  if (result == 0)
    return VMK_OK;
  free(start);
  return vmk_fail(error, VMK_ERROR_THREAD, "cannot make a thread: %s", strerror(result));
}

void
vmk_os_stack_bounds(char **low, char **high)
{
  pthread_attr_t attributes;
  void *address = NULL;
  size_t bytes = 0;
  int result = pthread_getattr_np(pthread_self(), &attributes);
  VMK_ASSERT(result == 0);
  pthread_attr_getstack(&attributes, &address, &bytes);
  pthread_attr_destroy(&attributes);
  *low = address;
  *high = (char *)address + bytes;
}

int64_t
vmk_os_thread_id(void)
{
  return syscall(SYS_gettid);
}

void
vmk_os_thread_set_name(const char *name)
{
  prctl(PR_SET_NAME, name, 0, 0, 0);
}

void
vmk_os_thread_set_name_of(int64_t id, const char *name)
{
  char path[64];
  snprintf(path, sizeof path, "/proc/self/task/%lld/comm", (long long)id);
  int fd = open(path, O_WRONLY | O_CLOEXEC);
  if (fd < 0)
    return;
  ssize_t ignored = write(fd, name, strnlen(name, 15));
  (void)ignored;
  close(fd);
}

int
vmk_os_thread_cpu_clock(void)
{
  clockid_t clock;
  return pthread_getcpuclockid(pthread_self(), &clock) == 0 ? (int)clock : -1;
}

int64_t
vmk_os_cpu_clock_ns(int clock)
{
  return os_clock_ns((clockid_t)clock);
}

void
vmk_os_yield(void)
{
  sched_yield();
}

/* --- waiting and ordering --------------------------------------------------------------------------------- */

bool
vmk_os_futex_wait(_Atomic(uint32_t) *word, uint32_t expected, int64_t deadline_ns, bool wall_clock)
{
  struct timespec deadline, *limit = NULL;
  if (deadline_ns != VMK_OS_FOREVER) {
    if (deadline_ns < 0)
      deadline_ns = 0;
    deadline.tv_sec = deadline_ns / 1000000000;
    deadline.tv_nsec = deadline_ns % 1000000000;
    limit = &deadline;
  }
  int operation = FUTEX_WAIT_BITSET | FUTEX_PRIVATE_FLAG | (wall_clock ? FUTEX_CLOCK_REALTIME : 0);
  int saved = errno;
  long result = syscall(SYS_futex, word, operation, expected, limit, NULL, FUTEX_BITSET_MATCH_ANY);
  bool in_time = result == 0 || errno != ETIMEDOUT;
  errno = saved; /* called between a native method and whoever reads its errno */
  return in_time;
}

void
vmk_os_futex_wake(_Atomic(uint32_t) *word, int count)
{
  int saved = errno;
  syscall(SYS_futex, word, FUTEX_WAKE | FUTEX_PRIVATE_FLAG, count, NULL, NULL, 0);
  errno = saved;
}

bool
vmk_os_membarrier_register(void)
{
  return syscall(SYS_membarrier, MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED, 0, 0) == 0;
}

void
vmk_os_membarrier(void)
{
  long result = syscall(SYS_membarrier, MEMBARRIER_CMD_PRIVATE_EXPEDITED, 0, 0);
  VMK_ASSERT(result == 0);
}
