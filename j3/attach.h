/* attach.h -- other processes ask this one (jstack, jcmd, jmap, jinfo, VirtualMachine.attach) */
#ifndef J3_ATTACH_H
#define J3_ATTACH_H

#include "j3.h"

/* SIGQUIT has come: is it a process that wants to attach?  Then it is listened to from now on. */
bool j3_attach_begin(vmk_thread *t) VMK_MOVES;
/* The process ends: take the socket away. Leaf. */
void j3_attach_end(void);

#endif
