#!/usr/bin/env python3
"""run.py JAVA -- compile embed.c and run it on the libjvm.so that goes with the `java` command JAVA.

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
java = pathlib.Path(shutil.which(sys.argv[1]) or sys.argv[1]).resolve()
if java.name == "java":
    home, libjvm = java.parent.parent, java.parent.parent / "lib/server/libjvm.so"
else:
    home = pathlib.Path(os.environ.get("J3_JAVA_HOME") or
                        min(pathlib.Path("/usr/lib/jvm").glob("java-17-openjdk-*")))
    libjvm = java.parent.parent / "lib/j3/libjvm.so"

options = java.parent.parent / "meson-info/intro-buildoptions.json"
found = re.search(r'"sanitize",\s*"value": "(address|thread)"', options.read_text() if options.exists() else "")
sanitizer = [f"-fsanitize={found[1]}"] if found else []

with tempfile.TemporaryDirectory(prefix="vmkit-embed-") as folder:
    program = f"{folder}/embed"
    subprocess.run(["clang-19", "-std=gnu17", "-O1", "-g", "-Wall", "-Wextra", "-pthread",
                    f"-isystem{home}/include", f"-isystem{home}/include/linux",
                    *sanitizer, str(HERE / "embed.c"), "-o", program, "-ldl"], check=True)
    subprocess.run([home / "bin/javac", "-d", folder, HERE / "Invoked.java"], check=True)
    end = subprocess.run([program, libjvm, folder], env=dict(os.environ, J3_JAVA_HOME=str(home)),
                         stderr=subprocess.PIPE, text=True, timeout=200)
    sys.stderr.write(end.stderr)
    sys.exit(end.returncode)
