#!/usr/bin/env python3
"""check_runner.py -- tools/run-tests itself: it must fail what fails, and say so in its last line.

Builds small trees with programs that misbehave in one way each, and runs a copy of run-tests there.
"""
import pathlib
import shutil
import subprocess
import sys
import tempfile

import checklib

VIR = """#!/bin/bash
case $1 in
*good*) echo 42;;
*wrong*) echo 41;;
*crash*) echo 42; kill -SEGV $$;;
*hang*) sleep 100;;
*throw*) echo "uncaught: bounds" >&2; exit 1;;
*refuse*) echo "$1:1: no such operation" >&2; exit 2;;
esac
"""
EXPECT = ";; expect: 42\n;; modes: default\n"
THROWS = ";; throws: bounds\n;; modes: default\n"
ERROR = ";; error: no such operation\n"
PASS, FAIL = "1 passed, 0 failed", "0 passed, 1 failed"

# name, files, what the last line must be
IR = [
    ("right output", {"good.vir": EXPECT}, PASS),
    ("wrong output", {"wrong.vir": EXPECT}, FAIL),
    ("right output, then a crash", {"crash.vir": EXPECT}, FAIL),
    ("no end", {"hang.vir": EXPECT}, FAIL),
    ("a throw that was expected", {"throw.vir": THROWS}, PASS),
    ("a throw that was not", {"throw.vir": EXPECT}, FAIL),
    ("no throw", {"good.vir": THROWS}, FAIL),
    ("another throw", {"throw.vir": ";; throws: null\n;; modes: default\n"}, FAIL),
    ("a refusal", {"refuse.vir": ERROR}, PASS),
    ("no refusal", {"good.vir": ERROR}, FAIL),
    ("a file that says nothing", {"good.vir": "\n"}, "0 passed, 6 failed"),
    ("several", {"good.vir": EXPECT, "wrong.vir": EXPECT}, "1 passed, 1 failed"),
    ("nothing to run", {}, "0 passed, 0 failed"),
]

JAVA = """#!/bin/bash
for last; do :; done
case $last in Good) echo hello; echo careful >&2;; Status) echo hello; exit 3;; esac
"""
MAIN = "class %s { public static void main(String[] a) {} }\n"
GOOD = {"Good.java": MAIN % "Good", "Good.out": "hello\n"}
STATUS = {"Status.java": MAIN % "Status", "Status.out": "hello\n"}
JAVA_CASES = [
    ("right output", GOOD, PASS),
    ("wrong output", GOOD | {"Good.out": "hullo\n"}, FAIL),
    ("output one newline short", GOOD | {"Good.out": "hello"}, FAIL),
    ("nothing recorded", {"Good.java": MAIN % "Good"}, FAIL),
    ("right stderr", GOOD | {"Good.err": "~care.*\n"}, PASS),
    ("wrong stderr", GOOD | {"Good.err": "careless\n"}, FAIL),
    ("wrong status", STATUS, FAIL),
    ("right status", STATUS | {"Status.exit": "3\n"}, PASS),
]


def last_line(kind, program, script, files):
    with tempfile.TemporaryDirectory(prefix="vmkit-runner-") as tmp:
        root = pathlib.Path(tmp)
        (root / "tools").mkdir()
        shutil.copy(checklib.ROOT / "tools/run-tests", root / "tools")
        (root / "build/bin").mkdir(parents=True)
        (root / "build/bin" / program).write_text(script)
        (root / "build/bin" / program).chmod(0o755)
        (root / "build/lib/j3").mkdir(parents=True)
        (root / "build/lib/j3/libjvm.so").touch()  # Java is skipped without
        folder = root / "tests" / kind / "area"
        folder.mkdir(parents=True)
        for name, text in files.items():
            (folder / name).write_text(text)
        mode = ["--mode", "default"] if kind == "java" else []
        done = subprocess.run([root / "tools/run-tests", kind, "--timeout", "1", *mode],
                              capture_output=True, text=True)
        line = (done.stdout.strip().splitlines() or [done.stderr])[-1]
        if (done.returncode == 0) != (line.endswith(" 0 failed") and not line.startswith("0 ")):
            line += f", but status {done.returncode}"
        return line


def main():
    if sys.argv[1:] == ["--self-test"]:
        print("self-test: the check is one")
        return
    failed = 0
    for kind, program, script, cases in (("ir", "vir", VIR, IR), ("java", "j3", JAVA, JAVA_CASES)):
        for name, files, expected in cases:
            found = last_line(kind, program, script, files)
            if found != expected:
                failed += 1
                print(f"{kind}, {name}: run-tests should say {expected!r}, says {found!r}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
