/* unload.h -- where classes live, and how they die (unload.c; docs/design/unloading.md)
 *
 * Classes live in vmk_modules: those that a loader defined in the loader's, whose holder is the
 * ClassLoader object; a hidden class that is not strong in one of its own, whose holder is its mirror.  The boot,
 * platform and application loaders have no holder and live as long as the vm.
 */
#ifndef J3_UNLOAD_H
#define J3_UNLOAD_H

#include "j3.h"

/* A module for one hidden class of the loader; it is held once the class has its mirror. */
vmk_module *j3_home_hidden(j3_loader *loader);
/* The class came to nothing: free the module, or leave it to the collector. Leaf. */
void j3_home_abandon(vmk_module *module);

/* vmk_hooks.unload */
void j3_unload(vmk_runtime *rt, vmk_thread *t, vmk_module *const *modules, size_t count);

#endif
