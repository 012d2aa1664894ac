/* vmk_version.h -- which libvmkit this is. */
#ifndef VMK_VERSION_H
#define VMK_VERSION_H

#include <vmkit/vmk_base.h>

#define VMK_VERSION "0.1.0"

#ifdef __cplusplus
extern "C" {
#endif

/* The version of the library that is loaded, as "major.minor.patch"; a program compares it with
 * VMK_VERSION to learn whether it runs with the headers it was compiled with. Static storage. Any
 * thread, at any time; cannot fail. */
VMK_API const char *vmk_version(void);

#ifdef __cplusplus
}
#endif
#endif
