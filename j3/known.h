/* known.h -- the Java classes, fields and methods the vm itself touches, as one table
 *
 * known.c resolves the rows at boot: classes are loaded in this order, fields become byte offsets
 * J3.known.offset_<class>_<field>, methods J3.known.method_<class>_<name>.  Injected fields have no Java
 * declaration: layout appends them to instances (descriptor "J" or "Ljava/lang/Object;").
 */
#ifndef J3_KNOWN_H
#define J3_KNOWN_H

#include <stdint.h>

#define J3_KNOWN_CLASSES(X)                                                  \
  X(Object, "java/lang/Object")                                              \
  X(String, "java/lang/String")                                              \
  X(Class, "java/lang/Class")                                                \
  X(Cloneable, "java/lang/Cloneable")                                        \
  X(ClassLoader, "java/lang/ClassLoader")                                    \
  X(Serializable, "java/io/Serializable")                                    \
  X(System, "java/lang/System")                                              \
  X(Throwable, "java/lang/Throwable")                                        \
  X(Error, "java/lang/Error")                                                \
  X(Exception, "java/lang/Exception")                                        \
  X(RuntimeException, "java/lang/RuntimeException")                          \
  X(StackOverflowError, "java/lang/StackOverflowError")                      \
  X(OutOfMemoryError, "java/lang/OutOfMemoryError")                          \
  X(Reference, "java/lang/ref/Reference")                                    \
  X(SoftReference, "java/lang/ref/SoftReference")                            \
  X(WeakReference, "java/lang/ref/WeakReference")                            \
  X(FinalReference, "java/lang/ref/FinalReference")                          \
  X(PhantomReference, "java/lang/ref/PhantomReference")                      \
  X(Finalizer, "java/lang/ref/Finalizer")                                    \
  X(Thread, "java/lang/Thread")                                              \
  X(ThreadGroup, "java/lang/ThreadGroup")                                    \
  X(Module, "java/lang/Module")                                              \
  X(AccessibleObject, "java/lang/reflect/AccessibleObject")                  \
  X(Field, "java/lang/reflect/Field")                                        \
  X(Parameter, "java/lang/reflect/Parameter")                                \
  X(Method, "java/lang/reflect/Method")                                      \
  X(Constructor, "java/lang/reflect/Constructor")                            \
  X(RecordComponent, "java/lang/reflect/RecordComponent")                    \
  X(MethodHandle, "java/lang/invoke/MethodHandle")                           \
  X(VarHandle, "java/lang/invoke/VarHandle")                                 \
  X(MemberName, "java/lang/invoke/MemberName")                               \
  X(ResolvedMethodName, "java/lang/invoke/ResolvedMethodName")               \
  X(MethodHandleNatives, "java/lang/invoke/MethodHandleNatives")             \
  X(LambdaForm, "java/lang/invoke/LambdaForm")                               \
  X(MethodType, "java/lang/invoke/MethodType")                               \
  X(CallSite, "java/lang/invoke/CallSite")                                   \
  X(BootstrapMethodError, "java/lang/BootstrapMethodError")                  \
  X(StackTraceElement, "java/lang/StackTraceElement")                        \
  X(StackFrameInfo, "java/lang/StackFrameInfo")                              \
  X(Boolean, "java/lang/Boolean")                                            \
  X(Character, "java/lang/Character")                                        \
  X(Float, "java/lang/Float")                                                \
  X(Double, "java/lang/Double")                                              \
  X(Byte, "java/lang/Byte")                                                  \
  X(Short, "java/lang/Short")                                                \
  X(Integer, "java/lang/Integer")                                            \
  X(Long, "java/lang/Long")                                                  \
  X(ConstantPool, "jdk/internal/reflect/ConstantPool")                       \
  X(MethodAccessorImpl, "jdk/internal/reflect/MethodAccessorImpl")           \
  X(ConstructorAccessorImpl, "jdk/internal/reflect/ConstructorAccessorImpl") \
  X(MagicAccessorImpl, "jdk/internal/reflect/MagicAccessorImpl")             \
  X(Unsafe, "jdk/internal/misc/Unsafe")                                      \
  X(UnsafeConstants, "jdk/internal/misc/UnsafeConstants")

/* class, field, descriptor: instance fields declared in Java */
#define J3_KNOWN_FIELDS(X)                                                         \
  X(String, value, "[B")                                                           \
  X(String, coder, "B")                                                            \
  X(String, hash, "I")                                                             \
  X(String, hashIsZero, "Z")                                                       \
  X(Class, classLoader, "Ljava/lang/ClassLoader;")                                 \
  X(Class, componentType, "Ljava/lang/Class;")                                     \
  X(Class, module, "Ljava/lang/Module;")                                           \
  X(Class, classRedefinedCount, "I")                                               \
  X(Class, name, "Ljava/lang/String;")                                             \
  X(Class, classData, "Ljava/lang/Object;")                                        \
  X(ClassLoader, parallelLockMap, "Ljava/util/concurrent/ConcurrentHashMap;")      \
  X(ClassLoader, name, "Ljava/lang/String;")                                       \
  X(ClassLoader, nameAndId, "Ljava/lang/String;")                                  \
  X(ClassLoader, unnamedModule, "Ljava/lang/Module;")                              \
  X(ClassLoader, parent, "Ljava/lang/ClassLoader;")                                \
  X(Thread, name, "Ljava/lang/String;")                                            \
  X(Thread, group, "Ljava/lang/ThreadGroup;")                                      \
  X(Thread, contextClassLoader, "Ljava/lang/ClassLoader;")                         \
  X(Thread, inheritedAccessControlContext, "Ljava/security/AccessControlContext;") \
  X(Thread, priority, "I")                                                         \
  X(Thread, daemon, "Z")                                                           \
  X(Thread, eetop, "J")                                                            \
  X(Thread, interrupted, "Z")                                                      \
  X(Thread, stillborn, "Z")                                                        \
  X(Thread, stackSize, "J")                                                        \
  X(Thread, tid, "J")                                                              \
  X(Thread, threadStatus, "I")                                                     \
  X(Thread, parkBlocker, "Ljava/lang/Object;")                                     \
  X(ThreadGroup, parent, "Ljava/lang/ThreadGroup;")                                \
  X(ThreadGroup, name, "Ljava/lang/String;")                                       \
  X(ThreadGroup, maxPriority, "I")                                                 \
  X(Throwable, backtrace, "Ljava/lang/Object;")                                    \
  X(Throwable, detailMessage, "Ljava/lang/String;")                                \
  X(Throwable, stackTrace, "[Ljava/lang/StackTraceElement;")                       \
  X(Throwable, depth, "I")                                                         \
  X(Throwable, cause, "Ljava/lang/Throwable;")                                     \
  X(StackTraceElement, declaringClassObject, "Ljava/lang/Class;")                  \
  X(StackTraceElement, classLoaderName, "Ljava/lang/String;")                      \
  X(StackTraceElement, moduleName, "Ljava/lang/String;")                           \
  X(StackTraceElement, moduleVersion, "Ljava/lang/String;")                        \
  X(StackTraceElement, declaringClass, "Ljava/lang/String;")                       \
  X(StackTraceElement, methodName, "Ljava/lang/String;")                           \
  X(StackTraceElement, fileName, "Ljava/lang/String;")                             \
  X(StackTraceElement, lineNumber, "I")                                            \
  X(StackFrameInfo, memberName, "Ljava/lang/Object;")                              \
  X(StackFrameInfo, bci, "I")                                                      \
  X(Reference, referent, "Ljava/lang/Object;")                                     \
  X(Reference, queue, "Ljava/lang/ref/ReferenceQueue;")                            \
  X(Reference, next, "Ljava/lang/ref/Reference;")                                  \
  X(Reference, discovered, "Ljava/lang/ref/Reference;")                            \
  X(SoftReference, timestamp, "J")                                                 \
  X(AccessibleObject, override, "Z")                                               \
  X(Field, clazz, "Ljava/lang/Class;")                                             \
  X(Field, slot, "I")                                                              \
  X(Field, name, "Ljava/lang/String;")                                             \
  X(Field, type, "Ljava/lang/Class;")                                              \
  X(Field, modifiers, "I")                                                         \
  X(Field, trustedFinal, "Z")                                                      \
  X(Field, signature, "Ljava/lang/String;")                                        \
  X(Field, annotations, "[B")                                                      \
  X(Method, clazz, "Ljava/lang/Class;")                                            \
  X(Method, slot, "I")                                                             \
  X(Method, name, "Ljava/lang/String;")                                            \
  X(Method, returnType, "Ljava/lang/Class;")                                       \
  X(Method, parameterTypes, "[Ljava/lang/Class;")                                  \
  X(Method, exceptionTypes, "[Ljava/lang/Class;")                                  \
  X(Method, modifiers, "I")                                                        \
  X(Method, signature, "Ljava/lang/String;")                                       \
  X(Method, annotations, "[B")                                                     \
  X(Method, parameterAnnotations, "[B")                                            \
  X(Method, annotationDefault, "[B")                                               \
  X(Constructor, clazz, "Ljava/lang/Class;")                                       \
  X(Constructor, slot, "I")                                                        \
  X(Constructor, parameterTypes, "[Ljava/lang/Class;")                             \
  X(Constructor, exceptionTypes, "[Ljava/lang/Class;")                             \
  X(Constructor, modifiers, "I")                                                   \
  X(Constructor, signature, "Ljava/lang/String;")                                  \
  X(Constructor, annotations, "[B")                                                \
  X(Constructor, parameterAnnotations, "[B")                                       \
  X(Parameter, name, "Ljava/lang/String;")                                         \
  X(Parameter, modifiers, "I")                                                     \
  X(Parameter, executable, "Ljava/lang/reflect/Executable;")                       \
  X(Parameter, index, "I")                                                         \
  X(RecordComponent, clazz, "Ljava/lang/Class;")                                   \
  X(RecordComponent, name, "Ljava/lang/String;")                                   \
  X(RecordComponent, type, "Ljava/lang/Class;")                                    \
  X(RecordComponent, signature, "Ljava/lang/String;")                              \
  X(RecordComponent, accessor, "Ljava/lang/reflect/Method;")                       \
  X(RecordComponent, annotations, "[B")                                            \
  X(RecordComponent, typeAnnotations, "[B")                                        \
  X(Module, loader, "Ljava/lang/ClassLoader;")                                     \
  X(Module, name, "Ljava/lang/String;")                                            \
  X(MethodHandle, type, "Ljava/lang/invoke/MethodType;")                           \
  X(MethodHandle, form, "Ljava/lang/invoke/LambdaForm;")                           \
  X(MemberName, clazz, "Ljava/lang/Class;")                                        \
  X(MemberName, name, "Ljava/lang/String;")                                        \
  X(MemberName, type, "Ljava/lang/Object;")                                        \
  X(MemberName, flags, "I")                                                        \
  X(MemberName, method, "Ljava/lang/invoke/ResolvedMethodName;")                   \
  X(LambdaForm, vmentry, "Ljava/lang/invoke/MemberName;")                          \
  X(MethodType, rtype, "Ljava/lang/Class;")                                        \
  X(MethodType, ptypes, "[Ljava/lang/Class;")                                      \
  X(CallSite, target, "Ljava/lang/invoke/MethodHandle;")                           \
  X(ConstantPool, constantPoolOop, "Ljava/lang/Object;")                           \
  X(Boolean, value, "Z")                                                           \
  X(Character, value, "C")                                                         \
  X(Float, value, "F")                                                             \
  X(Double, value, "D")                                                            \
  X(Byte, value, "B")                                                              \
  X(Short, value, "S")                                                             \
  X(Integer, value, "I")                                                           \
  X(Long, value, "J")

/* class, field, descriptor: injected instance fields (appended by layout) */
#define J3_INJECTED_FIELDS(X)                                                                \
  X(Class, vm_class, "J") /* j3_class* */                                                    \
  X(Class, vm_protection_domain, "Ljava/lang/Object;")                                       \
  X(Class, vm_signers, "Ljava/lang/Object;")                                                 \
  X(Class, vm_home, "J")                /* the kit's: VMK_KIND_HOLDER */                     \
  X(ClassLoader, vm_loader, "J")        /* j3_loader* */                                     \
  X(ClassLoader, vm_home, "J")          /* the kit's: VMK_KIND_HOLDER */                     \
  X(Module, vm_module, "J")             /* j3_module* */                                     \
  X(MemberName, vm_index, "J")          /* vtable/itable index, field offset, or negative */ \
  X(ResolvedMethodName, vm_method, "J") /* j3_method* */                                     \
  X(ResolvedMethodName, vm_holder, "Ljava/lang/Object;") /* keeps the class alive */         \
  X(StackFrameInfo, vm_version, "J")

typedef struct j3_known {
#define X(id, name) struct j3_class *class_##id;
  J3_KNOWN_CLASSES(X)
#undef X
#define X(class, field, descriptor) uint32_t offset_##class##_##field;
  J3_KNOWN_FIELDS(X)
  J3_INJECTED_FIELDS(X)
#undef X
} j3_known;

#endif
