#!/usr/bin/env python3
"""check_libjvm.py -- every function of the JDK's interfaces to a virtual machine has a body here.

The interfaces: names that j3/jvm.h declares (check_exports.py compares what the built library exports
with what the JDK's libraries import), the JNI function table of the JDK's jni.h, and the management
table of j3/management.h.  docs/j3-libjvm-table.md lists them all; `--write` makes it anew, and the
check fails when it is out of date.
"""
import pathlib
import re
import subprocess
import sys

import check_exports
import checklib

TABLE = "docs/j3-libjvm-table.md"
# Bodies that answer without doing what the name says, and why.
NOTES = {
    "JVM_SetThreadPriority": "sets the field only, as HotSpot's default on Linux",
    "JVM_DefineArchivedModules": "does nothing: there is no class-data archive",
    "JVM_InitializeFromArchive": "does nothing: there is no class-data archive",
    "JVM_RegisterLambdaProxyClassForArchiving": "does nothing: there is no class-data archive",
    "JVM_LookupLambdaProxyClassFromArchive": "null: there is no class-data archive",
    "JVM_IsCDSDumpingEnabled": "false",
    "JVM_IsSharingEnabled": "false",
    "JVM_IsDumpingClassList": "false",
    "JVM_GetRandomSeedForDumping": "0",
    "JVM_LogLambdaFormInvoker": "does nothing",
    "JVM_DumpClassListToFile": "does nothing",
    "JVM_DumpDynamicArchive": "does nothing",
}
MANAGEMENT_NOTES = {
    "GetPoolCollectionUsage": "null: not supported by our pools",
    "SetPoolSensor": "does nothing: thresholds are not supported",
    "SetPoolThreshold": "does nothing: thresholds are not supported",
    "GetLastGCStat": "says that there was no collection",
    "SetGCNotificationEnabled": "does nothing",
    "GetInternalThreadTimes": "none: the vm has no threads of its own",
    "GetOneThreadAllocatedMemory": "-1: not counted by thread",
    "GetThreadAllocatedMemory": "-1: not counted by thread",
    "GetDiagnosticCommands": "InternalError naming itself",
    "GetDiagnosticCommandInfo": "InternalError naming itself",
    "GetDiagnosticCommandArgumentsInfo": "InternalError naming itself",
    "ExecuteDiagnosticCommand": "InternalError naming itself",
    "SetDiagnosticFrameworkNotificationEnabled": "does nothing",
}
TOOL_NOTES = {
    "FollowReferences": "NOT_AVAILABLE",
    "IterateOverReachableObjects": "NOT_AVAILABLE",
    "IterateOverObjectsReachableFromObject": "NOT_AVAILABLE",
    "GetExtensionFunctions": "there are none",
    "GetExtensionEvents": "there are none",
    "IterateThroughHeap": "only heap_iteration_callback is called",
    "RawMonitorWait": "an interrupt is told when the wait ends, and does not end it",
}
CALL_TYPES = "Object Boolean Byte Char Short Int Long Float Double Void".split()


def bodies(root):
    """name -> file, of functions of the exported sorts that j3/*.c defines, itself or by a macro."""
    found = {}
    for source in sorted((root / "j3").glob("*.c")):
        for name in re.findall(r"^(?:[A-Z]+_[A-Z]+\()?((?:JVM_|JNI_[A-Z][a-z]|jio_)\w+)[(,]", source.read_text(), re.M):
            found[name] = source.name
    return found


def filled(root, pattern, field):
    """Fields of a function table that the sources fill, macros with one parameter expanded."""
    names = set()
    for source in sorted((root / "j3").glob(pattern)):
        text = checklib.strip_comments(source.read_text()).replace("\\\n", " ")
        for macro, parameter, body in re.findall(r"#define (\w+)\((\w+)\)([^\n]*)", text):
            uses = re.findall(rf"^\s*{macro}\((\w+)\);", text, re.M)
            for target in re.findall(rf"{field}->([\w#]+) =", body):
                for use in uses:
                    names.add(re.sub(rf"\b{parameter}\b", use, target.replace("##", " "))
                              .replace(" ", ""))
        text = re.sub(r"#define[^\n]*", "", text)
        names |= set(re.findall(rf"{field}->(\w+) =", text))
    return names


def jni_slots(home):
    """Fields of JNINativeInterface_ in order, the four reserved ones left out."""
    text = (home / "include/jni.h").read_text()
    struct = re.search(r"struct JNINativeInterface_ \{(.*?)\n\};", checklib.strip_comments(text), re.S)
    return re.findall(r"JNICALL \*\s*(\w+)\s*\)", struct[1])


def jni_tests(root, home):
    """JNI function -> the C files of tests/java/jni that call it, their macros expanded."""
    tests = {}
    for source in sorted((root / "tests/java/jni").glob("*.c")):
        text = subprocess.run(["clang-19", "-E", "-P", f"-I{home}/include", f"-I{home}/include/linux", str(source)],
                              capture_output=True, text=True).stdout
        for name in set(re.findall(r"\(\*env\)->(\w+)\(", text)):
            tests.setdefault(name, []).append(source.stem)
    return tests


def management_slots(root):
    header = root / "j3/management.h"
    return re.findall(r"\(JNICALL \*(\w+)\)", header.read_text()) if header.exists() else []


def tool_rows(root):
    """(function, file, note) of the tool interface's table."""
    where = {}
    for source in sorted((root / "j3").glob("jvmti*.c")):
        for name in re.findall(r"^j3_ti_(\w+)\(|^STACK_LOCAL\((\w+)", source.read_text(), re.M):
            for n in [name[0]] if name[0] else [f"GetLocal{name[1]}", f"SetLocal{name[1]}"]:
                where[n] = source.name
    for kind, name, capability in re.findall(r"^J3_TI(_ABSENT)?\((\w+)(?:, (\w+))?\)",
                                             (root / "j3/jvmti_table.def").read_text(), re.M):
        yield name, "" if kind else where.get(name, "**missing**"), capability or TOOL_NOTES.get(name, "")


def table(root, home, body):
    version, _ = check_exports.version_script(root / "j3/libjvm.map")
    wanted = {}
    for library in sorted((home / "lib").glob("*.so")):
        out = subprocess.run(["nm", "-D", "-u", "--with-symbol-versions", str(library)],
                             capture_output=True, text=True).stdout
        for name in re.findall(r"\bU (\w+)@" + re.escape(version), out):
            wanted.setdefault(name, []).append(library.stem.removeprefix("lib"))
    lines = ["# What libjvm.so gives the JDK", "",
             "Made by `tools/check_libjvm.py --write`; do not edit. Design: "
             "[j3-libjvm.md](design/j3-libjvm.md).", "",
             "## Exported functions", "",
             "Importers are the libraries of the JDK on the machine that made this table.", "",
             "| function | importers | in | note |", "| --- | --- | --- | --- |"]
    for name in sorted(set(wanted) | set(body)):
        lines.append(f"| `{name}` | {', '.join(wanted.get(name, []))} | "
                     f"{body.get(name) or '**missing**'} | {NOTES.get(name, '')} |")
    lines += ["", "## The JNI function table", "",
              "All are implemented, and all again by `-Xcheck:jni`; those that differ only in a type are one row.",
              "Tests are the C files of `tests/java/jni` that call the function for all its types.", "",
              "| function | tested by |", "| --- | --- |"]
    have, tests, rows = filled(root, "jni*.c", "table"), jni_tests(root, home), {}
    for name in jni_slots(home):
        row = re.sub("(?<=^Call)(%s)|(?<=Nonvirtual)(%s)|(?<=Static)(%s)(?=Method)" %
                     (("|".join(CALL_TYPES),) * 3), "*Type*", name)
        row = re.sub("(?<=et)(%s)(?=Field|Array)|(?<=Static)(%s)(?=Field)|(?<=New)(%s)(?=Array$)|"
                     "(?<=Release)(%s)(?=ArrayEl)" % (("|".join(CALL_TYPES),) * 4), "*Type*", row)
        by = set(tests.get(name, [])) if name in have else set()
        by |= {"checkjni"} if name == "FatalError" else set()
        rows[row] = rows.get(row, by) & by
    lines += [f"| {row} | {', '.join(sorted(by)) or '**missing**'} |" for row, by in rows.items()]
    lines += ["", "## The management table", "",
              "`JVM_GetManagement(0x20030000)`.", "",
              "| function | note |", "| --- | --- |"]
    have = filled(root, "management*.c", "table")
    lines += [f"| {n} | {MANAGEMENT_NOTES.get(n, '') if n in have else '**missing**'} |"
              for n in management_slots(root)]
    lines += ["", "## The tool interface (JVMTI 17)", "",
              "Functions in the order of their table; those without a file need a capability that is not offered, and answer "
              "`JVMTI_ERROR_MUST_POSSESS_CAPABILITY`.", "",
              "| function | in | note |", "| --- | --- | --- |"]
    lines += [f"| {n} | {f} | {note} |" for n, f, note in tool_rows(root)]
    return "\n".join(lines) + "\n"


def check(root):
    body = bodies(root)
    declared = re.findall(r"\b((?:JVM_|jio_)\w+)\(",
                          checklib.strip_comments((root / "j3/jvm.h").read_text()))
    for name in declared:
        if name not in body:
            yield f"j3/jvm.h declares {name}, which no file of j3 defines"
    for name in sorted(set(management_slots(root)) - filled(root, "management*.c", "table")):
        yield f"entry {name} of the management table is not filled"
    home = check_exports.java_home()
    if not home or not (root / "docs").exists():
        return
    for name in sorted(set(jni_slots(home)) - filled(root, "jni*.c", "table")):
        yield f"entry {name} of the JNI function table is not filled"
    if (root / TABLE).read_text() != table(root, home, body):
        yield f"{TABLE} is out of date: run tools/check_libjvm.py --write"


CASES = [
    ("a body for each", {"j3/jvm.h": "void JVM_A(int x);", "j3/a.c": "void\nJVM_A(int x)\n{\n}\n"},
     None),
    ("a body is missing", {"j3/jvm.h": "void JVM_A(int x);\nint JVM_B(void);",
                           "j3/a.c": "void\nJVM_A(int x)\n{\n  JVM_B();\n}\n"}, "declares JVM_B"),
    ("an entry is not filled", {
        "j3/jvm.h": "", "j3/management.h": "jint(JNICALL *One)(void);\njint(JNICALL *Two)(void);\n",
        "j3/management.c": "#define FILL(name) table->name = m_##name\n  FILL(One);\n"}, "entry Two"),
    ("entries of a macro", {
        "j3/jvm.h": "", "j3/management.h": "jint(JNICALL *GetAX)(void);\njint(JNICALL *GetBX)(void);\n",
        "j3/management.c": "#define F(T) \\\n table->Get##T##X = m_##T\n  F(A);\n  F(B);\n"}, None),
]


if __name__ == "__main__":
    if sys.argv[1:] == ["--write"]:
        (checklib.ROOT / TABLE).write_text(
            table(checklib.ROOT, check_exports.java_home(), bodies(checklib.ROOT)))
    else:
        checklib.main(check, CASES)
