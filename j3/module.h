/* module.h -- run-time modules: who is in which, reads and exports (JVMS 5.3.6, 5.4.4)
 *
 * A loader has one unnamed module and any number of named ones; a package of a loader belongs to at most
 * one named module.  Before java.base is defined every boot class is counted to it, and its mirror's
 * `module` field stays null until the definition patches them all.
 *
 * A module's address stands for it in the tables of others, from which it is taken when its loader is
 * unloaded.  All changes are made under one lock of module.c; queries take none.
 */
#ifndef J3_MODULE_H
#define J3_MODULE_H

#include "j3.h"

/* Give the boot loader its java.base and unnamed modules, both still without a Module object.  Called
 * once, before the first class is defined. */
void j3_module_boot(j3_loader *boot);
/* Give a new loader its unnamed module, from ClassLoader.unnamedModule, and its package table. */
void j3_module_loader_init(vmk_thread *t, j3_loader *loader, vmk_handle class_loader);
/* java.base, from j3_module_boot on. */
j3_module *j3_module_java_base(void);

/* The module a class of this package is defined in: never null. Any thread. */
j3_module *j3_module_for_class(const j3_loader *loader, j3_symbol *package);
/* Set Class.module of c's mirror from c->module, if that has its object yet.  To be called for every
 * class once it is reachable from its loader's list (or, arrays, from its component), so that either
 * this or the patching of a late definition sees it. */
void j3_module_set_mirror(vmk_thread *t, j3_class *c);

/* A module's packages, exports and reads as JVM_* change them.  These throw nothing. */
typedef struct j3_module_definition {
  j3_symbol *name, *version, *location; /* the last two may be null */
  bool is_open;
  j3_symbol **packages;
  size_t package_count;
  j3_symbol *duplicate;        /* out: package that another module has, */
  j3_module *duplicate_module; /* and which */
} j3_module_definition;

typedef enum j3_module_result {
  J3_MODULE_DEFINED,
  J3_MODULE_DUPLICATE,         /* a module of this name exists in the loader */
  J3_MODULE_DUPLICATE_PACKAGE, /* see `duplicate` */
} j3_module_result;

/* Define a module of loader with its Module object; java.base is recognised by its name and loader. */
j3_module_result j3_module_define(vmk_thread *t, j3_loader *loader, vmk_handle object,
                                  j3_module_definition *definition);
/* Tie the boot loader's unnamed module to its object. */
void j3_module_set_boot_unnamed(vmk_thread *t, vmk_handle object);
/* The module behind a java.lang.Module, or null when it was never defined. Leaf. */
j3_module *j3_module_of_object(vmk_handle object);

void j3_module_add_read(j3_module *from, j3_module *to); /* to null: all unnamed modules */
/* Export a package of `from`; false when it has no such package.  to null: to everyone. */
bool j3_module_add_export(j3_module *from, j3_symbol *package, j3_module *to);
bool j3_module_add_export_to_unnamed(j3_module *from, j3_symbol *package);

/* World stopped: take the modules of loaders with is_dead out of the tables of the living ones. */
void j3_modules_unload(void);
/* Free the modules and the package table of a dead loader. */
void j3_modules_free(vmk_thread *t, j3_loader *loader);

#endif
