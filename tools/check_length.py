#!/usr/bin/env python3
"""check_length.py -- no source file over 1,500 lines; over 800 it prints a warning and passes."""
import sys

import checklib

SOFT, HARD = 800, 1500


def check(root):
    for file in checklib.sources(root, checklib.C_SUFFIXES + (".def", ".py", ".java")):
        with file.open(errors="replace") as f:
            lines = sum(1 for _ in f)
        if lines > HARD:
            yield f"{file.relative_to(root)}: {lines} lines, the limit is {HARD}"
        elif lines > SOFT:
            print(f"warning: {file.relative_to(root)}: {lines} lines, better under {SOFT}",
                  file=sys.stderr)


CASES = [
    ("at the limit", {"src/base/a.c": "x\n" * HARD}, None),
    ("past the limit", {"src/base/a.c": "x\n" * (HARD + 1)}, "1501 lines"),
    ("past the limit in a test", {"tests/unit/t.c": "x\n" * (HARD + 1)}, "1501 lines"),
]

if __name__ == "__main__":
    checklib.main(check, CASES)
