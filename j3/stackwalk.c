/* stackwalk.c -- StackWalker, Reflection.getCallerClass, access-control contexts, loaders on the stack
 *
 * Each walk filters differently, as the Java side expects: see the function comments.  An anchor is the
 * position of a StackWalker's traversal; it lives in the C frame of JVM_CallStackWalk while doStackWalk
 * runs, and Java passes its address back to fetch more frames.
 */
#include "entry.h"
#include "jvm.h"
#include "stack.h"
#include "vm.h"

enum {
  WALK_CLASSES_ONLY = 0x2,
  WALK_CALLER_CLASS = 0x4,
  WALK_SHOW_HIDDEN = 0x20,
  WALK_LIVE = 0x100,
};

bool
j3_frame_is_ignored(const j3_method *m)
{
  return (m->class == J3.known.class_Method && j3_symbol_is(m->name, "invoke")) ||
         j3_class_is_subclass(m->class, J3.known.class_MethodAccessorImpl) || m->intrinsic ||
         (m->flags & J3_METHOD_LAMBDA_FORM);
}

/* Advance to the next frame that is a Java method, starting with the present one. */
static j3_method *
walk_settle(vmk_frame *frame, bool more)
{
  for (; more; more = vmk_frame_next(frame)) {
    j3_method *m = j3_frame_method(frame);
    if (m)
      return m;
  }
  return NULL;
}

/* --- caller class --------------------------------------------------------------------------------------- */

/* Frame 0 is Reflection.getCallerClass itself, frame 1 the @CallerSensitive method that asks; the answer is
 * the class of the next frame that is not reflection or method-handle glue. */
jclass
JVM_GetCallerClass(JNIEnv *env)
{
  j3_entry e = j3_enter(env);
  vmk_frame frame;
  j3_method *m = walk_settle(&frame, vmk_frame_first(e.t, &frame));
  for (int n = 0; m; n++, m = walk_settle(&frame, vmk_frame_next(&frame))) {
    if (n == 0)
      continue;
    if (n == 1) {
      if (!(m->flags & J3_METHOD_CALLER_SENSITIVE)) {
        j3_throw(e.t, "java/lang/InternalError", "CallerSensitive annotation expected at frame 1");
        break;
      }
      continue;
    }
    if (!j3_frame_is_ignored(m))
      break;
  }
  return j3_leave_ref(&e, m ? m->class->mirror : NULL);
}

jobject
JVM_LatestUserDefinedLoader(JNIEnv *env)
{
  j3_entry e = j3_enter(env);
  vmk_handle loader = NULL;
  vmk_frame frame;
  for (j3_method *m = walk_settle(&frame, vmk_frame_first(e.t, &frame)); m && !loader;
       m = walk_settle(&frame, vmk_frame_next(&frame))) {
    const j3_loader *l = m->class->loader;
    if (l->is_boot || !l->object ||
        j3_class_is_subclass(m->class, J3.known.class_MagicAccessorImpl))
      continue;
    char name[256];
    j3_class_external_name(j3_class_of(l->object), name, sizeof name);
    if (strcmp(name, "jdk.internal.loader.ClassLoaders$PlatformClassLoader") != 0)
      loader = l->object;
  }
  return j3_leave_ref(&e, loader);
}

/* SecurityManager.getClassContext: every class on the stack but the native method's own frame. */
jobjectArray
JVM_GetClassContext(JNIEnv *env)
{
  j3_entry e = j3_enter(env);
  j3_class *classes[1024];
  uint32_t n = 0;
  vmk_frame frame;
  bool first = true;
  for (j3_method *m = walk_settle(&frame, vmk_frame_first(e.t, &frame)); m && n < 1024;
       m = walk_settle(&frame, vmk_frame_next(&frame))) {
    if (!first && !j3_frame_is_ignored(m) && !(m->flags & J3_NATIVE))
      classes[n++] = m->class;
    first = false;
  }
  j3_class *array = j3_class_array_of(e.t, J3.known.class_Class);
  vmk_handle result = array ? j3_array_new(e.t, array, (int32_t)n) : NULL;
  for (uint32_t i = 0; result && i < n; i++)
    vmk_set_elem(e.t, result, i, classes[i]->mirror);
  return j3_leave_ref(&e, result);
}

/* --- access control contexts ----------------------------------------------------------------------------- */

static vmk_handle
walk_new_context(vmk_thread *t, vmk_handle domains, bool privileged, vmk_handle privileged_context)
    VMK_MOVES
{
  j3_class *c = j3_class_boot(t, "java/security/AccessControlContext");
  vmk_handle context = c && j3_class_initialize(t, c) ? j3_object_new(t, c) : NULL;
  if (!context)
    return NULL;
  const struct {
    const char *name, *descriptor;
  } fields[] = {{"context", "[Ljava/security/ProtectionDomain;"},
                {"privilegedContext", "Ljava/security/AccessControlContext;"},
                {"isPrivileged", "Z"},
                {"isAuthorized", "Z"}};
  uint32_t offset[4];
  for (int i = 0; i < 4; i++)
    offset[i] =
        j3_class_field(c, j3_symbol_of(fields[i].name), j3_symbol_of(fields[i].descriptor))->offset;
  vmk_set_ref(t, context, offset[0], domains);
  vmk_set_ref(t, context, offset[1], privileged_context);
  vmk_set_i8(context, offset[2], privileged);
  vmk_set_i8(context, offset[3], 1); /* made by the vm: no check is owed */
  return context;
}

static bool
walk_is_privileged_frame(const j3_method *m)
{
  return j3_symbol_is(m->name, "executePrivileged") &&
         j3_symbol_is(m->class->name, "java/security/AccessController");
}

/* Distinct neighbouring non-null protection domains down to the nearest doPrivileged. */
jobject
JVM_GetStackAccessControlContext(JNIEnv *env, jclass ignored)
{
  (void)ignored;
  enum { MAX = 256 };
  j3_entry e = j3_enter(env);
  vmk_handle domain[MAX], previous = &j3_null_slot, privileged_context = &j3_null_slot;
  uint32_t n = 0;
  bool privileged = false;
  vmk_frame frame;
  for (j3_method *m = walk_settle(&frame, vmk_frame_first(e.t, &frame));
       m && !privileged && n < MAX; m = walk_settle(&frame, vmk_frame_next(&frame))) {
    const j3_class *c = m->class;
    vmk_value argument;
    if (walk_is_privileged_frame(m)) {
      privileged = true;
      if (vmk_frame_argument(e.t, &frame, 1, &argument))
        privileged_context = argument.ref;
      if (vmk_frame_argument(e.t, &frame, 2, &argument) && !vmk_is_null(argument.ref))
        c = j3_class_of_mirror(argument.ref);
    } else if (j3_frame_is_ignored(m)) {
      continue;
    }
    vmk_handle d = vmk_get_ref(e.t, c->mirror, J3.known.offset_Class_vm_protection_domain);
    if (!vmk_is_null(d) && !vmk_same(d, previous))
      domain[n++] = previous = d;
  }
  vmk_handle result = NULL, array = &j3_null_slot;
  if (n) {
    j3_class *pd = j3_class_boot(e.t, "java/security/ProtectionDomain");
    j3_class *pds = pd ? j3_class_array_of(e.t, pd) : NULL;
    array = pds ? j3_array_new(e.t, pds, (int32_t)n) : NULL;
    for (uint32_t i = 0; array && i < n; i++)
      vmk_set_elem(e.t, array, i, domain[i]);
  }
  if (array && !(n == 0 && (!privileged || vmk_is_null(privileged_context))))
    result = walk_new_context(e.t, array, privileged, privileged_context);
  return j3_leave_ref(&e, result);
}

jobject
JVM_GetInheritedAccessControlContext(JNIEnv *env, jclass ignored)
{
  (void)ignored;
  j3_entry e = j3_enter(env);
  return j3_leave_ref(&e, vmk_get_ref(e.t, j3_self(e.t)->object,
                                      J3.known.offset_Thread_inheritedAccessControlContext));
}

/* --- StackWalker -------------------------------------------------------------------------------------------- */

typedef struct walk_anchor {
  vmk_frame frame;
  bool more; /* frame is the next one to deliver */
  vmk_thread *thread;
} walk_anchor;

/* Put at most `count` frames into frames[start..]; returns the end index, negative with an exception. */
static int32_t
walk_fill(vmk_thread *t, walk_anchor *anchor, int64_t mode, int32_t count, int32_t start,
          vmk_handle frames) VMK_MOVES
{
  int32_t end = start;
  while (end - start < count) {
    j3_method *m = walk_settle(&anchor->frame, anchor->more);
    anchor->more = m != NULL;
    if (!m)
      break;
    if ((m->flags & J3_METHOD_HIDDEN) &&
        (!(mode & WALK_SHOW_HIDDEN) || (mode & WALK_CALLER_CLASS))) {
      anchor->more = vmk_frame_next(&anchor->frame);
      continue;
    }
    vmk_scope scope = vmk_scope_begin(t);
    if (mode & (WALK_CLASSES_ONLY | WALK_CALLER_CLASS)) {
      if ((mode & WALK_CALLER_CLASS) && end == start && (m->flags & J3_METHOD_CALLER_SENSITIVE)) {
        char name[512];
        j3_class_external_name(m->class, name, sizeof name);
        j3_throw(t, "java/lang/UnsupportedOperationException",
                 "StackWalker::getCallerClass called from @CallerSensitive '%s.%s%s' method", name,
                 m->name->text, m->descriptor->text);
        return -1;
      }
      vmk_set_elem(t, frames, (size_t)end, m->class->mirror);
    } else {
      vmk_handle info = vmk_get_elem(t, frames, (size_t)end);
      vmk_handle member = vmk_get_ref(t, info, J3.known.offset_StackFrameInfo_memberName);
      if (!j3_member_name_set_method(t, member, m, m->class, false))
        return -1;
      vmk_set_i32(info, J3.known.offset_StackFrameInfo_bci, j3_frame_bci(&anchor->frame, m));
    }
    vmk_scope_end(t, scope);
    end++;
    anchor->more = vmk_frame_next(&anchor->frame);
  }
  return end;
}

/* Frames of the walker's own machinery, before the code that asked. */
static bool
walk_is_machinery(const j3_class *c)
{
  static const char *const abstract = "java/lang/StackStreamFactory$AbstractStackWalker";
  return j3_symbol_is(c->name, "java/lang/StackWalker") || j3_symbol_is(c->name, abstract) ||
         (c->super && j3_symbol_is(c->super->name, abstract));
}

jobject
JVM_CallStackWalk(JNIEnv *env, jobject stream, jlong mode, jint skip, jint count, jint start,
                  jobjectArray frames)
{
  j3_entry e = j3_enter(env);
  walk_anchor anchor = {.thread = e.t};
  anchor.more = vmk_frame_first(e.t, &anchor.frame);
  j3_method *m;
  while ((m = walk_settle(&anchor.frame, anchor.more)) && walk_is_machinery(m->class))
    anchor.more = vmk_frame_next(&anchor.frame);
  for (int32_t n = 0; n < skip && walk_settle(&anchor.frame, anchor.more); n++)
    anchor.more = vmk_frame_next(&anchor.frame);
  vmk_value result = {0};
  int32_t end = count > 0 ? walk_fill(e.t, &anchor, mode, count, start, j3_in(frames)) : start;
  if (end >= 0 && count > 0 && end == start) {
    j3_throw(e.t, "java/lang/InternalError", "stack walk: decode failed");
  } else if (end >= 0) {
    vmk_set_elem(e.t, j3_in(frames), 0, j3_self(e.t)->object); /* marks the buffer as in use */
    vmk_value arguments[6] = {j3_ref(j3_in(stream)), j3_long((intptr_t)&anchor),
                              j3_int(skip),          j3_int(count),
                              j3_int(start),         j3_int(end)};
    j3_call_virtual(e.t, j3_in(stream), "doStackWalk", "(JIIII)Ljava/lang/Object;", arguments,
                    &result);
    if (vmk_array_length(j3_in(frames)) > 0)
      vmk_set_elem(e.t, j3_in(frames), 0, &j3_null_slot);
  }
  return j3_leave_ref(&e, result.ref);
}

jint
JVM_MoreStackWalk(JNIEnv *env, jobject stream, jlong mode, jlong anchor_bits, jint count,
                  jint start, jobjectArray frames)
{
  (void)stream;
  j3_entry e = j3_enter(env);
  walk_anchor *anchor = (walk_anchor *)(intptr_t)anchor_bits;
  int32_t end = start;
  if (!anchor || anchor->thread != e.t)
    j3_throw(e.t, "java/lang/InternalError", "doStackWalk: corrupted buffers");
  else if (count > 0)
    end = walk_fill(e.t, anchor, mode, count, start, j3_in(frames));
  j3_leave(&e);
  return end;
}
