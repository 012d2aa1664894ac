#!/usr/bin/env python3
"""Signals: the thread dump, the shutdown hooks and the exit status, wherever the main thread is.

usage: run.py JAVA_COMMAND [PART OF A CASE]

Starts Signals.java in each case, sends it signals once it is ready, and prints what it said and how it
ended. expected.txt holds what HotSpot 17 gives; `tools/run-tests` compares.
"""
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
HOME = Path(os.environ.get("J3_JAVA_HOME") or min(Path("/usr/lib/jvm").glob("java-17-openjdk-*")))

# Options of java; arguments of Signals; the signals sent, each after the answer to the one before.
CASES = """
| loop | QUIT TERM
| sleep | QUIT INT
| park | QUIT HUP
| wait | QUIT TERM
| enter | QUIT INT
| native | QUIT HUP
-Xrs | sleep | TERM
-Xrs | loop | INT
-Xrs | native | HUP
-Xrs | wait | QUIT
-Xrs | loop +INT +TERM +USR1 | USR1 TERM KILL
| loop +INT +TERM +HUP | INT TERM HUP KILL
| sleep +USR1 +WINCH | USR1 WINCH USR1 TERM
| native -INT -TERM +INT | INT KILL
| sleep -TERM =TERM | TERM KILL
| loop =INT | INT
| sleep +CONT +SEGV +QUIT +KILL +FPE +ILL +STOP +NONE | TERM
| sleep +USR1 !USR1 ~1 !TERM |
| sleep !HUP |
| loop ?500 | TERM TERM INT
| exit ?500 |
| exit ?500 | TERM
""".strip().splitlines()


def lines(text):
    """The output; of a thread dump in it, the main thread without what depends on the machine. Monitors
    are left out: which are named depends on the virtual machine."""
    text = re.sub(r"^\d+-.*\n(Full thread dump) [^\0]*?^JNI global refs: .*\n\nHeap\n(.+\n)+\n",
                  lambda m: m[1] + "\n" + re.search(r'^"main"[^\0]*?\n\n', m[0], re.MULTILINE)[0], text,
                  flags=re.MULTILINE)
    text = re.sub(r'^"main" .*', '"main"', text, flags=re.MULTILINE)
    text = re.sub(r"^\s+- .*\n", "", text, flags=re.MULTILINE)
    return re.sub(r"(\tat .*)\(.*\)", r"\1", text).splitlines()


def run(java, classes, case):
    options, arguments, signals = (part.split() for part in case.split("|"))
    print("==", case.strip())
    sys.stdout.flush()
    with subprocess.Popen([java, *options, "-cp", classes, "Signals", *arguments], stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=classes) as p:
        os.set_blocking(p.stdout.fileno(), False)
        text, seen, sent, answer, moment = b"", 0, 0, b"ready\n", time.monotonic()
        while time.monotonic() < moment + 20:
            more = p.stdout.read()
            if more == b"":
                break
            text += more or b""
            if sent < len(signals) and (answer in text[seen:] or sent and time.monotonic() > moment + 3):
                time.sleep(0.3)
                name = signals[sent]
                answer = b"JNI global refs" if name == "QUIT" else b"got SIG" + name.encode() + b" "
                p.send_signal(getattr(signal, "SIG" + name))
                seen, sent, moment = len(text), sent + 1, time.monotonic()
            time.sleep(0.05)
        try:
            p.wait(5)
        except subprocess.TimeoutExpired:
            p.kill()
            print("killed")
    for line in lines(text.decode()):
        print(line)
    print("status", p.returncode)


def main():
    java = shutil.which(sys.argv[1])
    java = str(Path(java).absolute())
    with tempfile.TemporaryDirectory(prefix="vmkit-signals-") as folder:
        subprocess.run([HOME / "bin/javac", "-nowarn", "-XDignore.symbol.file", "-d", folder, HERE / "source/Signals.java"], check=True,
                       stderr=subprocess.DEVNULL)
        for case in CASES:
            if len(sys.argv) < 3 or sys.argv[2] in case:
                run(java, folder, case)


main()
