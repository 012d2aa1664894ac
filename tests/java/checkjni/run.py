#!/usr/bin/env python3
"""-Xcheck:jni: what is said of each mistake of Checks.c, and whether the process goes on.

usage: run.py JAVA_COMMAND

Runs every case in a process of its own; FatalError without the option too. expected.txt holds what
HotSpot 17 says; `tools/run-tests` compares.
"""
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
HOME = Path(os.environ.get("J3_JAVA_HOME") or min(Path("/usr/lib/jvm").glob("java-17-openjdk-*")))


def no_core():
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def keep(line):
    """Not native frames, blank lines and addresses, nor what only HotSpot knows of its memory."""
    return not re.match(r"$|[CVjJv]  |Native frames|  (Header|Trailer) guard|  User data|GuardedMemory", line)


def main():
    java = str(Path(shutil.which(sys.argv[1])).absolute())
    with tempfile.TemporaryDirectory(prefix="vmkit-checkjni-") as folder:
        subprocess.run(["clang-19", "-std=gnu17", "-O1", "-shared", "-fPIC", "-Wno-unused-value", "-pthread",
                        f"-I{HOME}/include", f"-I{HOME}/include/linux", HERE / "source/Checks.c", "-o",
                        f"{folder}/libChecks.so"], check=True)
        subprocess.run([HOME / "bin/javac", "-d", folder, HERE / "source/Checks.java"], check=True)
        command = [java, "-Xcheck:jni", f"-Djava.library.path={folder}", "-cp", folder,
                   "Checks"]
        fatal = [part for part in command if part != "-Xcheck:jni"] + ["2"]
        p = subprocess.run(fatal, cwd=folder, text=True, capture_output=True, timeout=60, preexec_fn=no_core)
        print("== unchecked\n" + p.stdout + "status", p.returncode)
        which = 0
        while True:
            p = subprocess.run([*command, str(which)], cwd=folder, text=True, errors="replace", timeout=60,
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT, preexec_fn=no_core)
            if p.returncode == 99:
                break
            print("==", which)
            for line in filter(keep, p.stdout.splitlines()):
                print(re.sub(r"0x[0-9a-f]+", "0x", line))
            print("status", p.returncode)
            which += 1


main()
