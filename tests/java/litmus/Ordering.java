// timeout: 240
// Memory order between volatile variables, monitors and VarHandle modes: the classical shapes, none of whose forbidden
// outcomes may ever be seen.
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

public class Ordering {
  static class V {
    volatile int x, y;
    int r1 = -1, r2 = -1, r3 = -1, r4 = -1;

    String pair() {
      return r1 + " " + r2;
    }

    String four() {
      return r1 + " " + r2 + " " + r3 + " " + r4;
    }
  }

  static class P {
    int x, y, z;
    volatile int flag;
    int r1 = -1, r2 = -1, r3 = -1;

    String pair() {
      return r1 + " " + r2;
    }
  }

  static final VarHandle X, Y;

  static {
    try {
      X = MethodHandles.lookup().findVarHandle(P.class, "x", int.class);
      Y = MethodHandles.lookup().findVarHandle(P.class, "y", int.class);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  public static void main(String[] args) throws Exception {
    Race.<V>run("store buffering", "0 0", V::new, V::pair, s -> {
      s.x = 1;
      s.r1 = s.y;
    }, s -> {
      s.y = 1;
      s.r2 = s.x;
    });
    Race.<V>run("message passing", "1 0", V::new, V::pair, s -> {
      s.x = 1;
      s.y = 1;
    }, s -> {
      s.r1 = s.y;
      s.r2 = s.x;
    });
    Race.<V>run("load buffering", "1 1", V::new, V::pair, s -> {
      s.r1 = s.x;
      s.y = 1;
    }, s -> {
      s.r2 = s.y;
      s.x = 1;
    });
    Race.<V>run("coherence of reads", "(1 0|2 0|2 1)", V::new, V::pair, s -> {
      s.x = 1;
      s.x = 2;
    }, s -> {
      s.r1 = s.x;
      s.r2 = s.x;
    });
    Race.<V>run("a read before one's own write", "2", V::new, s -> "" + s.r1, s -> {
      s.r1 = s.x;
      s.x = 2;
    }, s -> s.x = 3);
    Race.<V>run("independent reads of independent writes", "1 0 1 0", V::new, V::four, s -> s.x = 1, s -> s.y = 1, s -> {
      s.r1 = s.x;
      s.r2 = s.y;
    }, s -> {
      s.r3 = s.y;
      s.r4 = s.x;
    });
    Race.<V>run("write to read causality", "1 1 0 -1", V::new, V::four, s -> s.x = 1, s -> {
      s.r1 = s.x;
      s.y = 1;
    }, s -> {
      s.r2 = s.y;
      s.r3 = s.x;
    });
    Race.<V>run("two plus two writes", "1 1", V::new, s -> s.x + " " + s.y, s -> {
      s.x = 1;
      s.y = 2;
    }, s -> {
      s.y = 1;
      s.x = 2;
    });
    Race.<V>run("write, then read of the other's", "0 2", V::new, s -> s.r1 + " " + s.y, s -> {
      s.x = 1;
      s.y = 1;
    }, s -> {
      s.y = 2;
      s.r1 = s.x;
    });
    Race.<V>run("read, then write over", "1 2", V::new, s -> s.r1 + " " + s.x, s -> {
      s.x = 2;
      s.y = 1;
    }, s -> {
      s.r1 = s.y;
      s.x = 1;
    });
    Race.<P>run("plain message, volatile flag", "1 0", P::new, P::pair, s -> {
      s.x = 1;
      s.flag = 1;
    }, s -> {
      s.r1 = s.flag;
      s.r2 = s.x;
    });
    Race.<P>run("release and acquire", "1 0", P::new, P::pair, s -> {
      s.z = 1;
      X.setRelease(s, 1);
    }, s -> {
      s.r1 = (int) X.getAcquire(s);
      s.r2 = s.z;
    });
    Race.<P>run("opaque is coherent", "(1 0|2 0|2 1)", P::new, P::pair, s -> {
      X.setOpaque(s, 1);
      X.setOpaque(s, 2);
    }, s -> {
      s.r1 = (int) X.getOpaque(s);
      s.r2 = (int) X.getOpaque(s);
    });
    Race.<P>run("nothing out of thin air", ".*42.*", P::new, P::pair, s -> {
      s.r1 = s.x;
      s.y = s.r1;
    }, s -> {
      s.r2 = s.y;
      s.x = s.r2;
    });
    Race.<P>run("full fences", "0 0", P::new, P::pair, s -> {
      s.x = 1;
      VarHandle.fullFence();
      s.r1 = s.y;
    }, s -> {
      s.y = 1;
      VarHandle.fullFence();
      s.r2 = s.x;
    });
    Race.<P>run("release and acquire fences", "1 0", P::new, P::pair, s -> {
      s.x = 1;
      VarHandle.releaseFence();
      Y.setOpaque(s, 1);
    }, s -> {
      s.r1 = (int) Y.getOpaque(s);
      VarHandle.acquireFence();
      s.r2 = s.x;
    });
    Race.<P>run("store-store and load-load fences", "1 0", P::new, P::pair, s -> {
      s.x = 1;
      VarHandle.storeStoreFence();
      Y.setOpaque(s, 1);
    }, s -> {
      s.r1 = (int) Y.getOpaque(s);
      VarHandle.loadLoadFence();
      s.r2 = s.x;
    });
    Race.<P>run("monitors exclude", "(0 5|.* 0)", P::new, P::pair, s -> {
      synchronized (s) {
        s.x = 1;
        s.r1 = s.y;
        s.y = s.y + 1;
      }
    }, s -> {
      synchronized (s) {
        s.r2 = s.y;
        if (s.r2 == 0) s.r2 = s.x == 0 ? 5 : 0; // half done would be seen here
        s.y = s.y + 1;
      }
    });
    Race.<P>run("monitor message", "1 0", P::new, P::pair, s -> {
      s.x = 1;
      synchronized (s) {
        s.y = 1;
      }
    }, s -> {
      synchronized (s) {
        s.r1 = s.y;
      }
      s.r2 = s.x;
    });
  }
}
