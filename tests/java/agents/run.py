#!/usr/bin/env python3
"""Agents of java.lang.instrument, by the JDK's own libinstrument: starting them, their errors, class files changed when
classes are loaded and afterwards; and a debugger that changes classes.

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
sys.path.insert(0, str(HERE.parent))
import sanitizer

SOURCE = HERE / "source"
TOOLS = HERE.parents[2] / "tools"
JDK = Path(os.environ.get("J3_JAVA_HOME") or min(Path("/usr/lib/jvm").glob("java-17-openjdk-*")))
MORE = "// more"

# What a class is compiled again with: file, and texts that are replaced.
VARIANTS = {
    "v1": ("Subject", {}),
    "v2": ("Subject", {"v1": "v2", "return 1;": "return 2;"}),
    "v3": ("Subject", {"v1": "v3", "return 1;": "int x = field; x = 3; return x;"}),
    "addMethod": ("Subject", {MORE: "public int added() { return 1; }"}),
    "addPrivate": ("Subject", {MORE: "private static int added() { return 1; }"}),
    "addField": ("Subject", {MORE: "int added;"}),
    "removeField": ("Subject", {"int field = 7;": "", "priv() + field": "priv()"}),
    "fieldType": ("Subject", {"int field": "long field"}),
    "fieldFlags": ("Subject", {"int field": "volatile int field"}),
    "superclass": ("Subject", {"class Base implements": "class Base extends Thread implements", "static void run()": "static void run2()",
                               " run();": " run2();"}),
    "interfaces": ("Subject", {"implements Shape": "implements Shape, Cloneable"}),
    "classFlags": ("Subject", {"class Base": "abstract class Base", "new Base()": "new Derived()"}),
    "methodFlags": ("Subject", {"synchronized String": "String"}),
    "native": ("Subject", {'int small() { return 1; }': "native int small();"}),
    "component": ("Subject", {"record Pair(int a,": "record Pair(long a,"}),
}


def jar(path, manifest, folder, *names):
    text = path.with_suffix(".mf")
    text.write_text(manifest)
    files = [part for name in names for f in sorted(folder.glob(f"{name}*.class")) for part in ("-C", folder, f.name)]
    subprocess.run([JDK / "bin/jar", "cfm", path, text, *files], check=True)
    return path


def compile_variants(folder, out, variants):
    """Classes of each variant in a folder of its own below `out`; variants: name, file, what to replace."""
    arguments = []
    for name, file, changes in variants:
        work = out / name / file
        work.mkdir(parents=True)
        text = (SOURCE / f"{file}.java").read_text()
        for old, new in changes.items():
            assert old in text, (name, old)
            text = text.replace(old, new)
        (work / f"{file}.java").write_text(text)
        arguments += ["-nowarn", "-d", out / name, "-cp", folder, work / f"{file}.java", "--"]
    subprocess.run([JDK / "bin/java", "-cp", folder, "Compile", *arguments], check=True)


def run(command, **more):
    """Without what HotSpot says of its own C frames and of its archive."""
    sys.stdout.flush()
    end = subprocess.run(command, text=True, timeout=200, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **more)
    text = re.sub(r"Native frames:.*?\n\n", "", end.stdout, flags=re.S)
    sys.stdout.write(re.sub(r"OpenJDK .* warning: Sharing is only .*\n", "", text))
    print("status", end.returncode)


def errors(java, folder):
    """Agents that start and such as do not."""
    (folder / "text.jar").write_text("no archive\n")
    jar(folder / "none.jar", "X: y\n", folder, "Failing")
    jar(folder / "failing.jar", "Premain-Class: Failing\n", folder, "Failing")
    jar(folder / "without.jar", "Premain-Class: InBoot\n", folder, "InBoot")
    jar(folder / "nowhere.jar", "Premain-Class: Nowhere\n", folder, "InBoot")
    for agent in ("missing.jar", "text.jar", "none.jar", "failing.jar", "failing.jar=options", "without.jar", "nowhere.jar", ""):
        print(f"-- -javaagent:{agent}")
        run([java, f"-javaagent:{agent}", "-cp", "failing.jar", "Failing"], cwd=folder)
    print("-- -agentlib")
    run([java, "-agentlib:instrument=failing.jar", "-cp", "failing.jar", "Failing"], cwd=folder)


def starts(java, folder):
    """Boot-Class-Path, Launcher-Agent-Class, several agents."""
    boot = folder / "sub"
    boot.mkdir()
    jar(boot / "boot.jar", "X: y\n", folder, "InBoot")
    jar(folder / "starts.jar", "Premain-Class: Starts\nMain-Class: Starts\nLauncher-Agent-Class: Starts\n"
        "Can-Redefine-Classes: true\nBoot-Class-Path: nowhere.jar sub/boot.jar\n", folder, "Starts")
    run([java, "-javaagent:starts.jar=some options", "-cp", "starts.jar", "Starts"], cwd=folder)
    run([java, "-jar", "starts.jar"], cwd=folder)
    run([java, "-javaagent:starts.jar", "-javaagent:failing.jar", "-javaagent:starts.jar=again", "-cp", "failing.jar", "Failing"],
        cwd=folder)


def load(java, folder):
    """Class files changed when classes are loaded."""
    agent = jar(folder / "load.jar", "Premain-Class: Load\nCan-Retransform-Classes: true\nCan-Set-Native-Method-Prefix: true\n",
                folder, "Load")
    library = folder / "libNative.so"
    subprocess.run(["clang-19", "-shared", "-fPIC", f"-isystem{JDK}/include", f"-isystem{JDK}/include/linux", SOURCE / "Native.c",
                    "-o", library], check=True)
    system = jar(folder / "system.jar", "X: y\n", folder, "InSystem")
    boot = jar(folder / "boot.jar", "X: y\n", folder, "InBoot")
    run([java, f"-javaagent:{agent}", f"-Dlibrary={library}", "-cp", agent, "Load", system, boot])


def redefine(java, folder):
    """RedefineClasses."""
    variants = folder / "variants"
    more = (("v1", "More", {}), ("v2", "More", {"v1": "v2", "// lines": "\n" * 5}))
    compile_variants(folder, variants, [(name, *rest) for name, rest in VARIANTS.items()] + list(more))
    broken(variants)
    names = ("Redefine", "Base", "Derived", "Sibling", "Shape", "Pair", "Note")
    agent = jar(folder / "redefine.jar", "Premain-Class: Redefine\nCan-Redefine-Classes: true\n", folder, *names)
    run([java, f"-javaagent:{agent}={variants}", "-cp", agent, "Redefine"])


def broken(variants):
    """Class files that no compiler makes."""
    base = (variants / "v1/Base.class").read_bytes()
    for name, data in (("wrongName", (variants / "v1/Sibling.class").read_bytes()),
                       ("verify", base.replace(b"\x04\xac", b"\x2a\xac")), # small: iconst_1, aload_0; ireturn
                       ("broken", base[:200])):
        (variants / name).mkdir()
        (variants / name / "Base.class").write_bytes(data)
    shutil.copy(variants / "v2/Pair.class", variants / "broken")


def transform(java, folder):
    """RetransformClasses, and the other functions of Instrumentation."""
    agent = jar(folder / "transform.jar", "Premain-Class: Transform\nCan-Redefine-Classes: true\nCan-Retransform-Classes: true\n",
                folder, "Transform", "Load")
    run([java, f"-javaagent:{agent}", "-cp", agent, "Transform"])


def edit(java, folder):
    """A debugger changes a class."""
    variants = folder / "edit"
    compile_variants(folder, variants, [("v1", "Edited", {}), ("v2", "Edited", {"v1": "v2"}),
                                        ("addMethod", "Edited", {MORE: "int added() { return 1; }"})])
    home = home_of(java, folder)
    run([home / "bin/java", "-cp", folder, "Editor", home, variants / "v1", variants],
        env=dict(os.environ, **sanitizer.preload(java)))


def home_of(java, folder):
    if java.name == "java":
        return java.resolve().parent.parent
    env = dict(os.environ, VMKIT_BUILD=str(java.parent.parent))
    subprocess.run([TOOLS / "make-java-home", folder / "home"], env=env, check=True, stdout=subprocess.DEVNULL)
    return folder / "home"


def main():
    java = Path(shutil.which(sys.argv[1]) or sys.argv[1]).absolute()
    with tempfile.TemporaryDirectory(prefix="vmkit-agents-") as name:
        folder = Path(name)
        subprocess.run([JDK / "bin/javac", "-g", "-nowarn", "-d", folder, *SOURCE.glob("*.java")], check=True)
        for section in (errors, starts, load, redefine, transform, edit):
            if len(sys.argv) < 3 or sys.argv[2] == section.__name__:
                print("==", section.__doc__)
                section(java, folder)


main()
