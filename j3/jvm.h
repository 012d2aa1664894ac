/* jvm.h -- the interface between the JDK's native libraries and a Java virtual machine (JDK 17)
 *
 * The 183 names that libjava, libverify, libzip, libnet, libmanagement and others import, and those a
 * program may look up.  They are exported with version SUNWprivate_1.1 and called in native state.
 */
#ifndef J3_JVM_H
#define J3_JVM_H

#include <stdarg.h>
#include <stdio.h>

#include <jni.h>

/* An exception table row as libverify reads it. */
typedef struct j3_exception_row {
  jint start_pc, end_pc, handler_pc, catch_type;
} j3_exception_row;

JNIEXPORT jint JVM_IHashCode(JNIEnv *env, jobject object);
JNIEXPORT void JVM_MonitorWait(JNIEnv *env, jobject object, jlong millis);
JNIEXPORT void JVM_MonitorNotify(JNIEnv *env, jobject object);
JNIEXPORT void JVM_MonitorNotifyAll(JNIEnv *env, jobject object);
JNIEXPORT jobject JVM_Clone(JNIEnv *env, jobject object);
JNIEXPORT jstring JVM_InternString(JNIEnv *env, jstring string);
JNIEXPORT jlong JVM_CurrentTimeMillis(JNIEnv *env, jclass ignored);
JNIEXPORT jlong JVM_NanoTime(JNIEnv *env, jclass ignored);
JNIEXPORT jlong JVM_GetNanoTimeAdjustment(JNIEnv *env, jclass ignored, jlong offset_seconds);
JNIEXPORT void JVM_ArrayCopy(JNIEnv *env, jclass ignored, jobject from, jint from_index, jobject to,
                             jint to_index, jint count);
JNIEXPORT jobjectArray JVM_GetProperties(JNIEnv *env);
JNIEXPORT void JVM_BeforeHalt(void);
JNIEXPORT void JVM_Halt(jint code);
JNIEXPORT void JVM_GC(void);
JNIEXPORT jlong JVM_MaxObjectInspectionAge(void);
JNIEXPORT jlong JVM_TotalMemory(void);
JNIEXPORT jlong JVM_FreeMemory(void);
JNIEXPORT jlong JVM_MaxMemory(void);
JNIEXPORT jint JVM_ActiveProcessorCount(void);
JNIEXPORT jboolean JVM_IsUseContainerSupport(void);
JNIEXPORT void *JVM_LoadLibrary(const char *name, jboolean throw_exception);
JNIEXPORT void JVM_UnloadLibrary(void *library);
JNIEXPORT void *JVM_FindLibraryEntry(void *library, const char *name);
JNIEXPORT jboolean JVM_IsSupportedJNIVersion(jint version);
JNIEXPORT jobjectArray JVM_GetVmArguments(JNIEnv *env);
JNIEXPORT void JVM_InitializeFromArchive(JNIEnv *env, jclass class_);
JNIEXPORT void JVM_RegisterLambdaProxyClassForArchiving(JNIEnv *env, jclass caller, jstring name,
                                                        jobject factory, jobject method_type,
                                                        jobject member, jobject dynamic_type,
                                                        jclass proxy);
JNIEXPORT jclass JVM_LookupLambdaProxyClassFromArchive(JNIEnv *env, jclass caller, jstring name,
                                                       jobject factory, jobject method_type,
                                                       jobject member, jobject dynamic_type);
JNIEXPORT jboolean JVM_IsCDSDumpingEnabled(JNIEnv *env);
JNIEXPORT jboolean JVM_IsSharingEnabled(JNIEnv *env);
JNIEXPORT jboolean JVM_IsDumpingClassList(JNIEnv *env);
JNIEXPORT jlong JVM_GetRandomSeedForDumping(void);
JNIEXPORT void JVM_LogLambdaFormInvoker(JNIEnv *env, jstring line);
JNIEXPORT void JVM_DumpClassListToFile(JNIEnv *env, jstring file);
JNIEXPORT void JVM_DumpDynamicArchive(JNIEnv *env, jstring file);
JNIEXPORT void JVM_FillInStackTrace(JNIEnv *env, jobject throwable);
JNIEXPORT void JVM_InitStackTraceElementArray(JNIEnv *env, jobjectArray elements,
                                              jobject throwable);
JNIEXPORT void JVM_InitStackTraceElement(JNIEnv *env, jobject element, jobject frame_info);
JNIEXPORT jstring JVM_GetExtendedNPEMessage(JNIEnv *env, jthrowable throwable);
JNIEXPORT jobject JVM_CallStackWalk(JNIEnv *env, jobject stream, jlong mode, jint skip, jint count,
                                    jint start, jobjectArray frames);
JNIEXPORT jint JVM_MoreStackWalk(JNIEnv *env, jobject stream, jlong mode, jlong anchor, jint count,
                                 jint start, jobjectArray frames);
JNIEXPORT void JVM_StartThread(JNIEnv *env, jobject thread);
JNIEXPORT void JVM_StopThread(JNIEnv *env, jobject thread, jobject exception);
JNIEXPORT void JVM_SuspendThread(JNIEnv *env, jobject thread);
JNIEXPORT void JVM_ResumeThread(JNIEnv *env, jobject thread);
JNIEXPORT void JVM_SetThreadPriority(JNIEnv *env, jobject thread, jint priority);
JNIEXPORT void JVM_Yield(JNIEnv *env, jclass ignored);
JNIEXPORT void JVM_Sleep(JNIEnv *env, jclass ignored, jlong millis);
JNIEXPORT jobject JVM_CurrentThread(JNIEnv *env, jclass ignored);
JNIEXPORT void JVM_Interrupt(JNIEnv *env, jobject thread);
JNIEXPORT jboolean JVM_HoldsLock(JNIEnv *env, jclass ignored, jobject object);
JNIEXPORT void JVM_DumpAllStacks(JNIEnv *env, jclass ignored);
JNIEXPORT jobjectArray JVM_GetAllThreads(JNIEnv *env, jclass ignored);
JNIEXPORT void JVM_SetNativeThreadName(JNIEnv *env, jobject thread, jstring name);
JNIEXPORT jobjectArray JVM_DumpThreads(JNIEnv *env, jclass ignored, jobjectArray threads);
JNIEXPORT jobjectArray JVM_GetClassContext(JNIEnv *env);
JNIEXPORT jstring JVM_GetSystemPackage(JNIEnv *env, jstring name);
JNIEXPORT jobjectArray JVM_GetSystemPackages(JNIEnv *env);
JNIEXPORT jobject JVM_GetAndClearReferencePendingList(JNIEnv *env);
JNIEXPORT jboolean JVM_HasReferencePendingList(JNIEnv *env);
JNIEXPORT void JVM_WaitForReferencePendingList(JNIEnv *env);
JNIEXPORT jboolean JVM_ReferenceRefersTo(JNIEnv *env, jobject reference, jobject object);
JNIEXPORT void JVM_ReferenceClear(JNIEnv *env, jobject reference);
JNIEXPORT jboolean JVM_PhantomReferenceRefersTo(JNIEnv *env, jobject reference, jobject object);
JNIEXPORT jobject JVM_LatestUserDefinedLoader(JNIEnv *env);
JNIEXPORT jint JVM_GetArrayLength(JNIEnv *env, jobject array);
JNIEXPORT jobject JVM_GetArrayElement(JNIEnv *env, jobject array, jint index);
JNIEXPORT jvalue JVM_GetPrimitiveArrayElement(JNIEnv *env, jobject array, jint index, jint code);
JNIEXPORT void JVM_SetArrayElement(JNIEnv *env, jobject array, jint index, jobject value);
JNIEXPORT void JVM_SetPrimitiveArrayElement(JNIEnv *env, jobject array, jint index, jvalue value,
                                            unsigned char code);
JNIEXPORT jobject JVM_NewArray(JNIEnv *env, jclass element, jint length);
JNIEXPORT jobject JVM_NewMultiArray(JNIEnv *env, jclass element, jintArray dimensions);
JNIEXPORT jclass JVM_GetCallerClass(JNIEnv *env);
JNIEXPORT jclass JVM_FindPrimitiveClass(JNIEnv *env, const char *name);
JNIEXPORT jclass JVM_FindClassFromBootLoader(JNIEnv *env, const char *name);
JNIEXPORT jclass JVM_FindClassFromCaller(JNIEnv *env, const char *name, jboolean initialize,
                                         jobject loader, jclass caller);
JNIEXPORT jclass JVM_FindClassFromClass(JNIEnv *env, const char *name, jboolean initialize,
                                        jclass from);
JNIEXPORT jclass JVM_FindLoadedClass(JNIEnv *env, jobject loader, jstring name);
JNIEXPORT jclass JVM_DefineClass(JNIEnv *env, const char *name, jobject loader, const jbyte *bytes,
                                 jsize length, jobject domain);
JNIEXPORT jclass JVM_DefineClassWithSource(JNIEnv *env, const char *name, jobject loader,
                                           const jbyte *bytes, jsize length, jobject domain,
                                           const char *source);
JNIEXPORT jclass JVM_LookupDefineClass(JNIEnv *env, jclass lookup, const char *name,
                                       const jbyte *bytes, jsize length, jobject domain,
                                       jboolean initialize, int flags, jobject class_data);
JNIEXPORT void JVM_DefineModule(JNIEnv *env, jobject module, jboolean is_open, jstring version,
                                jstring location, jobjectArray packages);
JNIEXPORT void JVM_SetBootLoaderUnnamedModule(JNIEnv *env, jobject module);
JNIEXPORT void JVM_AddModuleExports(JNIEnv *env, jobject from, jstring package, jobject to);
JNIEXPORT void JVM_AddModuleExportsToAllUnnamed(JNIEnv *env, jobject from, jstring package);
JNIEXPORT void JVM_AddModuleExportsToAll(JNIEnv *env, jobject from, jstring package);
JNIEXPORT void JVM_AddReadsModule(JNIEnv *env, jobject from, jobject source);
JNIEXPORT void JVM_DefineArchivedModules(JNIEnv *env, jobject platform, jobject system);
JNIEXPORT jstring JVM_InitClassName(JNIEnv *env, jclass mirror);
JNIEXPORT jobjectArray JVM_GetClassInterfaces(JNIEnv *env, jclass mirror);
JNIEXPORT jboolean JVM_IsInterface(JNIEnv *env, jclass mirror);
JNIEXPORT jobjectArray JVM_GetClassSigners(JNIEnv *env, jclass mirror);
JNIEXPORT void JVM_SetClassSigners(JNIEnv *env, jclass mirror, jobjectArray signers);
JNIEXPORT jobject JVM_GetProtectionDomain(JNIEnv *env, jclass mirror);
JNIEXPORT jboolean JVM_IsArrayClass(JNIEnv *env, jclass mirror);
JNIEXPORT jboolean JVM_IsPrimitiveClass(JNIEnv *env, jclass mirror);
JNIEXPORT jboolean JVM_IsHiddenClass(JNIEnv *env, jclass mirror);
JNIEXPORT jint JVM_GetClassModifiers(JNIEnv *env, jclass mirror);
JNIEXPORT jobjectArray JVM_GetDeclaredClasses(JNIEnv *env, jclass mirror);
JNIEXPORT jclass JVM_GetDeclaringClass(JNIEnv *env, jclass mirror);
JNIEXPORT jstring JVM_GetSimpleBinaryName(JNIEnv *env, jclass mirror);
JNIEXPORT jstring JVM_GetClassSignature(JNIEnv *env, jclass mirror);
JNIEXPORT jbyteArray JVM_GetClassAnnotations(JNIEnv *env, jclass mirror);
JNIEXPORT jbyteArray JVM_GetClassTypeAnnotations(JNIEnv *env, jclass mirror);
JNIEXPORT jbyteArray JVM_GetFieldTypeAnnotations(JNIEnv *env, jobject field);
JNIEXPORT jbyteArray JVM_GetMethodTypeAnnotations(JNIEnv *env, jobject method);
JNIEXPORT jobjectArray JVM_GetClassDeclaredMethods(JNIEnv *env, jclass mirror,
                                                   jboolean public_only);
JNIEXPORT jobjectArray JVM_GetClassDeclaredFields(JNIEnv *env, jclass mirror, jboolean public_only);
JNIEXPORT jobjectArray JVM_GetClassDeclaredConstructors(JNIEnv *env, jclass mirror,
                                                        jboolean public_only);
JNIEXPORT jint JVM_GetClassAccessFlags(JNIEnv *env, jclass mirror);
JNIEXPORT jboolean JVM_AreNestMates(JNIEnv *env, jclass a, jclass b);
JNIEXPORT jclass JVM_GetNestHost(JNIEnv *env, jclass mirror);
JNIEXPORT jobjectArray JVM_GetNestMembers(JNIEnv *env, jclass mirror);
JNIEXPORT jboolean JVM_IsRecord(JNIEnv *env, jclass mirror);
JNIEXPORT jobjectArray JVM_GetRecordComponents(JNIEnv *env, jclass mirror);
JNIEXPORT jobjectArray JVM_GetPermittedSubclasses(JNIEnv *env, jclass mirror);
JNIEXPORT jobject JVM_InvokeMethod(JNIEnv *env, jobject method, jobject receiver,
                                   jobjectArray arguments);
JNIEXPORT jobject JVM_NewInstanceFromConstructor(JNIEnv *env, jobject constructor,
                                                 jobjectArray arguments);
JNIEXPORT jobject JVM_GetClassConstantPool(JNIEnv *env, jclass mirror);
JNIEXPORT jint JVM_ConstantPoolGetSize(JNIEnv *env, jobject unused, jobject pool);
JNIEXPORT jclass JVM_ConstantPoolGetClassAt(JNIEnv *env, jobject unused, jobject pool, jint index);
JNIEXPORT jclass JVM_ConstantPoolGetClassAtIfLoaded(JNIEnv *env, jobject unused, jobject pool,
                                                    jint index);
JNIEXPORT jint JVM_ConstantPoolGetClassRefIndexAt(JNIEnv *env, jobject unused, jobject pool,
                                                  jint index);
JNIEXPORT jobject JVM_ConstantPoolGetMethodAt(JNIEnv *env, jobject unused, jobject pool,
                                              jint index);
JNIEXPORT jobject JVM_ConstantPoolGetMethodAtIfLoaded(JNIEnv *env, jobject unused, jobject pool,
                                                      jint index);
JNIEXPORT jobject JVM_ConstantPoolGetFieldAt(JNIEnv *env, jobject unused, jobject pool, jint index);
JNIEXPORT jobject JVM_ConstantPoolGetFieldAtIfLoaded(JNIEnv *env, jobject unused, jobject pool,
                                                     jint index);
JNIEXPORT jobjectArray JVM_ConstantPoolGetMemberRefInfoAt(JNIEnv *env, jobject unused, jobject pool,
                                                          jint index);
JNIEXPORT jint JVM_ConstantPoolGetNameAndTypeRefIndexAt(JNIEnv *env, jobject unused, jobject pool,
                                                        jint index);
JNIEXPORT jobjectArray JVM_ConstantPoolGetNameAndTypeRefInfoAt(JNIEnv *env, jobject unused,
                                                               jobject pool, jint index);
JNIEXPORT jint JVM_ConstantPoolGetIntAt(JNIEnv *env, jobject unused, jobject pool, jint index);
JNIEXPORT jlong JVM_ConstantPoolGetLongAt(JNIEnv *env, jobject unused, jobject pool, jint index);
JNIEXPORT jfloat JVM_ConstantPoolGetFloatAt(JNIEnv *env, jobject unused, jobject pool, jint index);
JNIEXPORT jdouble JVM_ConstantPoolGetDoubleAt(JNIEnv *env, jobject unused, jobject pool,
                                              jint index);
JNIEXPORT jstring JVM_ConstantPoolGetStringAt(JNIEnv *env, jobject unused, jobject pool,
                                              jint index);
JNIEXPORT jstring JVM_ConstantPoolGetUTF8At(JNIEnv *env, jobject unused, jobject pool, jint index);
JNIEXPORT jbyte JVM_ConstantPoolGetTagAt(JNIEnv *env, jobject unused, jobject pool, jint index);
JNIEXPORT jobjectArray JVM_GetMethodParameters(JNIEnv *env, jobject method);
JNIEXPORT jobject JVM_GetInheritedAccessControlContext(JNIEnv *env, jclass ignored);
JNIEXPORT jobject JVM_GetStackAccessControlContext(JNIEnv *env, jclass ignored);
JNIEXPORT void *JVM_RegisterSignal(jint number, void *handler);
JNIEXPORT jboolean JVM_RaiseSignal(jint number);
JNIEXPORT jint JVM_FindSignal(const char *name);
JNIEXPORT jboolean JVM_DesiredAssertionStatus(JNIEnv *env, jclass ignored, jclass mirror);
JNIEXPORT jobject JVM_AssertionStatusDirectives(JNIEnv *env, jclass ignored);
JNIEXPORT jboolean JVM_SupportsCX8(void);
JNIEXPORT const char *JVM_GetClassNameUTF(JNIEnv *env, jclass mirror);
JNIEXPORT void JVM_GetClassCPTypes(JNIEnv *env, jclass mirror, unsigned char *types);
JNIEXPORT jint JVM_GetClassCPEntriesCount(JNIEnv *env, jclass mirror);
JNIEXPORT jint JVM_GetClassFieldsCount(JNIEnv *env, jclass mirror);
JNIEXPORT jint JVM_GetClassMethodsCount(JNIEnv *env, jclass mirror);
JNIEXPORT void JVM_GetMethodIxExceptionIndexes(JNIEnv *env, jclass mirror, jint method,
                                               unsigned short *exceptions);
JNIEXPORT jint JVM_GetMethodIxExceptionsCount(JNIEnv *env, jclass mirror, jint method);
JNIEXPORT void JVM_GetMethodIxByteCode(JNIEnv *env, jclass mirror, jint method,
                                       unsigned char *code);
JNIEXPORT jint JVM_GetMethodIxByteCodeLength(JNIEnv *env, jclass mirror, jint method);
JNIEXPORT void JVM_GetMethodIxExceptionTableEntry(JNIEnv *env, jclass mirror, jint method, jint row,
                                                  j3_exception_row *out);
JNIEXPORT jint JVM_GetMethodIxExceptionTableLength(JNIEnv *env, jclass mirror, int method);
JNIEXPORT jint JVM_GetFieldIxModifiers(JNIEnv *env, jclass mirror, int field);
JNIEXPORT jint JVM_GetMethodIxModifiers(JNIEnv *env, jclass mirror, int method);
JNIEXPORT jint JVM_GetMethodIxLocalsCount(JNIEnv *env, jclass mirror, int method);
JNIEXPORT jint JVM_GetMethodIxArgsSize(JNIEnv *env, jclass mirror, int method);
JNIEXPORT jint JVM_GetMethodIxMaxStack(JNIEnv *env, jclass mirror, int method);
JNIEXPORT jboolean JVM_IsConstructorIx(JNIEnv *env, jclass mirror, int method);
JNIEXPORT jboolean JVM_IsVMGeneratedMethodIx(JNIEnv *env, jclass mirror, int method);
JNIEXPORT const char *JVM_GetMethodIxNameUTF(JNIEnv *env, jclass mirror, jint method);
JNIEXPORT const char *JVM_GetMethodIxSignatureUTF(JNIEnv *env, jclass mirror, jint method);
JNIEXPORT const char *JVM_GetCPFieldNameUTF(JNIEnv *env, jclass mirror, jint index);
JNIEXPORT const char *JVM_GetCPMethodNameUTF(JNIEnv *env, jclass mirror, jint index);
JNIEXPORT const char *JVM_GetCPMethodSignatureUTF(JNIEnv *env, jclass mirror, jint index);
JNIEXPORT const char *JVM_GetCPFieldSignatureUTF(JNIEnv *env, jclass mirror, jint index);
JNIEXPORT const char *JVM_GetCPClassNameUTF(JNIEnv *env, jclass mirror, jint index);
JNIEXPORT const char *JVM_GetCPFieldClassNameUTF(JNIEnv *env, jclass mirror, jint index);
JNIEXPORT const char *JVM_GetCPMethodClassNameUTF(JNIEnv *env, jclass mirror, jint index);
JNIEXPORT jint JVM_GetCPFieldModifiers(JNIEnv *env, jclass mirror, int index, jclass called);
JNIEXPORT jint JVM_GetCPMethodModifiers(JNIEnv *env, jclass mirror, int index, jclass called);
JNIEXPORT void JVM_ReleaseUTF(const char *text);
JNIEXPORT jboolean JVM_IsSameClassPackage(JNIEnv *env, jclass a, jclass b);
JNIEXPORT char *JVM_NativePath(char *path);
JNIEXPORT void *JVM_RawMonitorCreate(void);
JNIEXPORT void JVM_RawMonitorDestroy(void *monitor);
JNIEXPORT jint JVM_RawMonitorEnter(void *monitor);
JNIEXPORT void JVM_RawMonitorExit(void *monitor);
JNIEXPORT void *JVM_GetManagement(jint version);
JNIEXPORT jobject JVM_InitAgentProperties(JNIEnv *env, jobject properties);
JNIEXPORT jstring JVM_GetTemporaryDirectory(JNIEnv *env);
JNIEXPORT jobjectArray JVM_GetEnclosingMethodInfo(JNIEnv *env, jclass mirror);

JNIEXPORT int jio_vsnprintf(char *buffer, size_t size, const char *format, va_list arguments);
JNIEXPORT int jio_snprintf(char *buffer, size_t size, const char *format, ...);
JNIEXPORT int jio_vfprintf(FILE *file, const char *format, va_list arguments);
JNIEXPORT int jio_fprintf(FILE *file, const char *format, ...);
JNIEXPORT int jio_printf(const char *format, ...);

#endif
