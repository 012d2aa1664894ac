#!/usr/bin/env python3
"""The attach mechanism: the JDK's own tools, and the interface of jdk.attach, on a vm that runs.

usage: run.py JAVA_COMMAND [SECTION]

expected.txt holds what HotSpot 17 gives; `tools/run-tests` compares.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
SOURCE = HERE / "source"
JDK = Path(os.environ.get("J3_JAVA_HOME") or min(Path("/usr/lib/jvm").glob("java-17-openjdk-*")))
PLAIN = {k: v for k, v in os.environ.items() if k != "VMK_OPTS"} # for the JDK's own programs


class Target:
    """A vm to look at."""

    def __init__(self, java, folder, *options):
        self.process = subprocess.Popen([java, *options, "-Dgiven=as given", "-cp", ".", "Target", "some", "arguments"], cwd=folder,
                                        text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.folder = folder
        print(self.process.stdout.readline(), end="")

    def pid(self):
        return str(self.process.pid)

    def ask(self):
        self.process.stdin.write("x")
        self.process.stdin.flush()
        print(self.process.stdout.readline(), end="")

    def end(self):
        rest = self.process.communicate(timeout=100)[0]
        print(re.sub(r"^\tat .*\n", "", rest, flags=re.M), end="")
        print("status", self.process.returncode, "socket", Path(f"/tmp/.java_pid{self.pid()}").exists())


def text_of(command, folder):
    end = subprocess.run(command, cwd=folder, text=True, timeout=100, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=PLAIN)
    return end.stdout, end.returncode


def tools(java, folder):
    """jcmd, jstack, jmap, jinfo."""
    target = Target(java, folder)
    pid = target.pid()

    def tell(tool, *arguments):
        """What the tool says after the line with the number of the process."""
        text, status = text_of([JDK / "bin" / tool, *arguments[:-1], pid, *arguments[-1].split()] if tool == "jcmd" else
                               [JDK / "bin" / tool, *arguments, pid], folder)
        print(f"-- {tool} {' '.join(arguments)}: {status}".replace(str(folder), "FOLDER"))
        return text.removeprefix(f"{pid}:\n")

    def has(text, *patterns):
        for p in patterns:
            print(bool(re.search(p, text, re.M)), p)

    has(tell("jcmd", "help"), r"^The following commands", *(f"^{c}$" for c in (
        "GC.class_histogram", "GC.heap_dump", "GC.heap_info", "GC.run", "GC.run_finalization", "Thread.print", "VM.command_line",
        "VM.flags", "VM.system_properties", "VM.uptime", "VM.version", "help")), "For more information about a specific command use")
    has(tell("jcmd", "VM.version"), r"version", r"^JDK 17")
    has(tell("jcmd", "VM.command_line"), r"^jvm_args: -Dgiven=as given", r"^java_command: Target some arguments$",
        r"^java_class_path \(initial\): \.$", "^Launcher Type: SUN_STANDARD$")
    has(tell("jcmd", "VM.system_properties"), r"^given=as given$", r"^java.class.path=\.$")
    has(tell("jcmd", "VM.flags"), r"-XX:MaxHeapSize=\d+")
    has(tell("jcmd", "VM.uptime"), r"^\d+\.\d\d\d s$")
    has(tell("jcmd", "VM.uptime -date"), r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d\d\d[+-]\d{4}: \d+\.\d\d\d s$")
    has(tell("jcmd", "Thread.print"), r"^Full thread dump", r'^"main" #1', r"at Target.main\(Target.java:7\)",
        r'^"Attach Listener"', r'^"Signal Dispatcher"')
    has(tell("jcmd", "Thread.print -l"), r"^Full thread dump")
    print(tell("jcmd", "GC.run"), end="")
    print(tell("jcmd", "GC.run_finalization"), end="")
    has(tell("jcmd", "GC.heap_info"), r"total \d+K, used \d+K", r"^ Metaspace +used \d+K")
    has(tell("jcmd", "GC.class_histogram"), r"^ num     #instances         #bytes  class name \(module\)\n-{55}$",
        r"^ {3}1: +\d+ +\d+  \S+ \(java.base@17.*\)$", r"^ *\d+: +\d+ +\d+  \[Ljava.lang.String; \(java.base@", r"^Total +\d+ +\d+$")
    has(tell("jcmd", f"GC.heap_dump {folder}/dump"), r"^Dumping heap to .*/dump \.\.\.$", r"^Heap dump file created \[\d+ bytes in ")
    print((folder / "dump").read_bytes()[:18])
    has(tell("jcmd", f"GC.heap_dump {folder}/dump"), r"^Unable to create .*/dump: File exists$")
    for wrong in ("No.such", "GC.heap_dump", "GC.run argument", "VM.uptime -wrong", "VM.uptime -date argument", "help No.such"):
        print(tell("jcmd", wrong), end="")
    has(tell("jstack"), r"^Full thread dump", r'^"main" #1', r"at Target.main\(Target.java:7\)")
    has(tell("jmap", "-histo"), r"^ num     #instances", r"^Total")
    has(tell("jmap", "-histo:live"), r"^Total")
    has(tell("jmap", f"-dump:live,format=b,file={folder}/live"), r"^Heap dump file created")
    has(tell("jinfo", "-sysprops"), r"^given=as given$")
    print(tell("jinfo", "-flag", "PrintGC"), end="")
    print(tell("jinfo", "-flag", "NoSuchFlag"), end="")
    target.end()


def api(java, folder):
    """VirtualMachine.attach and what it can do."""
    target = Target(java, folder)
    target.ask()
    attach(java, folder, target.pid())
    target.ask()
    target.end()


def attach(java, folder, pid, *options):
    text, status = text_of([java, *options, "-cp", ".", "Attacher", pid, folder / "late.jar", folder / "none.jar"], folder)
    print(re.sub(r"^(\tat .*|\.\.\. \d+ more)\n", "", text.replace(str(folder), "FOLDER"), flags=re.M), end="")
    print("status", status)


def self_attach(java, folder):
    """A vm that attaches to itself."""
    attach(java, folder, "self", "-Djdk.attach.allowAttachSelf=true", "-Dgiven=as given")


def disabled(java, folder):
    """-XX:+DisableAttachMechanism."""
    target = Target(java, folder, "-XX:+DisableAttachMechanism")
    attach(java, folder, target.pid(), "-Dsun.tools.attach.attachTimeout=500")
    target.process.stdin.write("x")
    target.process.stdin.flush()
    text = target.process.communicate(timeout=100)[0]
    print("as it was null" in text, target.process.returncode)


def main():
    java = Path(shutil.which(sys.argv[1]) or sys.argv[1]).absolute()
    with tempfile.TemporaryDirectory(prefix="vmkit-attach-") as name:
        folder = Path(name)
        subprocess.run([JDK / "bin/javac", "-d", folder, *SOURCE.glob("*.java")], check=True)
        for agent, manifest in (("late", "Agent-Class: Late\nCan-Retransform-Classes: true\n"), ("none", "X: y\n")):
            (folder / "manifest").write_text(manifest)
            files = [part for f in folder.glob("Late*.class") for part in ("-C", folder, f.name)]
            subprocess.run([JDK / "bin/jar", "cfm", folder / f"{agent}.jar", folder / "manifest", *files], check=True)
        for section in (tools, api, self_attach, disabled):
            if len(sys.argv) < 3 or sys.argv[2] == section.__name__:
                print("==", section.__doc__)
                section(java, folder)


main()
