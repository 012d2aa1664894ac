/* agent.h -- agent libraries named on the command line */
#ifndef J3_AGENT_H
#define J3_AGENT_H

/* Load each, and run its Agent_OnLoad.  One that is missing or fails ends the process. */
void j3_agents_load(void);

/* Run their Agent_OnUnload, once: the process ends. */
void j3_agents_unload(void);

#endif
