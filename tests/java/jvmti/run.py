#!/usr/bin/env python3
"""The tool interface: an agent in C, debuggers of the JDK, jshell with the vm of its own that it debugs.

usage: run.py JAVA_COMMAND [SECTION]

expected.txt holds what HotSpot 17 gives; `tools/run-tests` compares.
"""
import os
import pty
import select
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import sanitizer

SOURCE = HERE / "source"
TOOLS = HERE.parents[2] / "tools"
JDK = Path(os.environ.get("J3_JAVA_HOME") or min(Path("/usr/lib/jvm").glob("java-17-openjdk-*")))


def home_of(java, folder):
    if java.name == "java":
        return java.resolve().parent.parent
    env = dict(os.environ, VMKIT_BUILD=str(java.parent.parent))
    subprocess.run([TOOLS / "make-java-home", folder / "home"], env=env, check=True, stdout=subprocess.DEVNULL)
    return folder / "home"


def run(command, **more):
    sys.stdout.flush()
    end = subprocess.run(command, text=True, timeout=200, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **more)
    sys.stdout.write(end.stdout)
    print("status", end.returncode)


def library_of(folder, name):
    library = folder / f"lib{name}.so"
    subprocess.run(["clang-19", "-std=gnu17", "-O1", "-g", "-Wall", "-Wextra", "-shared", "-fPIC", f"-isystem{JDK}/include",
                    f"-isystem{JDK}/include/linux", SOURCE / f"{name}.c", "-o", library], check=True)
    return library


def heap(home, folder):
    """Walks over the heap."""
    run([home / "bin/java", "-cp", folder, "Heap", library_of(folder, "Heap")])


def agent(home, folder):
    """Functions and events."""
    library = library_of(folder, "Agent")
    run([home / "bin/java", f"-agentpath:{library}=some=options", "-cp", folder, "Agent", library])


def jdi(home, folder):
    """A debugger that launches its debuggee."""
    run([home / "bin/java", "-cp", folder, "Client", home, SOURCE / "Target.java"])


def attach(home, folder):
    """Debuggers that attach to a vm, one after the other, and leave it running."""
    with socket.socket() as s: # the vm listens at the same port again when a debugger has gone
        s.bind(("127.0.0.1", 0))
        port = str(s.getsockname()[1])
    options = [f"-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:{port}", "-cp", folder]
    with subprocess.Popen([home / "bin/java", *options, "Waiter"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                          text=True, bufsize=1) as p:
        p.stdout.readline() # "Listening"
        print(p.stdout.readline(), end="")
        for _ in range(2):
            p.stdin.write("x")
            p.stdin.flush()
            print(p.stdout.readline(), end="")
            run([home / "bin/java", "-cp", folder, "Attach", port])
            p.stdout.readline()
        p.stdin.write("xq")
        p.stdin.close()
        print(p.stdout.read(), end="")
    print("status", p.returncode)


def stop(home, folder):
    """The API: exceptions, endless snippets that are stopped, System.exit."""
    run([home / "bin/java", "-cp", folder, "Stop"])


SESSION = r"""
1 + 1
int f(int x) { return x * 2; }
f(4)
int f(int x) { return x * 3; }
f(4)
class A { int v = 3; int twice() { return 2 * v; } public String toString() { return "A"; } }
A a = new A();
a.twice()
class A { int v = 3; int w = 4; int twice() { return 2 * w; } }
a
new A().twice()
int g() { return h() + 1; }
int h() { return 41; }
g()
enum E { X, Y }
record R(int a, String b) {}
new R(1, "x")
/set feedback concise
E.Y
throw new IllegalStateException("boo")
int deep(int n) { if (n == 0) throw new RuntimeException("deep"); return deep(n - 1); }
deep(2)
/set feedback normal
String s = "abc"
/vars
/methods
/types
s.charAt(5)
System.exit(3)
s
/reload -restore
s
/list
/exit 5
""".lstrip()


def shell(home, folder):
    """A session of the command, from a pipe."""
    run([home / "bin/jshell", f"-J-Djava.util.prefs.userRoot={folder}"], input=SESSION, cwd=folder)


def interrupt(home, folder):
    """The command at a terminal: Ctrl-C ends an endless snippet."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ["TERM"] = "xterm"
        os.execv(home / "bin/jshell", ["jshell", f"-J-Djava.util.prefs.userRoot={folder}"])
    text = ""

    def expect(what, seconds=60):
        nonlocal text
        end = time.monotonic() + seconds
        while what not in text and time.monotonic() < end:
            if select.select([terminal], [], [], 0.1)[0]:
                try:
                    text += os.read(terminal, 65536).decode(errors="replace")
                except OSError:
                    break
        print("saw" if what in text else "did not see", what.replace("\x1b", "ESC"))
        text = text.partition(what)[2]

    prompt = "\x1b[?2004h" # the terminal is asked to tell what is pasted
    expect(prompt)
    os.write(terminal, b"int n = 0;\r")
    expect(prompt)
    os.write(terminal, b"while (true) n++;\r")
    time.sleep(2)
    os.write(terminal, b"\x03")
    expect(prompt)
    os.write(terminal, b"\"n\" + (n != 0) + (40 + 2)\r")
    expect("ntrue42")
    os.write(terminal, b"/exit\r")
    end = time.monotonic() + 20
    done = 0
    while not done and time.monotonic() < end:
        try:
            if select.select([terminal], [], [], 0.1)[0]:
                os.read(terminal, 65536)
        except OSError:
            pass
        done, status = os.waitpid(pid, os.WNOHANG)
    if not done:
        os.kill(pid, 9)
        os.waitpid(pid, 0)
    print("ended" if done else "did not end", os.waitstatus_to_exitcode(status))


def main():
    java = Path(shutil.which(sys.argv[1]) or sys.argv[1]).absolute()
    with tempfile.TemporaryDirectory(prefix="vmkit-jvmti-") as name:
        folder = Path(name)
        (folder / ".java/.userPrefs").mkdir(parents=True)
        subprocess.run([JDK / "bin/javac", "-g", "-d", folder, *SOURCE.glob("*.java")], check=True)
        os.environ.update(sanitizer.preload(java))
        home = home_of(java, folder)
        for section in (heap, agent, jdi, attach, stop, shell, interrupt):
            if len(sys.argv) < 3 or sys.argv[2] == section.__name__:
                print("==", section.__doc__)
                section(home, folder)


main()
