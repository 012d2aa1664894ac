/* agent.h -- agent libraries named on the command line */
#ifndef J3_AGENT_H
#define J3_AGENT_H

#include <jni.h>
#include <stdio.h>

#include "j3.h"

/* Load each, and run its Agent_OnLoad.  One that is missing or fails ends the process. */
void j3_agents_load(void);

/* Load one while Java runs, and run its Agent_OnAttach; JNI_OK when that has been, whatever its answer, which is told. */
jint j3_agent_attach(vmk_thread *t, const char *name, bool is_path, const char *arguments,
                     FILE *out) VMK_MOVES;

/* Run their Agent_OnUnload, once: the process ends. */
void j3_agents_unload(void);

#endif
