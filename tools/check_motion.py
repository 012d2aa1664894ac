#!/usr/bin/env python3
"""check_motion.py -- the motion discipline of vmk_moves.h is one that clang enforces.

Every file of tests/motion opens with `/* accept: why */` or `/* reject: message */`. Accepted files
must compile with -Wthread-safety -Werror; the others must be refused with that message (or one of
several between ` | `) and no other, so each seeded mistake is caught for what it is.
"""
import re
import subprocess

import checklib

FLAGS = ["-std=gnu17", "-D_GNU_SOURCE", "-fsyntax-only", "-Wall", "-Wextra", "-Wno-unused-result",
         "-Wthread-safety", "-Werror", "-ferror-limit=0"]


def check_file(root, file):
    name = file.relative_to(root)
    header = re.match(r"/\* (accept|reject): (.*) \*/", file.read_text())
    if not header:
        yield f"{name}: does not open with /* accept: ... */ or /* reject: ... */"
        return
    verdict, message = header.groups()
    done = subprocess.run(["clang-19", *FLAGS, f"-I{root / 'include'}", str(file)],
                          capture_output=True, text=True)
    errors = re.findall(r"error: (.*)", done.stderr)
    if verdict == "accept":
        for e in errors:
            yield f"{name}: should be accepted, but: {e}"
        return
    if not errors:
        yield f"{name}: should be rejected, but compiles"
    for e in errors:
        if "thread-safety" not in e or not any(m in e for m in message.split(" | ")):
            yield f"{name}: rejected for another reason: {e}"


def check(root):
    files = sorted((root / "tests/motion").glob("*.c"))
    if not files:
        yield "no files in tests/motion"
    for file in files:
        yield from check_file(root, file)


MOVES = (checklib.ROOT / "include/vmkit/vmk_moves.h").read_text()
TREE = {"include/vmkit/vmk_moves.h": MOVES}
PRELUDE = "#include <vmkit/vmk_moves.h>\nvoid alloc(void) VMK_MOVES;\nvoid f(void);\n"
CASES = [
    ("a mistake that is caught", TREE | {
        "tests/motion/a.c": "/* reject: calling function 'alloc' requires holding */\n" + PRELUDE +
        "void f(void) { alloc(); }\n"}, None),
    ("a mistake nobody sees", TREE | {
        "tests/motion/a.c": "/* reject: requires holding */\n" + PRELUDE + "void f(void) {}\n"},
     "should be rejected, but compiles"),
    ("refused for another reason", TREE | {
        "tests/motion/a.c": "/* reject: requires holding */\n" + PRELUDE +
        "void f(void) { nothing; }\n"}, "another reason"),
    ("a correct file refused", TREE | {
        "tests/motion/a.c": "/* accept: fine */\n" + PRELUDE + "void f(void) { alloc(); }\n"},
     "should be accepted"),
    ("a file without a verdict", TREE | {"tests/motion/a.c": PRELUDE}, "does not open with"),
]

if __name__ == "__main__":
    checklib.main(check, CASES)
