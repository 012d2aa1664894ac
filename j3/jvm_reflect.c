/* jvm_reflect.c -- JVM_* behind java.lang.reflect: members as objects, reflective calls */
#include <stdlib.h>

#include "attributes.h"
#include "entry.h"
#include "jvm.h"
#include "native.h"
#include "reflect.h"
#include "vm.h"

/* --- types of descriptors -------------------------------------------------------------------------------- */

/* Length of the field descriptor at p. */
static size_t
reflect_length(const char *p)
{
  size_t n = strspn(p, "[");
  return p[n] == 'L' ? n + strcspn(p + n, ";") + 1 : n + 1;
}

/* Parameter types of a method descriptor as a Class[]. */
static vmk_handle
reflect_parameter_types(vmk_thread *t, j3_loader *loader, const char *descriptor) VMK_MOVES
{
  int32_t count = 0;
  for (const char *p = descriptor + 1; *p != ')'; p += reflect_length(p))
    count++;
  j3_class *array = j3_class_array_of(t, J3.known.class_Class);
  vmk_handle result = array ? j3_array_new(t, array, count) : NULL;
  size_t i = 0;
  for (const char *p = descriptor + 1; result && *p != ')'; p += reflect_length(p)) {
    j3_class *type = j3_class_of_descriptor(t, loader, p, reflect_length(p));
    if (!type)
      return NULL;
    vmk_set_elem(t, result, i++, type->mirror);
  }
  return result;
}

static vmk_handle
reflect_exception_types(vmk_thread *t, const j3_method *m) VMK_MOVES
{
  uint32_t count = m->exceptions.length >= 2 ? j3_u2(m->exceptions.data) : 0;
  j3_class *array = j3_class_array_of(t, J3.known.class_Class);
  vmk_handle result = array ? j3_array_new(t, array, (int32_t)count) : NULL;
  for (uint32_t i = 0; result && i < count; i++) {
    uint16_t index = (uint16_t)j3_u2(m->exceptions.data + 2 + 2 * i);
    j3_class *type = j3_resolve_class(t, j3_method_pool(m), index);
    if (!type)
      return NULL;
    vmk_set_elem(t, result, i, type->mirror);
  }
  return result;
}

/* --- members as objects -------------------------------------------------------------------------------------- */

static bool
reflect_set_symbol(vmk_thread *t, vmk_handle object, uint32_t offset, j3_symbol *s) VMK_MOVES
{
  if (!s)
    return true;
  vmk_handle string = j3_string_of_symbol(t, s);
  if (string)
    vmk_set_ref(t, object, offset, string);
  return string != NULL;
}

static bool
reflect_set_bytes(vmk_thread *t, vmk_handle object, uint32_t offset, j3_bytes bytes) VMK_MOVES
{
  if (!bytes.data)
    return true;
  vmk_handle array = j3_byte_array(t, bytes);
  if (array)
    vmk_set_ref(t, object, offset, array);
  return array != NULL;
}

static vmk_handle
reflect_new(vmk_thread *t, j3_class *c) VMK_MOVES
{
  return j3_class_initialize(t, c) ? j3_object_new(t, c) : NULL;
}

vmk_handle
j3_reflect_field(vmk_thread *t, j3_field *f) VMK_MOVES
{
  const j3_known *k = &J3.known;
  j3_class *type =
      j3_class_of_descriptor(t, f->class->loader, f->descriptor->text, f->descriptor->length);
  vmk_handle object = type ? reflect_new(t, k->class_Field) : NULL;
  if (!object)
    return NULL;
  vmk_set_ref(t, object, k->offset_Field_clazz, f->class->mirror);
  vmk_set_i32(object, k->offset_Field_slot, f->slot);
  vmk_set_ref(t, object, k->offset_Field_type, type->mirror);
  vmk_set_i32(object, k->offset_Field_modifiers, f->flags & 0x7fff);
  vmk_set_i8(object, k->offset_Field_trustedFinal, (int8_t)f->trusted_final);
  bool ok = reflect_set_symbol(t, object, k->offset_Field_name, f->name) &&
            reflect_set_symbol(t, object, k->offset_Field_signature, f->signature) &&
            reflect_set_bytes(t, object, k->offset_Field_annotations, f->annotations);
  return ok ? object : NULL;
}

static vmk_handle
reflect_method_object(vmk_thread *t, j3_method *m) VMK_MOVES
{
  const j3_known *k = &J3.known;
  j3_loader *loader = m->class->loader;
  const char *result_type = strchr(m->descriptor->text, ')') + 1;
  vmk_handle parameters = reflect_parameter_types(t, loader, m->descriptor->text);
  j3_class *result =
      parameters ? j3_class_of_descriptor(t, loader, result_type, reflect_length(result_type))
                 : NULL;
  vmk_handle exceptions = result ? reflect_exception_types(t, m) : NULL;
  vmk_handle object = exceptions ? reflect_new(t, k->class_Method) : NULL;
  if (!object)
    return NULL;
  vmk_set_ref(t, object, k->offset_Method_clazz, m->class->mirror);
  vmk_set_i32(object, k->offset_Method_slot, m->slot);
  vmk_set_ref(t, object, k->offset_Method_returnType, result->mirror);
  vmk_set_ref(t, object, k->offset_Method_parameterTypes, parameters);
  vmk_set_ref(t, object, k->offset_Method_exceptionTypes, exceptions);
  vmk_set_i32(object, k->offset_Method_modifiers, (int32_t)(m->flags & 0x7fff));
  bool ok = reflect_set_symbol(t, object, k->offset_Method_name, m->name) &&
            reflect_set_symbol(t, object, k->offset_Method_signature, m->signature) &&
            reflect_set_bytes(t, object, k->offset_Method_annotations, m->annotations) &&
            reflect_set_bytes(t, object, k->offset_Method_parameterAnnotations,
                              m->parameter_annotations) &&
            reflect_set_bytes(t, object, k->offset_Method_annotationDefault, m->annotation_default);
  return ok ? object : NULL;
}

static vmk_handle
reflect_constructor_object(vmk_thread *t, j3_method *m) VMK_MOVES
{
  const j3_known *k = &J3.known;
  vmk_handle parameters = reflect_parameter_types(t, m->class->loader, m->descriptor->text);
  vmk_handle exceptions = parameters ? reflect_exception_types(t, m) : NULL;
  vmk_handle object = exceptions ? reflect_new(t, k->class_Constructor) : NULL;
  if (!object)
    return NULL;
  vmk_set_ref(t, object, k->offset_Constructor_clazz, m->class->mirror);
  vmk_set_i32(object, k->offset_Constructor_slot, m->slot);
  vmk_set_ref(t, object, k->offset_Constructor_parameterTypes, parameters);
  vmk_set_ref(t, object, k->offset_Constructor_exceptionTypes, exceptions);
  vmk_set_i32(object, k->offset_Constructor_modifiers, (int32_t)(m->flags & 0x7fff));
  bool ok = reflect_set_symbol(t, object, k->offset_Constructor_signature, m->signature) &&
            reflect_set_bytes(t, object, k->offset_Constructor_annotations, m->annotations) &&
            reflect_set_bytes(t, object, k->offset_Constructor_parameterAnnotations,
                              m->parameter_annotations);
  return ok ? object : NULL;
}

vmk_handle
j3_reflect_method(vmk_thread *t, j3_method *m) VMK_MOVES
{
  return j3_symbol_is(m->name, "<init>") ? reflect_constructor_object(t, m)
                                         : reflect_method_object(t, m);
}

j3_method *
j3_method_of_object(vmk_handle object)
{
  bool constructor = j3_class_of(object) == J3.known.class_Constructor;
  size_t class_offset =
      constructor ? J3.known.offset_Constructor_clazz : J3.known.offset_Method_clazz;
  size_t slot_offset = constructor ? J3.known.offset_Constructor_slot : J3.known.offset_Method_slot;
  vmk_slot mirror = {vmk_ref_decode(*(vmk_heap_ref *)((char *)object->ref + class_offset))};
  return &j3_class_of_mirror(&mirror)->methods[vmk_get_i32(object, slot_offset)];
}

j3_field *
j3_field_of_object(vmk_handle object)
{
  vmk_slot mirror = {
      vmk_ref_decode(*(vmk_heap_ref *)((char *)object->ref + J3.known.offset_Field_clazz))};
  return &j3_class_of_mirror(&mirror)->fields[vmk_get_i32(object, J3.known.offset_Field_slot)];
}

/* --- getDeclared* ------------------------------------------------------------------------------------------------ */

typedef enum reflect_what { REFLECT_METHODS, REFLECT_CONSTRUCTORS } reflect_what;

static bool
reflect_wanted(const j3_method *m, reflect_what what, bool public_only)
{
  if (j3_symbol_is(m->name, "<clinit>") || (m->flags & J3_METHOD_MIRANDA))
    return false;
  if (j3_symbol_is(m->name, "<init>") != (what == REFLECT_CONSTRUCTORS))
    return false;
  return !public_only || (m->flags & J3_PUBLIC);
}

static jobjectArray
reflect_declared(JNIEnv *env, jclass mirror, bool public_only, reflect_what what)
{
  j3_entry e = j3_enter(env);
  j3_class *c = j3_in_class(mirror);
  uint32_t count = 0;
  bool usable = !c->primitive && !c->is_array;
  if (usable && !j3_class_link(e.t, c))
    return j3_leave_ref(&e, NULL);
  for (uint32_t i = 0; usable && i < c->method_count; i++)
    count += reflect_wanted(&c->methods[i], what, public_only);
  j3_class *element = what == REFLECT_METHODS ? J3.known.class_Method : J3.known.class_Constructor;
  j3_class *array = j3_class_array_of(e.t, element);
  vmk_handle result = array ? j3_array_new(e.t, array, (int32_t)count) : NULL;
  uint32_t n = 0;
  for (uint32_t i = 0; result && usable && i < c->method_count; i++) {
    if (!reflect_wanted(&c->methods[i], what, public_only))
      continue;
    vmk_scope scope = vmk_scope_begin(e.t);
    vmk_handle object = j3_reflect_method(e.t, &c->methods[i]);
    if (object)
      vmk_set_elem(e.t, result, n++, object);
    vmk_scope_end(e.t, scope);
    if (!object)
      result = NULL;
  }
  return j3_leave_ref(&e, result);
}

jobjectArray
JVM_GetClassDeclaredMethods(JNIEnv *env, jclass mirror, jboolean public_only)
{
  return reflect_declared(env, mirror, public_only, REFLECT_METHODS);
}

jobjectArray
JVM_GetClassDeclaredConstructors(JNIEnv *env, jclass mirror, jboolean public_only)
{
  return reflect_declared(env, mirror, public_only, REFLECT_CONSTRUCTORS);
}

jobjectArray
JVM_GetClassDeclaredFields(JNIEnv *env, jclass mirror, jboolean public_only)
{
  j3_entry e = j3_enter(env);
  j3_class *c = j3_in_class(mirror);
  uint32_t count = 0, n = 0, total = c->primitive || c->is_array ? 0 : c->field_count;
  for (uint32_t i = 0; i < total; i++)
    count += !(c->fields[i].flags & J3_FIELD_INJECTED) &&
             (!public_only || (c->fields[i].flags & J3_PUBLIC));
  j3_class *array =
      total == 0 || j3_class_link(e.t, c) ? j3_class_array_of(e.t, J3.known.class_Field) : NULL;
  vmk_handle result = array ? j3_array_new(e.t, array, (int32_t)count) : NULL;
  for (uint32_t i = 0; result && i < total; i++) {
    if ((c->fields[i].flags & J3_FIELD_INJECTED) ||
        (public_only && !(c->fields[i].flags & J3_PUBLIC)))
      continue;
    vmk_scope scope = vmk_scope_begin(e.t);
    vmk_handle object = j3_reflect_field(e.t, &c->fields[i]);
    if (object)
      vmk_set_elem(e.t, result, n++, object);
    vmk_scope_end(e.t, scope);
    if (!object)
      result = NULL;
  }
  return j3_leave_ref(&e, result);
}

jbyteArray
JVM_GetFieldTypeAnnotations(JNIEnv *env, jobject field)
{
  j3_entry e = j3_enter(env);
  return j3_leave_ref(&e, j3_byte_array(e.t, j3_field_of_object(j3_in(field))->type_annotations));
}

jbyteArray
JVM_GetMethodTypeAnnotations(JNIEnv *env, jobject method)
{
  j3_entry e = j3_enter(env);
  return j3_leave_ref(&e, j3_byte_array(e.t, j3_method_of_object(j3_in(method))->type_annotations));
}

/* MethodParameters as Parameter[]; null when the attribute is absent.  Bad indexes are reported by Java's
 * MalformedParametersException, from the name we leave out. */
jobjectArray
JVM_GetMethodParameters(JNIEnv *env, jobject method)
{
  j3_entry e = j3_enter(env);
  const j3_known *k = &J3.known;
  j3_method *m = j3_method_of_object(j3_in(method));
  if (!m->parameters.data)
    return j3_leave_ref(&e, NULL);
  uint32_t count = m->parameters.data[0];
  j3_class *array = j3_class_array_of(e.t, k->class_Parameter);
  vmk_handle result = array ? j3_array_new(e.t, array, (int32_t)count) : NULL;
  for (uint32_t i = 0; result && i < count; i++) {
    const uint8_t *row = m->parameters.data + 1 + 4 * i;
    uint16_t name = (uint16_t)j3_u2(row);
    if (name && (name >= j3_method_pool(m)->count || j3_method_pool(m)->tag[name] != 1)) {
      j3_throw(e.t, "java/lang/IllegalArgumentException", "Wrong type at constant pool index");
      break;
    }
    vmk_handle object = reflect_new(e.t, k->class_Parameter);
    if (!object || !reflect_set_symbol(e.t, object, k->offset_Parameter_name,
                                       name ? j3_pool_utf8(j3_method_pool(m), name) : NULL))
      break;
    vmk_set_i32(object, k->offset_Parameter_modifiers, (int32_t)j3_u2(row + 2));
    vmk_set_i32(object, k->offset_Parameter_index, (int32_t)i);
    vmk_set_ref(e.t, object, k->offset_Parameter_executable, j3_in(method));
    vmk_set_elem(e.t, result, i, object);
  }
  return j3_leave_ref(&e, result);
}

/* --- records ----------------------------------------------------------------------------------------------------- */

/* One Record row at *p: make its RecordComponent; advances *p. */
static vmk_handle
reflect_component(vmk_thread *t, j3_class *c, const uint8_t **p) VMK_MOVES
{
  const j3_known *k = &J3.known;
  j3_symbol *name = j3_pool_utf8(c->pool, (uint16_t)j3_u2(*p));
  j3_symbol *descriptor = j3_pool_utf8(c->pool, (uint16_t)j3_u2(*p + 2)), *signature = NULL;
  j3_bytes annotations = {0}, type_annotations = {0};
  uint32_t attributes = j3_u2(*p + 4);
  *p += 6;
  for (; attributes; attributes--) {
    const char *kind = j3_pool_utf8(c->pool, (uint16_t)j3_u2(*p))->text;
    j3_bytes body = {*p + 6, j3_u4(*p + 2)};
    if (strcmp(kind, "Signature") == 0)
      signature = j3_pool_utf8(c->pool, (uint16_t)j3_u2(body.data));
    else if (strcmp(kind, "RuntimeVisibleAnnotations") == 0)
      annotations = body;
    else if (strcmp(kind, "RuntimeVisibleTypeAnnotations") == 0)
      type_annotations = body;
    *p = body.data + body.length;
  }
  j3_class *type = j3_class_of_descriptor(t, c->loader, descriptor->text, descriptor->length);
  vmk_handle object = type ? reflect_new(t, k->class_RecordComponent) : NULL;
  if (!object)
    return NULL;
  vmk_set_ref(t, object, k->offset_RecordComponent_clazz, c->mirror);
  vmk_set_ref(t, object, k->offset_RecordComponent_type, type->mirror);
  j3_method *m = j3_class_method(c, name, j3_symbol_join("()", descriptor->text, ""));
  if (m && !(m->flags & J3_STATIC)) {
    vmk_handle method = j3_reflect_method(t, m);
    if (!method)
      return NULL;
    vmk_set_ref(t, object, k->offset_RecordComponent_accessor, method);
  }
  bool ok =
      reflect_set_symbol(t, object, k->offset_RecordComponent_name, name) &&
      reflect_set_symbol(t, object, k->offset_RecordComponent_signature, signature) &&
      reflect_set_bytes(t, object, k->offset_RecordComponent_annotations, annotations) &&
      reflect_set_bytes(t, object, k->offset_RecordComponent_typeAnnotations, type_annotations);
  return ok ? object : NULL;
}

jobjectArray
JVM_GetRecordComponents(JNIEnv *env, jclass mirror)
{
  j3_entry e = j3_enter(env);
  j3_class *c = j3_in_class(mirror);
  vmk_handle result = NULL;
  if (c->record.data) {
    uint32_t count = j3_u2(c->record.data);
    const uint8_t *p = c->record.data + 2;
    j3_class *array = j3_class_array_of(e.t, J3.known.class_RecordComponent);
    result = array ? j3_array_new(e.t, array, (int32_t)count) : NULL;
    for (uint32_t i = 0; result && i < count; i++) {
      vmk_scope scope = vmk_scope_begin(e.t);
      vmk_handle component = reflect_component(e.t, c, &p);
      if (component)
        vmk_set_elem(e.t, result, i, component);
      vmk_scope_end(e.t, scope);
      if (!component)
        result = NULL;
    }
  }
  return j3_leave_ref(&e, result);
}

/* --- reflective calls ------------------------------------------------------------------------------------------------ */

static char
reflect_primitive_of_box(const j3_class *c)
{
  const j3_known *k = &J3.known;
  return c == k->class_Boolean     ? 'Z'
         : c == k->class_Character ? 'C'
         : c == k->class_Float     ? 'F'
         : c == k->class_Double    ? 'D'
         : c == k->class_Byte      ? 'B'
         : c == k->class_Short     ? 'S'
         : c == k->class_Integer   ? 'I'
         : c == k->class_Long      ? 'J'
                                   : 0;
}

char
j3_unbox(vmk_handle box, vmk_value *out)
{
  char type = vmk_is_null(box) ? 0 : reflect_primitive_of_box(j3_class_of(box));
  out->bits = 0;
  switch (type) {
  case 'Z': out->i32 = vmk_get_u8(box, J3.known.offset_Boolean_value) != 0; break;
  case 'B': out->i32 = vmk_get_i8(box, J3.known.offset_Byte_value); break;
  case 'C': out->i32 = vmk_get_u16(box, J3.known.offset_Character_value); break;
  case 'S': out->i32 = vmk_get_i16(box, J3.known.offset_Short_value); break;
  case 'I': out->i32 = vmk_get_i32(box, J3.known.offset_Integer_value); break;
  case 'F': out->f32 = vmk_get_f32(box, J3.known.offset_Float_value); break;
  case 'J': out->i64 = vmk_get_i64(box, J3.known.offset_Long_value); break;
  case 'D': out->f64 = vmk_get_f64(box, J3.known.offset_Double_value); break;
  default: break;
  }
  return type;
}

/* Widening primitive conversion (JLS 5.1.2); false when there is none. */
bool
j3_widen(char from, char to, vmk_value *v)
{
  if (from == to)
    return true;
  if (from == 'Z' || to == 'Z' || to == 'C' || to == 'B')
    return false;
  static const char order[] = "BSIJFD";
  const char *target = strchr(order, to), *source = strchr(order, from == 'C' ? 'S' : from);
  if (!target || !source || target < source || (from == 'C' && to == 'S'))
    return false;
  vmk_value in = *v;
  v->bits = 0;
  bool integral = from != 'F' && from != 'J';
  switch (to) {
  case 'S':
  case 'I': v->i32 = in.i32; break;
  case 'J': v->i64 = in.i32; break;
  case 'F': v->f32 = from == 'J' ? (float)in.i64 : (float)in.i32; break;
  default:
    v->f64 = integral ? (double)in.i32 : from == 'J' ? (double)in.i64 : (double)in.f32;
    break;
  }
  return true;
}

static vmk_handle
reflect_box_new(vmk_thread *t, j3_class *c) VMK_MOVES
{
  return j3_class_initialize(t, c) ? j3_object_new(t, c) : NULL;
}

vmk_handle
j3_box(vmk_thread *t, char type, vmk_value v) VMK_MOVES
{
  const j3_known *k = &J3.known;
  vmk_handle box;
#define BOX(letter, Class, suffix, field)                      \
  case letter:                                                 \
    box = reflect_box_new(t, k->class_##Class);                \
    if (box)                                                   \
      vmk_set_##suffix(box, k->offset_##Class##_value, field); \
    return box
  switch (type) {
    BOX('Z', Boolean, i8, (int8_t)(v.i32 != 0));
    BOX('B', Byte, i8, (int8_t)v.i32);
    BOX('C', Character, u16, (uint16_t)v.i32);
    BOX('S', Short, i16, (int16_t)v.i32);
    BOX('I', Integer, i32, v.i32);
    BOX('F', Float, f32, v.f32);
    BOX('J', Long, i64, v.i64);
    BOX('D', Double, f64, v.f64);
  case 'V': return &j3_null_slot;
  default: return v.ref;
  }
#undef BOX
}

/* Convert the Object[] to values for m's parameters; false: IllegalArgumentException pending. */
static bool
reflect_arguments(vmk_thread *t, const j3_method *m, vmk_handle list, vmk_value *out) VMK_MOVES
{
  uint32_t i = 0, given = vmk_is_null(list) ? 0 : vmk_array_length(list);
  const char *p = m->descriptor->text + 1;
  uint32_t wanted = 0;
  for (const char *q = p; *q != ')'; q += reflect_length(q))
    wanted++;
  if (given != wanted) {
    j3_throw(t, "java/lang/IllegalArgumentException", "wrong number of arguments");
    return false;
  }
  for (; *p != ')'; p += reflect_length(p), i++) {
    vmk_handle argument = vmk_get_elem(t, list, i);
    if (*p == 'L' || *p == '[') {
      j3_class *type = j3_class_of_descriptor(t, m->class->loader, p, reflect_length(p));
      if (!type)
        return false;
      if (!vmk_is_null(argument) && !j3_is_instance(argument, type)) {
        j3_throw(t, "java/lang/IllegalArgumentException", "argument type mismatch");
        return false;
      }
      out[i].ref = argument;
    } else {
      char from = j3_unbox(argument, &out[i]);
      if (!from || !j3_widen(from, *p, &out[i])) {
        j3_throw(t, "java/lang/IllegalArgumentException",
                 vmk_is_null(argument) ? NULL : "argument type mismatch");
        return false;
      }
    }
  }
  return true;
}

/* What the call threw, wrapped in InvocationTargetException. */
static void
reflect_wrap_exception(vmk_thread *t) VMK_MOVES
{
  vmk_handle cause = vmk_take_exception(t);
  j3_class *c = j3_class_boot(t, "java/lang/reflect/InvocationTargetException");
  vmk_handle wrapper = c && j3_class_initialize(t, c) ? j3_object_new(t, c) : NULL;
  if (!wrapper)
    return;
  j3_method *init =
      j3_class_method(c, j3_symbol_of("<init>"), j3_symbol_of("(Ljava/lang/Throwable;)V"));
  if (j3_call(t, init, (vmk_value[]){j3_ref(wrapper), j3_ref(cause)}, NULL))
    vmk_throw(t, wrapper);
}

static vmk_handle
reflect_invoke(vmk_thread *t, j3_method *m, vmk_handle receiver, vmk_handle list) VMK_MOVES
{
  vmk_value arguments[256], result = {0};
  uint32_t first = m->flags & J3_STATIC ? 0 : 1;
  if (first)
    arguments[0] = j3_ref(receiver);
  if (!reflect_arguments(t, m, list, arguments + first))
    return NULL;
  if (!j3_call(t, m, arguments, &result)) {
    reflect_wrap_exception(t);
    return NULL;
  }
  const char *type = strchr(m->descriptor->text, ')') + 1;
  return j3_box(t, *type, result);
}

/* What m of `receiver` is; null: pending. */
static j3_method *
reflect_select(vmk_thread *t, j3_method *m, vmk_handle receiver) VMK_MOVES
{
  j3_class *c = j3_class_of(receiver);
  if (m->flags & J3_PRIVATE)
    return m;
  if (m->vtable_index >= 0 && !(m->class->flags & J3_INTERFACE)) {
    const j3_method *selected = c->kind.vtable[m->vtable_index]->client;
    if (selected->flags & J3_ABSTRACT) {
      char text[2048];
      j3_method shown = {.class = c, .name = m->name, .descriptor = m->descriptor};
      j3_method_external_name(&shown, text, sizeof text);
      j3_throw(t, "java/lang/AbstractMethodError", "'%s'", text);
      return NULL;
    }
  }
  return j3_select_method(t, c, m);
}

jobject
JVM_InvokeMethod(JNIEnv *env, jobject method, jobject receiver, jobjectArray list)
{
  j3_entry e = j3_enter(env);
  j3_method *m = j3_method_of_object(j3_in(method));
  if (!j3_class_initialize(e.t, m->class))
    return j3_leave_ref(&e, NULL);
  if (!(m->flags & J3_STATIC)) {
    if (!receiver) {
      j3_throw(e.t, "java/lang/NullPointerException", NULL);
      return j3_leave_ref(&e, NULL);
    }
    if (!j3_is_instance(j3_in(receiver), m->class)) {
      j3_throw(e.t, "java/lang/IllegalArgumentException",
               "object is not an instance of declaring class");
      return j3_leave_ref(&e, NULL);
    }
    m = reflect_select(e.t, m, j3_in(receiver));
    if (!m) {
      reflect_wrap_exception(e.t);
      return j3_leave_ref(&e, NULL);
    }
  }
  return j3_leave_ref(&e, reflect_invoke(e.t, m, j3_in(receiver), j3_in(list)));
}

jobject
JVM_NewInstanceFromConstructor(JNIEnv *env, jobject constructor, jobjectArray list)
{
  j3_entry e = j3_enter(env);
  j3_method *m = j3_method_of_object(j3_in(constructor));
  vmk_handle object = j3_class_initialize(e.t, m->class) ? j3_object_new(e.t, m->class) : NULL;
  if (object && !reflect_invoke(e.t, m, object, j3_in(list)))
    object = NULL;
  return j3_leave_ref(&e, vmk_pending(e.t) ? NULL : object);
}
