/* handshake.pml -- stopping the world, as vmk_thread.h promises it
 *
 * A thread is NATIVE (touches no reference, may block) or MANAGED (may touch references, polls). It
 * changes its own state with a plain store followed by a look at `stop`; nobody takes a lock on the
 * way into or out of native code. A stopper sets `stop` and waits until every other thread is NATIVE.
 *
 * Checked by tools/run-tests with spin, over all interleavings:
 *   1. no thread touches a reference while the world is stopped (the assertions);
 *   2. nobody waits for ever (no invalid end state).
 * Compiled with -DBROKEN, the return from native code forgets to look at `stop`; with -DDEAF, a
 * thread never polls. Spin must find both, or the model has no teeth.
 *
 * The order "store MANAGED, then load stop" against "store stop, then load state" needs sequential
 * consistency between the two; the implementation buys it with fences.
 */
#define N 3 /* thread 0 only stops the world; thread 1 works and may stop it too; thread 2 works */
#define NATIVE 0
#define MANAGED 1

byte state[N]; /* written by the owner only */
bool stop;     /* a stopper wants or has the world */
bool stopped;  /* ghost: the stopper believes that the world is stopped */
bool busy;     /* the mutex that orders stoppers */
byte touching; /* ghost: how many threads are touching references right now */

inline enter_managed(i)
{
#ifdef BROKEN
  state[i] = MANAGED;
#else
  do
  :: state[i] = MANAGED;
     if
     :: !stop -> break
     :: else -> state[i] = NATIVE; (!stop)
     fi
  od
#endif
}

inline poll(i)
{
#ifndef DEAF
  if
  :: stop -> state[i] = NATIVE; enter_managed(i)
  :: else -> skip
  fi
#else
  skip
#endif
}

inline touch()
{
  touching++;
  assert(!stopped);
  touching--;
}

/* The caller is MANAGED.  It waits for its turn in NATIVE state, so that another stopper can have it. */
inline stop_world(i, k)
{
  state[i] = NATIVE;
  atomic { !busy -> busy = true };
  stop = true;
  state[i] = MANAGED;
  k = 0;
  do
  :: k < N ->
     if
     :: k != i -> (state[k] == NATIVE)
     :: else -> skip
     fi;
     k++
  :: else -> break
  od;
  stopped = true;
  assert(touching == 0)
}

inline resume_world()
{
  stopped = false;
  stop = false;
  busy = false
}

proctype worker(byte i; bool stops)
{
  byte round, k;
  enter_managed(i);
  do
  :: round < 2 ->
     round++;
     touch();
     if
     :: poll(i)
     :: state[i] = NATIVE; /* a native call */
        enter_managed(i)
     :: stops -> stop_world(i, k); resume_world()
     fi
  :: else -> break
  od;
#ifdef DEAF
  (false); /* runs on for ever without a poll */
#endif
  state[i] = NATIVE /* detached */
}

proctype stopper(byte i)
{
  byte round, k;
  enter_managed(i);
  do
  :: round < 2 -> round++; stop_world(i, k); resume_world(); poll(i)
  :: else -> break
  od;
  state[i] = NATIVE
}

init
{
  atomic {
    run stopper(0);
    run worker(1, true);
    run worker(2, false)
  }
}
