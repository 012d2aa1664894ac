#!/usr/bin/env python3
"""run.py JAVA -- compile embed.c and hooks.c and run them on the libjvm.so that goes with the `java` command JAVA.

A libjvm.so with a sanitizer needs a program that has it too.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import sanitizer

java = pathlib.Path(shutil.which(sys.argv[1]) or sys.argv[1]).resolve()
if java.name == "java":
    home, libjvm = java.parent.parent, java.parent.parent / "lib/server/libjvm.so"
else:
    home = pathlib.Path(os.environ.get("J3_JAVA_HOME") or
                        min(pathlib.Path("/usr/lib/jvm").glob("java-17-openjdk-*")))
    libjvm = java.parent.parent / "lib/j3/libjvm.so"

found = sanitizer.of(java)
sanitize = [f"-fsanitize={found}"] if found else []

CASES = ["unknown", "unknown-word", "unknown-flag", "ignored", "ignored-word", "bad-size", "bad-stack", "late-failure",
         "exit", "halt", "abort", "fatal", "describe"]


def build(folder, name):
    subprocess.run(["clang-19", "-std=gnu17", "-O1", "-g", "-Wall", "-Wextra", "-pthread",
                    f"-isystem{home}/include", f"-isystem{home}/include/linux",
                    *sanitize, str(HERE / f"{name}.c"), "-o", f"{folder}/{name}", "-ldl"], check=True)


def run(folder, *command):
    sys.stdout.flush()
    return subprocess.run([f"{folder}/{command[0]}", libjvm, *command[1:]], cwd=folder, text=True, timeout=200,
                          env=dict(os.environ, J3_JAVA_HOME=str(home)), stdout=subprocess.PIPE, stderr=subprocess.PIPE)


with tempfile.TemporaryDirectory(prefix="vmkit-embed-") as folder:
    build(folder, "embed")
    build(folder, "hooks")
    subprocess.run([home / "bin/javac", "-d", folder, HERE / "Invoked.java"], check=True)
    end = run(folder, "embed", folder)
    sys.stdout.write(end.stdout)
    sys.stderr.write(end.stderr)
    for case in CASES:
        print("==", case)
        hooked = run(folder, "hooks", case)
        for line in (hooked.stdout + hooked.stderr).splitlines():
            # Frames are not the hook's business: HotSpot prints native ones, too.
            if not re.match(r"(hook out: )?(\s*at |Caused by|Native frames|[CVjJv]  |$)", line):
                print(line)
        print("status", hooked.returncode)
    sys.exit(end.returncode)
