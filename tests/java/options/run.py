#!/usr/bin/env python3
"""Options of the java command: accepted, refused, from files and from the environment.

usage: run.py JAVA_COMMAND

Runs the command on each row of CASES in a folder of its own, and prints stdout, stderr and the exit code.
expected.txt holds what HotSpot 17 says; `tools/run-tests` compares.
"""
import concurrent.futures
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
HOME = os.environ.get("J3_JAVA_HOME") or min(Path("/usr/lib/jvm").glob("java-17-openjdk-*"))

# Shell commands; $J is the java command, and `Options` is on the class path given as `-cp c`.
CASES = r"""
$J -cp c Options a b
$J -classpath c Options
$J --class-path=c Options
CLASSPATH=c $J Options
$J -cp
$J -Dx=1 -Dy -cp c Options
$J -D=x -cp c Options
$J -Xmx64m -Xms8m -Xss1m -Xmn4m -cp c Options
$J -Xmx0 -cp c Options
$J -Xmxfoo -cp c Options
$J -Xmx-5m -cp c Options
$J -Xmx10x -cp c Options
$J -Xmx1m -cp c Options
$J -Xms1k -cp c Options
$J -Xmx100t -cp c Options
$J -Xmx8m -Xms16m -cp c Options
$J -Xms1x -cp c Options
$J -Xss1x -cp c Options
$J -Xss100k -cp c Options
$J -Xss2g -cp c Options
$J -Xmnx -cp c Options
$J -XX:MaxHeapSize=foo -cp c Options
$J -XX:+MaxHeapSize -cp c Options
$J -XX:MaxHeapSize -cp c Options
$J -XX:+UseSerialGC -XX:ThreadStackSize=512 -XX:ActiveProcessorCount=1 -cp c Options
$J -XX:ActiveProcessorCount=x -cp c Options
$J -XX:MaxRAMPercentage=x -cp c Options
$J -XX:ParallelGCThreads=-1 -cp c Options
$J -XX:UseSerialGC=true -cp c Options
$J -XX:+Nope -cp c Options
$J -XX:Nope=3 -cp c Options
$J -XX: -cp c Options
$J -XX:+UseG1GCX -cp c Options
$J -XX:MaxHeapSiz=3m -cp c Options
$J -XX:+IgnoreUnrecognizedVMOptions -XX:+Nope -cp c Options
$J -XX:+PrintInlining -cp c Options
$J -XX:+UseEpsilonGC -cp c Options
$J -XX:+UseSerialGC -XX:+UseParallelGC -cp c Options
$J -XX:Flags=nosuch -cp c Options
$J -XX:VMOptionsFile=nosuch -cp c Options
$J -XX:VMOptionsFile=vmoptions -cp c Options
$J -ea -cp c Options
$J -ea:packaged... -cp c Options
$J -ea:... -cp c Options
$J -ea -da:packaged.In -cp c Options
$J -esa -cp c Options
$J -eax -cp c Options
$J -Xint -Xbatch -Xrs -Xdebug -Xfuture -Xnoclassgc -Xcheck:jni -Xverify:all -cp c Options
$J -Xshare:foo -cp c Options
$J -Xcheck:foo -cp c Options
$J -Xverify:none -cp c Options
$J -Xverify:foo -cp c Options
$J -Xprof -cp c Options
$J -Xincgc -cp c Options
$J -Xbootclasspath/a:c Options
$J -Xbootclasspath/p:c Options
echo text > text.jar; $J -Xbootclasspath/a:none:text.jar:arguments -cp c Options
$J -Djava.security.manager=Nope -cp c Options
$J -Djava.system.class.loader=Nope -XX:-UseSharedSpaces -Xlog:disable -cp c Options
$J -Xss64k -cp c Options
$J -Djava.home=/none -cp c Options | tail -1
$J -p text.jar -m a/b
$J -p none -m a/b
$J -Dfile.encoding=nope -cp c Options | tail -1
$J --patch-module java.base=none -cp c Options
$J -Xlog:nonsense -cp c Options
$J -Xlog:gc+gc -cp c Options
$J -Xlog:gc=inf -cp c Options
$J -Xlog:gc::foo -cp c Options
$J -Xlog:gc:bad=x -cp c Options
$J -Xlog:gc:file=none/x -cp c Options
$J -Xlog:gc:file=x:none:filecount=a -cp c Options
$J -Xlog:disable -cp c Options
$J -Xnope -cp c Options
$J -nope -cp c Options
$J --nope=3 -cp c Options
$J -verbose:foo -cp c Options
$J -green -cp c Options
$J -agentlib:nosuch -cp c Options
$J -agentpath:/nosuch.so -cp c Options
$J --enable-preview -cp c Options
$J --illegal-access=permit -cp c Options
$J --patch-module java.base -cp c Options
$J --patch-module java.base=c --patch-module java.base=x -cp c Options
$J -Djava.home=/nosuch -cp c Options
$J @arguments x
$J @continued
$J @unterminated
$J @nosuch
$J @@arguments
$J --disable-@files -cp c Options @arguments
JDK_JAVA_OPTIONS="-Dx='a b' -cp c" $J Options
JDK_JAVA_OPTIONS="-cp c Options" $J
JDK_JAVA_OPTIONS="-version" $J -cp c Options
JDK_JAVA_OPTIONS="@arguments" $J
JDK_JAVA_OPTIONS="-Dx='unt" $J -cp c Options
JDK_JAVA_OPTIONS="-jar x.jar" $J
JAVA_TOOL_OPTIONS="-Dx=tool -Dy=tool" _JAVA_OPTIONS="-Dy=under" $J -Dx=cmd -Dy=cmd -cp c Options
JAVA_TOOL_OPTIONS="-nope" $J -cp c Options
JAVA_TOOL_OPTIONS="'unt" $J -cp c Options
_JAVA_OPTIONS="-Xmxfoo" $J -cp c Options
$J -cp c Options > /dev/full
$J -Djava.endorsed.dirs=foo -cp c Options
$J -Djava.endorsed.dirs= '-Djava.ext.dirs=""' -cp c Options
$J -Djava.ext.dirs=a:b -cp c Options
$J -Djdk.module.path=x -Djdk.module.patch.0=y -Djdk.module.other=z -cp c Options
$J -Dcom.sun.management.jmxremote.port=0 -Dcom.sun.management.jmxremote.ssl=false -Dcom.sun.management.jmxremote.authenticate=false -cp c Options
$J -Dcom.sun.management.jmxremote.port=x -cp c Options
$J -Dcom.sun.management.config.file=nofile -Dcom.sun.management.jmxremote -cp c Options
""".strip().splitlines()


def prepare(folder):
    subprocess.run([f"{HOME}/bin/javac", "-d", folder / "c", HERE / "source/Options.java",
                    HERE / "source/packaged/In.java"], check=True)
    (folder / "arguments").write_text('-cp c -Dx=file\nOptions one "two words"\n')
    (folder / "continued").write_text('-cp "c" -Dx="a\\tb" # comment\nOptions "1\\\n  2"\n')
    (folder / "unterminated").write_text('"unterminated')
    (folder / "vmoptions").write_text("-Dx=vmoptions\n-Dy='a b' -ea\n")


def run(java, folder, command):
    env = dict(os.environ, J=java, J3_JAVA_HOME=str(HOME))
    end = subprocess.run(["sh", "-c", command], cwd=folder, env=env, stdin=subprocess.DEVNULL,
                         capture_output=True, text=True, timeout=120)
    text = f"{end.stdout}{end.stderr}exit {end.returncode}"
    text = re.sub(r"\[\d+[.,]\d+s\]", "[time]", text.replace(java, "JAVA"))
    return f"--- {command}\n{text}\n"


def main():
    java = str(Path(shutil.which(sys.argv[1]) or sys.argv[1]).absolute())
    with tempfile.TemporaryDirectory(prefix="vmkit-options-") as name:
        folder = Path(name)
        prepare(folder)
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            for text in pool.map(lambda case: run(java, folder, case), CASES):
                print(text)


main()
