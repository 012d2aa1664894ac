/* Heap.c -- walks over the heap: what they tell of the objects that Heap.java has made, sorted, since their order is free */
#include <jvmti.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static jvmtiEnv *ti;
static char lines[4000][200];
static int count;

#define ADD(...) (void)(count < 4000 && snprintf(lines[count++], sizeof lines[0], __VA_ARGS__))

static int
compare(const void *a, const void *b)
{
  return strcmp(a, b);
}

static void
say(const char *title, jvmtiError error)
{
  printf("-- %s: %d\n", title, error);
  qsort(lines, (size_t)count, sizeof lines[0], compare);
  for (int i = 0; i < count; i++)
    if (i == 0 || strcmp(lines[i], lines[i - 1]))
      printf("%s\n", lines[i]);
  fflush(stdout);
  count = 0;
}

static int
has_index(jvmtiHeapReferenceKind kind)
{
  return kind == JVMTI_HEAP_REFERENCE_FIELD || kind == JVMTI_HEAP_REFERENCE_STATIC_FIELD ||
         kind == JVMTI_HEAP_REFERENCE_ARRAY_ELEMENT;
}

/* Among those that are tagged; how roots are called differs. */
static jint JNICALL
reference(jvmtiHeapReferenceKind kind, const jvmtiHeapReferenceInfo *info, jlong class_tag,
          jlong from_class_tag, jlong size, jlong *tag, jlong *from_tag, jint length, void *data)
{
  (void)class_tag, (void)from_class_tag, (void)size, (void)data;
  if (*tag && from_tag && *from_tag && kind != JVMTI_HEAP_REFERENCE_CONSTANT_POOL)
    ADD("%lld -> %lld kind %d index %d length %d", (long long)*from_tag, (long long)*tag, kind,
        has_index(kind) ? info->field.index : -1, length);
  return JVMTI_VISIT_OBJECTS;
}

static jint JNICALL
stop_at_b(jvmtiHeapReferenceKind kind, const jvmtiHeapReferenceInfo *info, jlong class_tag,
          jlong from_class_tag, jlong size, jlong *tag, jlong *from_tag, jint length, void *data)
{
  reference(kind, info, class_tag, from_class_tag, size, tag, from_tag, length, data);
  return kind != JVMTI_HEAP_REFERENCE_CLASS && *tag != 2 ? JVMTI_VISIT_OBJECTS : 0;
}

static jint JNICALL
aborting(jvmtiHeapReferenceKind kind, const jvmtiHeapReferenceInfo *info, jlong class_tag,
         jlong from_class_tag, jlong size, jlong *tag, jlong *from_tag, jint length, void *data)
{
  (void)kind, (void)info, (void)class_tag, (void)from_class_tag, (void)size, (void)tag,
      (void)from_tag, (void)length;
  ++*(int *)data;
  return JVMTI_VISIT_ABORT;
}

static jint JNICALL
primitive(jvmtiHeapReferenceKind kind, const jvmtiHeapReferenceInfo *info, jlong class_tag,
          jlong *tag, jvalue value, jvmtiPrimitiveType type, void *data)
{
  (void)class_tag, (void)data;
  long long v = type == JVMTI_PRIMITIVE_TYPE_LONG      ? value.j
                : type == JVMTI_PRIMITIVE_TYPE_BYTE    ? value.b
                : type == JVMTI_PRIMITIVE_TYPE_BOOLEAN ? value.z
                                                       : value.i;
  if (*tag)
    ADD("%lld kind %d index %d = %c %lld", (long long)*tag, kind, info->field.index, type, v);
  return 0;
}

static jint JNICALL
array(jlong class_tag, jlong size, jlong *tag, jint n, jvmtiPrimitiveType type,
      const void *elements, void *data)
{
  (void)class_tag, (void)size, (void)data;
  if (*tag)
    ADD("%lld array %c of %d, last %d", (long long)*tag, type, n,
        type == JVMTI_PRIMITIVE_TYPE_INT ? ((const jint *)elements)[n - 1] : 0);
  return 0;
}

static jint JNICALL
string(jlong class_tag, jlong size, jlong *tag, const jchar *text, jint length, void *data)
{
  (void)class_tag, (void)size, (void)data;
  if (*tag)
    ADD("%lld string of %d, last %x", (long long)*tag, length, text[length - 1]);
  return 0;
}

static jint JNICALL
object(jlong class_tag, jlong size, jlong *tag, jint length, void *data)
{
  (void)class_tag, (void)size, (void)data;
  if (*tag)
    ADD("%lld class %lld length %d", (long long)*tag, (long long)class_tag, length);
  return 0;
}

static jvmtiIterationControl JNICALL
old_reference(jvmtiObjectReferenceKind kind, jlong class_tag, jlong size, jlong *tag,
              jlong from_tag, jint index, void *data)
{
  (void)class_tag, (void)size, (void)data;
  if (*tag && from_tag && kind != JVMTI_REFERENCE_CONSTANT_POOL)
    ADD("%lld -> %lld kind %d index %d", (long long)from_tag, (long long)*tag, kind,
        kind == JVMTI_REFERENCE_FIELD || kind == JVMTI_REFERENCE_ARRAY_ELEMENT ||
                kind == JVMTI_REFERENCE_STATIC_FIELD
            ? index
            : -1);
  return JVMTI_ITERATION_CONTINUE;
}

static jvmtiIterationControl JNICALL
old_root(jvmtiHeapRootKind kind, jlong class_tag, jlong size, jlong *tag, void *data)
{
  (void)class_tag, (void)size, (void)data, (void)kind, (void)tag;
  return JVMTI_ITERATION_CONTINUE;
}

static jvmtiIterationControl JNICALL
old_stack(jvmtiHeapRootKind kind, jlong class_tag, jlong size, jlong *tag, jlong thread_tag,
          jint depth, jmethodID method, jint slot, void *data)
{
  (void)kind, (void)class_tag, (void)size, (void)tag, (void)thread_tag, (void)depth, (void)method,
      (void)slot, (void)data;
  return JVMTI_ITERATION_CONTINUE;
}

static void
tag_all(JNIEnv *env, jobjectArray objects, jlong first)
{
  for (jsize i = 0; i < (*env)->GetArrayLength(env, objects); i++) {
    jobject o = (*env)->GetObjectArrayElement(env, objects, i);
    (*ti)->SetTag(ti, o, first + i);
    (*env)->DeleteLocalRef(env, o);
  }
}

JNIEXPORT void JNICALL
Java_Heap_walk(JNIEnv *env, jclass c, jobjectArray objects, jobjectArray classes)
{
  (void)c;
  JavaVM *vm;
  jvmtiCapabilities can = {.can_tag_objects = 1};
  (*env)->GetJavaVM(env, &vm);
  (*vm)->GetEnv(vm, (void **)&ti, JVMTI_VERSION_1_2);
  printf("%d\n", (*ti)->AddCapabilities(ti, &can));
  tag_all(env, objects, 1);
  tag_all(env, classes, 101);
  jobject a = (*env)->GetObjectArrayElement(env, objects, 0);
  jclass node = (*env)->GetObjectArrayElement(env, classes, 2);
  jvmtiHeapCallbacks calls = {.heap_reference_callback = reference};
  say("from an object", (*ti)->FollowReferences(ti, 0, NULL, a, &calls, NULL));
  say("from the roots", (*ti)->FollowReferences(ti, 0, NULL, NULL, &calls, NULL));
  say("tagged ones only",
      (*ti)->FollowReferences(ti, JVMTI_HEAP_FILTER_UNTAGGED, NULL, a, &calls, NULL));
  say("untagged ones only",
      (*ti)->FollowReferences(ti, JVMTI_HEAP_FILTER_TAGGED, NULL, a, &calls, NULL));
  say("of one class", (*ti)->FollowReferences(ti, 0, node, NULL, &calls, NULL));
  calls.heap_reference_callback = stop_at_b;
  say("not beyond the second", (*ti)->FollowReferences(ti, 0, NULL, a, &calls, NULL));
  int told = 0;
  calls.heap_reference_callback = aborting;
  say("aborted", (*ti)->FollowReferences(ti, 0, NULL, a, &calls, &told));
  printf("%d\n", told);
  jvmtiHeapCallbacks values = {.primitive_field_callback = primitive,
                               .array_primitive_value_callback = array,
                               .string_primitive_value_callback = string};
  say("values", (*ti)->FollowReferences(ti, 0, NULL, a, &values, NULL));
  say("values of tagged ones",
      (*ti)->IterateThroughHeap(ti, JVMTI_HEAP_FILTER_UNTAGGED, NULL, &values, NULL));
  values.heap_iteration_callback = object;
  say("objects of a class", (*ti)->IterateThroughHeap(ti, 0, node, &values, NULL));
  say("older, from an object",
      (*ti)->IterateOverObjectsReachableFromObject(ti, a, old_reference, NULL));
  say("older, from the roots",
      (*ti)->IterateOverReachableObjects(ti, old_root, old_stack, old_reference, NULL));
  say("no callbacks", (*ti)->FollowReferences(ti, 0, NULL, a, NULL, NULL));
}
