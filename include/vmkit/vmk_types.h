/* vmk_types.h -- every type of the interface, declared once */
#ifndef VMK_TYPES_H
#define VMK_TYPES_H

#include <vmkit/vmk_base.h>

typedef struct vmk_vm vmk_vm;                 /* one per process: heap, threads, code */
typedef struct vmk_collection vmk_collection; /* vmk_heap.h */
typedef struct vmk_runtime vmk_runtime;       /* one language on a vm: hooks and data */
typedef struct vmk_module vmk_module; /* unit of loading and unloading: metaspace, functions */
typedef struct vmk_thread vmk_thread;
typedef struct vmk_kind vmk_kind;         /* what the collector and dispatch know of an object */
typedef struct vmk_function vmk_function; /* a callable: managed or native */
typedef struct vmk_builder vmk_builder;   /* IR of a function under construction */
typedef struct vmk_site vmk_site;         /* an unresolved or inline-cached instruction */
typedef struct vmk_tracer vmk_tracer;     /* a collection in progress, as roots see it */
typedef struct vmk_monitor vmk_monitor;

/* A managed object as the collector sees it: header word, then what the runtime lays out.
 * A vmk_ref is a raw reference: valid only until the next safepoint (see vmk_moves.h). */
typedef struct vmk_object {
  uint64_t header;
} vmk_object;
typedef vmk_object *vmk_ref;

/* A root slot that the collector updates.  A vmk_handle is what C code holds: a pointer to such a
 * slot, in a frame, in the thread's local handles, or in the global handle table.  A null reference
 * is a handle whose slot is null; a null vmk_handle means "no result, exception pending". */
typedef struct vmk_slot {
  vmk_ref ref;
} vmk_slot;
typedef vmk_slot *vmk_handle;

/* Types.  Registers hold the first six and AGGREGATE; the narrow ones describe fields, array
 * elements and C signatures, and are I32 in registers. */
typedef enum vmk_type {
  VMK_TYPE_VOID,
  VMK_TYPE_I32,
  VMK_TYPE_I64,
  VMK_TYPE_F32,
  VMK_TYPE_F64,
  VMK_TYPE_REF, /* object reference or null */
  VMK_TYPE_PTR, /* managed pointer: inside an object, at a frame, or native memory */
  VMK_TYPE_AGGREGATE,
  VMK_TYPE_I8,
  VMK_TYPE_U8,
  VMK_TYPE_I16,
  VMK_TYPE_U16,
  VMK_TYPE_BOOL, /* U8, normalised to 0 or 1 when it comes from C */
  VMK_TYPE_COUNT
} vmk_type;

/* An argument or result where C meets managed code.  References cross as handles. */
typedef union vmk_value {
  int32_t i32;
  int64_t i64;
  float f32;
  double f64;
  vmk_handle ref;
  void *ptr;
  uint64_t bits;
} vmk_value;

#endif
