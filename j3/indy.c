/* indy.c -- what the vm asks java.lang.invoke for, and what it does with the answers
 *
 * Up-calls are static methods of MethodHandleNatives.  linkCallSite and linkMethod answer with a MemberName
 * (the function to call) and an appendix, which the site passes as one more trailing argument.  A
 * throwable that is no Error is wrapped in BootstrapMethodError; a LinkageError of a call site is kept with
 * the site and thrown again by later executions, while errors that may pass (stack, memory) are not.
 */
#include "indy.h"

#include "access.h"
#include "bytecode.h"
#include "entry.h"
#include "native.h"
#include "polymorphic.h"
#include "reflect.h"

#define OBJECT "Ljava/lang/Object;"
#define MEMBER_NAME "Ljava/lang/invoke/MemberName;"

/* Pool entries of tags 15, 17, 18 (and what 9..12 consist of) are two halves. */
static inline uint16_t
indy_low(const j3_pool *p, uint16_t index)
{
  return (uint16_t)p->value[index];
}
static inline uint16_t
indy_high(const j3_pool *p, uint16_t index)
{
  return (uint16_t)(p->value[index] >> 16);
}

static bool
indy_upcall(vmk_thread *t, const char *name, const char *descriptor, const vmk_value *args,
            vmk_value *result) VMK_MOVES
{
  j3_class *natives = J3.known.class_MethodHandleNatives;
  return j3_class_initialize(t, natives) &&
         j3_call_static(t, natives, name, descriptor, args, result);
}

/* What bootstrap code threw, as the JVMS wants it reported: Errors as they are, others wrapped. */
static void
indy_wrap_exception(vmk_thread *t) VMK_MOVES
{
  vmk_handle thrown = vmk_take_exception(t);
  if (j3_is_instance(thrown, J3.known.class_Error))
    vmk_throw(t, thrown);
  else
    j3_throw_with_cause(t, "java/lang/BootstrapMethodError", thrown, NULL);
}

static vmk_handle
indy_box_new(vmk_thread *t, uint32_t length) VMK_MOVES
{
  j3_class *array = j3_class_array_of(t, J3.known.class_Object);
  return array ? j3_array_new(t, array, (int32_t)length) : NULL;
}

/* --- method types -------------------------------------------------------------------------------------- */

static uint32_t
indy_parameter_count(const char *p)
{
  uint32_t n = 0;
  for (p++; *p && *p != ')'; n++) {
    p += strspn(p, "[");
    p = *p == 'L' ? strchr(p, ';') + 1 : p + 1;
  }
  return n;
}

static const char *
indy_skip_type(const char *p)
{
  p += strspn(p, "[");
  return *p == 'L' ? strchr(p, ';') + 1 : p + 1;
}

/* The class a descriptor's type means to `accessing`, which must be allowed to see it. */
static j3_class *
indy_type(vmk_thread *t, j3_loader *loader, j3_class *accessing, const char *p) VMK_MOVES
{
  j3_class *c = j3_class_of_descriptor(t, loader, p, (size_t)(indy_skip_type(p) - p));
  if (!c || !accessing)
    return c;
  const j3_class *element = c->is_array ? c->element : c;
  if (element->primitive || element == accessing || j3_check_class_access(accessing, element))
    return c;
  j3_throw_class_access(t, accessing, element);
  return NULL;
}

vmk_handle
j3_method_type(vmk_thread *t, j3_loader *loader, j3_class *accessing, j3_symbol *descriptor)
{
  const char *p = descriptor->text + 1;
  uint32_t count = indy_parameter_count(descriptor->text);
  vmk_scope scope = vmk_scope_begin(t);
  j3_class *classes = j3_class_array_of(t, J3.known.class_Class);
  vmk_handle parameters = classes ? j3_array_new(t, classes, (int32_t)count) : NULL;
  for (uint32_t i = 0; parameters && i < count; i++, p = indy_skip_type(p)) {
    j3_class *c = indy_type(t, loader, accessing, p);
    if (!c)
      return vmk_scope_end_with(t, scope, NULL);
    vmk_set_elem(t, parameters, i, c->mirror);
  }
  j3_class *result = parameters ? indy_type(t, loader, accessing, p + 1) : NULL;
  vmk_value type = {.ref = NULL};
  if (result) {
    vmk_value args[] = {j3_ref(result->mirror), j3_ref(parameters)};
    if (!indy_upcall(t, "findMethodHandleType",
                     "(Ljava/lang/Class;[Ljava/lang/Class;)Ljava/lang/invoke/MethodType;", args,
                     &type))
      type.ref = NULL;
  }
  return vmk_scope_end_with(t, scope, type.ref);
}

vmk_handle
j3_make_method_type(vmk_thread *t, j3_pool *p, uint16_t index)
{
  return j3_method_type(t, p->class->loader, p->class, j3_pool_utf8(p, indy_low(p, index)));
}

/* --- method handles ------------------------------------------------------------------------------------------- */

enum { INDY_LAST_FIELD_KIND = 4 }; /* getField, getStatic, putField, putStatic */

/* The type of a field as a Class, of a method as a MethodType. */
static vmk_handle
indy_member_type(vmk_thread *t, j3_pool *p, uint32_t kind, j3_symbol *descriptor) VMK_MOVES
{
  j3_class *c = p->class;
  if (kind > INDY_LAST_FIELD_KIND)
    return j3_method_type(t, c->loader, c, descriptor);
  j3_class *type = indy_type(t, c->loader, c, descriptor->text);
  return type ? type->mirror : NULL;
}

/* The constant must call an interface's method one. */
static bool
indy_check_consistent(vmk_thread *t, const j3_pool *p, uint16_t index, j3_class *callee,
                      const j3_method *shown) VMK_MOVES
{
  bool is_interface = callee->flags & J3_INTERFACE && !callee->is_array;
  bool tagged = p->tag[indy_high(p, index)] == J3_TAG_INTERFACE_METHOD;
  if (is_interface == tagged)
    return true;
  char name[512], text[2048];
  j3_class_external_name(callee, name, sizeof name);
  j3_method_external_name(shown, text, sizeof text);
  size_t length = strlen(name); /* "void Foo.m()": without the class */
  char *at = strstr(text, name);
  if (at && at[length] == '.')
    memmove(at, at + length + 1, strlen(at + length + 1) + 1);
  j3_throw(t, "java/lang/IncompatibleClassChangeError",
           "Inconsistent constant pool data in classfile for class %s. Method '%s' at index %u is "
           "%s and "
           "should be %s",
           name, text, index, tagged ? "CONSTANT_InterfaceMethodRef" : "CONSTANT_MethodRef",
           is_interface ? "CONSTANT_InterfaceMethodRef" : "CONSTANT_MethodRef");
  return false;
}

/* The member must be there, and a method be what the kind of handle wants, before the types that its descriptor
 * names are looked for.  Whether a field may be used is for java.lang.invoke to say. */
static bool
indy_find_member(vmk_thread *t, j3_pool *p, uint16_t index, j3_class *callee) VMK_MOVES
{
  static const uint8_t bytecodes[] = {J3_BC_invokevirtual, J3_BC_invokestatic, J3_BC_invokespecial,
                                      J3_BC_invokespecial, J3_BC_invokeinterface};
  uint32_t kind = indy_low(p, index);
  uint16_t member = indy_high(p, index), pair = indy_high(p, member);
  j3_symbol *name = j3_pool_utf8(p, indy_low(p, pair)),
            *descriptor = j3_pool_utf8(p, indy_high(p, pair));
  j3_method shown = {.class = callee, .name = name, .descriptor = descriptor};
  if (kind <= INDY_LAST_FIELD_KIND) {
    if (j3_find_field(callee, name, descriptor))
      return true;
    j3_throw(t, "java/lang/NoSuchFieldError", "%s", name->text);
    return false;
  }
  if (!indy_check_consistent(t, p, index, callee, &shown))
    return false;
  return j3_is_polymorphic(callee, name) ||
         j3_resolve_method(t, p, member, bytecodes[kind - INDY_LAST_FIELD_KIND - 1]);
}

vmk_handle
j3_make_method_handle(vmk_thread *t, j3_pool *p, uint16_t index)
{
  uint32_t kind = indy_low(p, index);
  uint16_t member = indy_high(p, index), pair = indy_high(p, member);
  j3_class *callee = j3_resolve_class(t, p, indy_low(p, member));
  if (!callee || !indy_find_member(t, p, index, callee))
    return NULL;
  vmk_scope scope = vmk_scope_begin(t);
  vmk_value handle = {.ref = NULL};
  vmk_handle type = indy_member_type(t, p, kind, j3_pool_utf8(p, indy_high(p, pair)));
  vmk_handle name = type ? j3_string_of_symbol(t, j3_pool_utf8(p, indy_low(p, pair))) : NULL;
  if (name) {
    vmk_value args[] = {j3_ref(p->class->mirror), j3_int((int32_t)kind), j3_ref(callee->mirror),
                        j3_ref(name), j3_ref(type)};
    if (!indy_upcall(t, "linkMethodHandleConstant",
                     "(Ljava/lang/Class;ILjava/lang/Class;Ljava/lang/String;" OBJECT
                     ")Ljava/lang/invoke/MethodHandle;",
                     args, &handle))
      handle.ref = NULL;
  }
  return vmk_scope_end_with(t, scope, handle.ref);
}

/* --- bootstrap specifiers ----------------------------------------------------------------------------------- */

typedef struct indy_bootstrap {
  vmk_handle method, name, type, arguments;
} indy_bootstrap;

static vmk_handle
indy_static_argument(vmk_thread *t, j3_pool *p, uint16_t index) VMK_MOVES
{
  if (index == 0 || index >= p->count) {
    j3_throw(t, "java/lang/ClassFormatError", "bootstrap argument %u is not in the pool", index);
    return NULL;
  }
  uint8_t tag = p->tag[index];
  if (tag >= J3_TAG_INTEGER && tag <= J3_TAG_DOUBLE)
    return j3_box(t, "IFJD" [tag - J3_TAG_INTEGER], (vmk_value) { .bits = p->value[index] });
  return j3_resolve_constant(t, p, index);
}

/* The row of BootstrapMethods, with `count` static arguments at row + 4; null and pending if damaged. */
static const uint8_t *
indy_row(vmk_thread *t, const j3_pool *pool, uint16_t number) VMK_MOVES
{
  const uint8_t *p = pool->bootstrap_methods.data;
  const uint8_t *end = p ? p + pool->bootstrap_methods.length : NULL;
  if (p && end - p >= 2 && number < j3_u2(p)) {
    for (p += 2; end - p >= 4; p += 4 + 2 * (size_t)j3_u2(p + 2))
      if (number-- == 0 && end - p >= 4 + 2 * (ptrdiff_t)j3_u2(p + 2))
        return p;
  }
  j3_throw(t, "java/lang/ClassFormatError", "no bootstrap method of that number");
  return NULL;
}

/* Does the bootstrap method have exactly two parameters, and so pull its static arguments itself? */
static bool
indy_pulls(vmk_thread *t, vmk_handle method)
{
  vmk_handle type = vmk_get_ref(t, method, J3.known.offset_MethodHandle_type);
  return vmk_array_length(vmk_get_ref(t, type, J3.known.offset_MethodType_ptypes)) == 2;
}

/* None: null.  One that is neither null nor an array: itself.  Else Object[], or int[]{count, index} for who
 * pulls. */
static vmk_handle
indy_arguments(vmk_thread *t, j3_pool *p, uint16_t index, const uint8_t *row, vmk_handle method)
    VMK_MOVES
{
  uint32_t count = j3_u2(row + 2);
  if (indy_pulls(t, method)) {
    j3_class *ints = j3_class_of_descriptor(t, NULL, "[I", 2);
    vmk_handle pair = ints ? j3_array_new(t, ints, 2) : NULL;
    if (pair) {
      int32_t values[2] = {(int32_t)count, index};
      memcpy(vmk_array_data(pair), values, sizeof values);
    }
    return pair;
  }
  if (count == 0)
    return &j3_null_slot;
  if (count == 1) {
    vmk_handle only = indy_static_argument(t, p, j3_u2(row + 4));
    if (!only || (!vmk_is_null(only) && !j3_class_of(only)->is_array))
      return only;
  }
  vmk_handle all = indy_box_new(t, count);
  for (uint32_t i = 0; all && i < count; i++) {
    vmk_scope scope = vmk_scope_begin(t);
    vmk_handle argument = indy_static_argument(t, p, j3_u2(row + 4 + 2 * i));
    if (argument)
      vmk_set_elem(t, all, i, argument);
    vmk_scope_end(t, scope);
    if (!argument)
      return NULL;
  }
  return all;
}

/* Resolve everything a call site (tag 18) or dynamic constant (tag 17) is specified by. */
static bool
indy_resolve(vmk_thread *t, j3_pool *p, uint16_t index, indy_bootstrap *out) VMK_MOVES
{
  uint16_t pair = indy_high(p, index);
  j3_symbol *descriptor = j3_pool_utf8(p, indy_high(p, pair));
  const uint8_t *row = indy_row(t, p, indy_low(p, index));
  if (!row)
    return false;
  uint16_t method = j3_u2(row);
  if (method == 0 || method >= p->count || p->tag[method] != J3_TAG_METHOD_HANDLE) {
    j3_throw(t, "java/lang/ClassFormatError", "a bootstrap method is not a method handle");
    return false;
  }
  out->method = j3_resolve_constant(t, p, method);
  if (!out->method)
    return false;
  uint32_t kind = p->tag[index] == J3_TAG_DYNAMIC ? 0 : INDY_LAST_FIELD_KIND + 1;
  out->type = indy_member_type(t, p, kind, descriptor);
  out->name = out->type ? j3_string_of_symbol(t, j3_pool_utf8(p, indy_low(p, pair))) : NULL;
  out->arguments = out->name ? indy_arguments(t, p, index, row, out->method) : NULL;
  return out->arguments != NULL;
}

/* --- dynamic constants ------------------------------------------------------------------------------------------ */

/* The class a boxed value of a primitive descriptor has. */
static j3_class *
indy_box_class(char letter)
{
  switch (letter) {
  case 'Z': return J3.known.class_Boolean;
  case 'C': return J3.known.class_Character;
  case 'B': return J3.known.class_Byte;
  case 'S': return J3.known.class_Short;
  case 'I': return J3.known.class_Integer;
  case 'J': return J3.known.class_Long;
  case 'F': return J3.known.class_Float;
  case 'D': return J3.known.class_Double;
  default: return NULL;
  }
}

static bool
indy_check_dynamic(vmk_thread *t, j3_pool *p, j3_symbol *descriptor, vmk_handle value) VMK_MOVES
{
  j3_class *want = indy_box_class(descriptor->text[0]);
  if (!want && vmk_is_null(value))
    return true;
  if (!want)
    want = j3_class_of_descriptor(t, p->class->loader, descriptor->text, descriptor->length);
  if (!want)
    return false;
  if (j3_is_instance(value, want))
    return true;
  j3_throw(t, "java/lang/ClassCastException", "dynamic constant is not of type %s",
           descriptor->text);
  return false;
}

vmk_handle
j3_make_dynamic(vmk_thread *t, j3_pool *p, uint16_t index)
{
  indy_bootstrap b;
  vmk_scope scope = vmk_scope_begin(t);
  j3_symbol *descriptor = j3_pool_utf8(p, indy_high(p, indy_high(p, index)));
  vmk_value value = {.ref = NULL};
  bool ok = indy_resolve(t, p, index, &b);
  if (ok) {
    vmk_value args[] = {j3_ref(p->class->mirror), j3_int(index),  j3_ref(b.method),
                        j3_ref(b.name),           j3_ref(b.type), j3_ref(b.arguments)};
    ok = indy_upcall(t, "linkDynamicConstant",
                     "(" OBJECT "I" OBJECT OBJECT OBJECT OBJECT ")" OBJECT, args, &value) &&
         indy_check_dynamic(t, p, descriptor, value.ref);
  }
  if (!ok)
    indy_wrap_exception(t);
  return vmk_scope_end_with(t, scope, ok ? value.ref : NULL);
}

/* --- call sites --------------------------------------------------------------------------------------------------- */

/* The method a MemberName was resolved to. */
static j3_method *
indy_member_method(vmk_thread *t, vmk_handle member)
{
  if (vmk_is_null(member))
    return NULL;
  vmk_handle resolved = vmk_get_ref(t, member, J3.known.offset_MemberName_method);
  if (vmk_is_null(resolved))
    return NULL;
  return (j3_method *)(intptr_t)vmk_get_i64(resolved, J3.known.offset_ResolvedMethodName_vm_method);
}

/* Set the site to what linkCallSite or linkMethod answered. */
static vmk_link_result
indy_answer(vmk_thread *t, vmk_site *site, vmk_handle member, vmk_handle box, bool has_receiver)
    VMK_MOVES
{
  j3_method *m = indy_member_method(t, member);
  if (!m) {
    j3_throw(t, "java/lang/LinkageError", "no method came back from method handle linkage");
    return VMK_LINK_THROW;
  }
  vmk_handle appendix = vmk_get_elem(t, box, 0);
  if (j3_class_is_held(m->class) && m->function->module != site->function->module)
    (void)vmk_module_root_new(site->function->module, m->class->mirror);
  if (!vmk_is_null(appendix))
    vmk_site_set_call_appendix(site, m->function, appendix, has_receiver);
  else if (has_receiver)
    vmk_site_set_call_special(site, m->function);
  else
    vmk_site_set_call(site, m->function);
  return VMK_LINK_QUICK;
}

/* Wrap what is pending; a LinkageError will be thrown by every later execution of the site. */
static void
indy_record_error(vmk_thread *t, vmk_site *site) VMK_MOVES
{
  indy_wrap_exception(t);
  if (j3_pending_is(t, "java/lang/LinkageError")) {
    vmk_handle error = vmk_take_exception(t);
    site->data = (uintptr_t)vmk_module_root_new(site->function->module, error);
    vmk_throw(t, error);
  }
}

vmk_link_result
j3_link_call_site(vmk_thread *t, j3_method *from, vmk_site *site)
{
  if (site->data) {
    vmk_throw(t, (vmk_handle)(uintptr_t)site->data);
    return VMK_LINK_THROW;
  }
  j3_pool *p = j3_method_pool(from);
  uint16_t index = (uint16_t)site->token;
  indy_bootstrap b;
  vmk_value member;
  vmk_scope scope = vmk_scope_begin(t);
  vmk_handle box = indy_box_new(t, 1);
  vmk_link_result result = VMK_LINK_THROW;
  if (box && indy_resolve(t, p, index, &b)) {
    vmk_value args[] = {
        j3_ref(p->class->mirror), j3_int(index),       j3_ref(b.method), j3_ref(b.name),
        j3_ref(b.type),           j3_ref(b.arguments), j3_ref(box)};
    if (indy_upcall(t, "linkCallSite",
                    "(" OBJECT "I" OBJECT OBJECT OBJECT OBJECT "[" OBJECT ")" MEMBER_NAME, args,
                    &member))
      result = indy_answer(t, site, member.ref, box, false);
  }
  if (result == VMK_LINK_THROW)
    indy_record_error(t, site);
  vmk_scope_end(t, scope);
  return result;
}

bool
j3_is_polymorphic(const j3_class *holder, j3_symbol *name)
{
  if (holder != J3.known.class_MethodHandle && holder != J3.known.class_VarHandle)
    return false;
  for (uint32_t i = 0; i < holder->method_count; i++)
    if (holder->methods[i].name == name)
      return holder->methods[i].flags & J3_METHOD_SIGNATURE_POLYMORPHIC;
  return false;
}

static vmk_link_result
indy_link_glue(vmk_thread *t, vmk_site *site, j3_class *holder, j3_symbol *name,
               j3_symbol *descriptor) VMK_MOVES
{
  j3_method *m = j3_polymorphic_intrinsic(t, holder, name, descriptor);
  if (!m)
    return VMK_LINK_THROW;
  if (m->flags & J3_STATIC)
    vmk_site_set_call(site, m->function);
  else
    vmk_site_set_call_special(site, m->function);
  return VMK_LINK_QUICK;
}

vmk_link_result
j3_link_polymorphic(vmk_thread *t, j3_method *from, vmk_site *site, j3_class *holder,
                    j3_symbol *name, j3_symbol *descriptor)
{
  enum { INVOKE_VIRTUAL = 5 };
  j3_class *caller = from->class;
  if (holder == J3.known.class_MethodHandle && j3_polymorphic_kind(name) != J3_INTRINSIC_NONE)
    return indy_link_glue(t, site, holder, name, descriptor);
  vmk_value member;
  vmk_link_result result = VMK_LINK_THROW;
  vmk_scope scope = vmk_scope_begin(t);
  vmk_handle box = indy_box_new(t, 1);
  vmk_handle type = box ? j3_method_type(t, caller->loader, caller, descriptor) : NULL;
  vmk_handle string = type ? j3_string_of_symbol(t, name) : NULL;
  if (string) {
    vmk_value args[] = {j3_ref(caller->mirror), j3_int(INVOKE_VIRTUAL), j3_ref(holder->mirror),
                        j3_ref(string),         j3_ref(type),           j3_ref(box)};
    if (indy_upcall(t, "linkMethod",
                    "(Ljava/lang/Class;ILjava/lang/Class;Ljava/lang/String;" OBJECT "[" OBJECT
                    ")" MEMBER_NAME,
                    args, &member))
      result = indy_answer(t, site, member.ref, box, true);
  }
  vmk_scope_end(t, scope);
  return result;
}
