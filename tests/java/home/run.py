#!/usr/bin/env python3
"""tools/make-java-home: the commands of a JDK whose virtual machine is j3.

usage: run.py JAVA_COMMAND

With j3, makes a JAVA_HOME and uses the commands in it; with another java, uses its own. expected.txt holds
what HotSpot 17 gives; `tools/run-tests` compares.
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

TOOLS = HERE.parents[2] / "tools"

HELLO = """package hello;

public class Hello {
  record Point(int x, int y) {}

  public static void main(String[] arguments) {
    System.out.println("hello " + String.join(" ", arguments) + " " + new Point(1, 2));
  }
}
"""

COMMANDS = r"""
$JAVA_HOME/bin/javac -d classes Hello.java
$JAVA_HOME/bin/java -cp classes hello.Hello from the home
$JAVA_HOME/bin/java Hello.java from source
$JAVA_HOME/bin/jar --create --file hello.jar --main-class hello.Hello -C classes .
$JAVA_HOME/bin/jar --list --file hello.jar | sort
$JAVA_HOME/bin/java -jar hello.jar from a jar
$JAVA_HOME/bin/javap -cp hello.jar hello.Hello
echo 'int f(int n) { return n < 2 ? n : f(n - 1) + f(n - 2); }\nSystem.out.println(f(15));\n/exit' | $JAVA_HOME/bin/jshell -J-Djava.util.prefs.userRoot=. -s - 2>/dev/null | tail -1
$JAVA_HOME/bin/jdeps -s hello.jar
$JAVA_HOME/bin/java --list-modules | head -2 | cut -d@ -f1
$JAVA_HOME/bin/java -cp nowhere Nothing
""".strip().splitlines()


def main():
    java = Path(shutil.which(sys.argv[1]) or sys.argv[1]).absolute()
    with tempfile.TemporaryDirectory(prefix="vmkit-home-") as name:
        folder = Path(name)
        env = dict(os.environ)
        if java.name == "java":
            env["JAVA_HOME"] = str(java.resolve().parent.parent)
        else:
            env["JAVA_HOME"] = str(folder / "home")
            env["VMKIT_BUILD"] = str(java.parent.parent)
            subprocess.run([TOOLS / "make-java-home", folder / "home"], env=env, check=True,
                           stdout=subprocess.DEVNULL)
        env.update(sanitizer.preload(java))
        (folder / "Hello.java").write_text(HELLO)
        for command in COMMANDS:
            end = subprocess.run(["sh", "-c", command], cwd=folder, env=env, text=True, timeout=240,
                                 capture_output=True)
            print("---", command)
            print(end.stdout + end.stderr, end="")
            print("exit", end.returncode)


main()
