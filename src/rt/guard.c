/* guard.c -- accesses whose faults are answers
 *
 * Each access is one instruction of its own, and a row of a table says where to go on when it faults: the address of
 * the instruction, and that of a label in the same function, which returns false.  Both are kept as distances from
 * the row, so that the table needs no relocation.  The handler of the signal (crash.c) looks the instruction up and
 * goes on there; nothing is saved beforehand, so an access that does not fault costs nothing more.  (The kernels of
 * Linux treat pointers of their users like this.)
 *
 * The registers at the label are whatever they were at the instruction: the compiler knows that it may jump, and keeps
 * there only what both ways agree on.
 */
#include <vmkit/vmk_guard.h>

#include <string.h>
#include <ucontext.h>

#include "rt/vm.h"

#if defined(__x86_64__) && !__has_feature(thread_sanitizer)

#define GUARDED(instruction)                                                             \
  "1: " instruction "\n\t.pushsection vmk_guards,\"a\"\n\t.balign 4\n\t.long 1b - .\n\t" \
  ".long %l[fault] - .\n\t.popsection"

typedef struct guard_row {
  int32_t at, next; /* distances from the member itself */
} guard_row;
extern const guard_row __start_vmk_guards[], __stop_vmk_guards[];

bool
vmk_guard_recover(void *context)
{
  greg_t *registers = ((ucontext_t *)context)->uc_mcontext.gregs;
  for (const guard_row *row = __start_vmk_guards; row < __stop_vmk_guards; row++)
    if ((const char *)&row->at + row->at == (const char *)registers[REG_RIP]) {
      registers[REG_RIP] = (greg_t)((uintptr_t)&row->next + (uintptr_t)(intptr_t)row->next);
      return true;
    }
  return false;
}

bool
vmk_guard_load(const void *from, uint32_t width, uint64_t *out)
{
  uint64_t v;
  switch (width) {
  case 1: __asm__ goto(GUARDED("movzbl (%1), %k0") : "=r"(v) : "r"(from) : "memory" : fault); break;
  case 2: __asm__ goto(GUARDED("movzwl (%1), %k0") : "=r"(v) : "r"(from) : "memory" : fault); break;
  case 4: __asm__ goto(GUARDED("movl (%1), %k0") : "=r"(v) : "r"(from) : "memory" : fault); break;
  default: __asm__ goto(GUARDED("movq (%1), %0") : "=r"(v) : "r"(from) : "memory" : fault); break;
  }
  *out = v;
  return true;
fault:
  return false;
}

bool
vmk_guard_store(void *to, uint32_t width, uint64_t v)
{
  switch (width) {
  case 1: __asm__ goto(GUARDED("movb %b1, (%0)")::"r"(to), "r"(v) : "memory" : fault); break;
  case 2: __asm__ goto(GUARDED("movw %w1, (%0)")::"r"(to), "r"(v) : "memory" : fault); break;
  case 4: __asm__ goto(GUARDED("movl %k1, (%0)")::"r"(to), "r"(v) : "memory" : fault); break;
  default: __asm__ goto(GUARDED("movq %1, (%0)")::"r"(to), "r"(v) : "memory" : fault); break;
  }
  return true;
fault:
  return false;
}

bool
vmk_guard_exchange(void *at, uint32_t width, uint64_t v, uint64_t *old)
{
  switch (width) {
  case 1: __asm__ goto(GUARDED("xchgb %b0, (%1)") : "+r"(v) : "r"(at) : "memory" : fault); break;
  case 2: __asm__ goto(GUARDED("xchgw %w0, (%1)") : "+r"(v) : "r"(at) : "memory" : fault); break;
  case 4: __asm__ goto(GUARDED("xchgl %k0, (%1)") : "+r"(v) : "r"(at) : "memory" : fault); break;
  default: __asm__ goto(GUARDED("xchgq %0, (%1)") : "+r"(v) : "r"(at) : "memory" : fault); break;
  }
  *old = width == 8 ? v : v & (UINT64_C(1) << 8 * width) - 1;
  return true;
fault:
  return false;
}

bool
vmk_guard_cas(void *at, uint32_t width, uint64_t *seen, uint64_t v)
{
  uint64_t was = *seen;
  if (width == 4)
    __asm__ goto(GUARDED("lock cmpxchgl %k2, (%1)")
                 : "+a"(was)
                 : "r"(at), "r"(v)
                 : "memory", "cc"
                 : fault);
  else
    __asm__ goto(GUARDED("lock cmpxchgq %2, (%1)")
                 : "+a"(was)
                 : "r"(at), "r"(v)
                 : "memory", "cc"
                 : fault);
  *seen = width == 4 ? (uint32_t)was : was;
  return true;
fault:
  return false;
}

bool
vmk_guard_copy(void *to, const void *from, size_t bytes)
{
  if ((uintptr_t)to - (uintptr_t)from < bytes) { /* the end first */
    while (bytes) {
      uint32_t width = bytes >= 8 ? 8 : 1;
      uint64_t v;
      bytes -= width;
      if (!vmk_guard_load((const char *)from + bytes, width, &v) ||
          !vmk_guard_store((char *)to + bytes, width, v))
        return false;
    }
    return true;
  }
  __asm__ goto(GUARDED("rep movsb") : "+D"(to), "+S"(from), "+c"(bytes)::"memory" : fault);
  return true;
fault:
  return false;
}

bool
vmk_guard_fill(void *to, uint8_t value, size_t bytes)
{
  __asm__ goto(GUARDED("rep stosb") : "+D"(to), "+c"(bytes) : "a"(value) : "memory" : fault);
  return true;
fault:
  return false;
}

#else

bool
vmk_guard_recover(void *context)
{
  (void)context;
  return false;
}

#define BY_WIDTH(access)           \
  switch (width) {                 \
  case 1: access(uint8_t) break;   \
  case 2: access(uint16_t) break;  \
  case 4: access(uint32_t) break;  \
  default: access(uint64_t) break; \
  }
#define IS_ALIGNED(type, p) ((uintptr_t)(p) % sizeof(type) == 0)

bool
vmk_guard_load(const void *from, uint32_t width, uint64_t *out)
{
  *out = 0; /* little endian */
#define LOAD(type)                                                \
  if (IS_ALIGNED(type, from))                                     \
    *out = __atomic_load_n((const type *)from, __ATOMIC_SEQ_CST); \
  else                                                            \
    memcpy(out, from, sizeof(type));
  BY_WIDTH(LOAD)
  return true;
}

bool
vmk_guard_store(void *to, uint32_t width, uint64_t v)
{
#define STORE(type)                                          \
  if (IS_ALIGNED(type, to))                                  \
    __atomic_store_n((type *)to, (type)v, __ATOMIC_RELEASE); \
  else                                                       \
    memcpy(to, &v, sizeof(type));
  BY_WIDTH(STORE)
  return true;
}

bool
vmk_guard_exchange(void *at, uint32_t width, uint64_t v, uint64_t *old)
{
#define EXCHANGE(type) *old = __atomic_exchange_n((type *)at, (type)v, __ATOMIC_SEQ_CST);
  BY_WIDTH(EXCHANGE)
  return true;
}

bool
vmk_guard_cas(void *at, uint32_t width, uint64_t *seen, uint64_t v)
{
#define CAS(type)                                                                   \
  {                                                                                 \
    type was = (type) * seen;                                                       \
    __atomic_compare_exchange_n((type *)at, &was, (type)v, false, __ATOMIC_SEQ_CST, \
                                __ATOMIC_SEQ_CST);                                  \
    *seen = was;                                                                    \
  }
  BY_WIDTH(CAS)
  return true;
}

bool
vmk_guard_copy(void *to, const void *from, size_t bytes)
{
  memmove(to, from, bytes);
  return true;
}

bool
vmk_guard_fill(void *to, uint8_t value, size_t bytes)
{
  memset(to, value, bytes);
  return true;
}

#endif
