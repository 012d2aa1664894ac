#!/usr/bin/env python3
"""The JDK's own java and javac with our libjvm.so, named by -XXaltjvm.

usage: run.py JAVA_COMMAND

With j3 the library is the one beside it; with another java its own. expected.txt holds what HotSpot 17
gives; `tools/run-tests` compares.
"""
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import sanitizer

HOME = Path(os.environ.get("J3_JAVA_HOME") or min(Path("/usr/lib/jvm").glob("java-17-openjdk-*")))

CASES = """
$J -version
$J --version
$C -version
$C -d . Alt.java
$J -Xmx64m -cp . Alt
$J -Xmx64m -Dp=1 -ea:no.such... -Xss512k -cp . Alt a b
$J -Xmx64m -cp . Alt throw
$J -Xmx64m Alt.java source
$J -Xmx64m -Xint @arguments
JDK_JAVA_OPTIONS='-Dp=environment -Xmx64m' $J -cp . Alt
JAVA_TOOL_OPTIONS='-Dp="two words" -Xmx64m' $J -Dq=line -cp . Alt
_JAVA_OPTIONS='-Dp=last -Xmx64m' $J -Dp=first -cp . Alt
JDK_JAVA_OPTIONS=-Dq=jdk JAVA_TOOL_OPTIONS=-Dp=tool $J -Xmx64m -Dp=line -cp . Alt
JAVA_TOOL_OPTIONS=-XX:+NoSuch $J -cp . Alt
JAVA_TOOL_OPTIONS='-Dp="open' $J -cp . Alt
_JAVA_OPTIONS=-Xnosuch $J -cp . Alt
JDK_JAVA_OPTIONS='-cp . Alt' $J
$J -cp . None
$J -Xss64k -cp . Alt
$J -XX:+NoSuch -cp . Alt
$J -Xnosuch -cp . Alt
$J -agentlib:nosuch -cp . Alt
$J -m jdk.compiler/com.sun.tools.javac.Main -version
ulimit -s 256; $J -Xmx64m -cp . Alt
""".strip().splitlines()


def main():
    java = Path(shutil.which(sys.argv[1])).resolve()
    library = java.parents[1] / "lib/server" if java.name == "java" else java.absolute().parents[1] / "lib/j3"
    env = dict(os.environ, J=f"{HOME}/bin/java -XXaltjvm={library}", C=f"{HOME}/bin/javac -J-XXaltjvm={library}")
    env.update(sanitizer.preload(java))
    with tempfile.TemporaryDirectory(prefix="vmkit-altjvm-") as folder:
        shutil.copy(HERE / "source/Alt.java", folder)
        Path(folder, "arguments").write_text("-Dp=file -cp .\nAlt 'an argument'\n")
        for case in CASES:
            p = subprocess.run(case, shell=True, cwd=folder, env=env, text=True, capture_output=True, timeout=120)
            print("==", case)
            for line in (p.stdout + p.stderr).splitlines():
                if " VM (build" not in line and "Runtime Environment" not in line:
                    print(line.replace(str(HOME), "HOME"))
            print("status", p.returncode)


main()
