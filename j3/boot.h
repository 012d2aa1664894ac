/* boot.h -- what boot.c needs of the parts, each called once */
#ifndef J3_BOOT_H
#define J3_BOOT_H

#include "j3.h"

/* loader.c/known.c: open the class library at J3.java_home, make the boot loader, load the well-known
 * classes, primitives and their mirrors. False: an exception may be pending, or a message was printed. */
bool j3_link_boot(vmk_thread *t) VMK_MOVES;

#endif
