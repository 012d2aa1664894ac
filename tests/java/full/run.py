#!/usr/bin/env python3
"""Files that cannot hold what is written to them: java's error and status, nothing lost in silence.

usage: run.py JAVA_COMMAND

Runs the command with a limit on the size of files, which any user may set, in place of a full disk.
expected.txt holds what HotSpot 17 gives; `tools/run-tests` compares.
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
LIMIT = 1 << 20
OOM = "-Xmx20m -XX:+HeapDumpOnOutOfMemoryError -XX:HeapDumpPath=dump"

CASES = f"""
$J -cp c Full lines > lines
$J -cp c Full lines > /dev/full
$J -cp c Full stream
$J -cp c Full files
$J -cp c Full random
$J -cp c Full channel
$J -cp c Full print
$J -cp c Full copy
ulimit -f 40; $J -XX:-UsePerfData -Xlog:class+load:file=log::filecount=0 -cp c Full nothing
$J {OOM} -cp c Full memory
$J {OOM} -cp c Full memory
$J {OOM}/none/dump -cp c Full memory
$J -m jdk.compiler/com.sun.tools.javac.Main -d d Large.java
$J -version 2> /dev/full
$J --version > /dev/full
$J -cp c Nothing 2> /dev/full
""".strip().splitlines()


def limit():
    resource.setrlimit(resource.RLIMIT_FSIZE, (LIMIT, LIMIT))


def main():
    java = str(Path(shutil.which(sys.argv[1])).absolute())
    with tempfile.TemporaryDirectory(prefix="vmkit-full-") as folder:
        os.chdir(folder)
        subprocess.run([HOME / "bin/javac", "-d", "c", HERE / "source/Full.java"], check=True)
        text = "".join(f'  String s{i} = "' + "x" * 60000 + f'{i}";\n' for i in range(20))
        Path("Large.java").write_text(f"class Large {{\n{text}}}\n")
        for case in CASES:
            p = subprocess.run(case, shell=True, preexec_fn=limit, env=dict(os.environ, J=java), text=True,
                               capture_output=True, timeout=120)
            print("==", re.sub(r"^.*java-home.*$", "", case))
            for line in (p.stdout + p.stderr).splitlines():
                if not re.match(r"\s+at java\.base|openjdk |OpenJDK ", line):
                    print(re.sub(r"^\[[\d.]+s\]|/usr/.* -> ", "", line.replace("\xa0", " "))[:200])
            print("status", p.returncode)


main()
