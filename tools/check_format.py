#!/usr/bin/env python3
"""check_format.py -- sources are as clang-format 19 leaves them; --fix makes them so.

Tables (*.def) are aligned by hand and left alone; so are the benchmark's JNI kernels.
"""
import subprocess
import sys

import checklib

TOOL = "clang-format-19"
EXEMPT = ("bench/",)


def formatted_sources(root):
    return [f for f in checklib.sources(root) if not str(f.relative_to(root)).startswith(EXEMPT)]


def check(root):
    files = formatted_sources(root)
    if not files:
        return
    done = subprocess.run(
        [TOOL, "--dry-run", "-Werror", "--ferror-limit=1"]
        + [str(f.relative_to(root)) for f in files],
        cwd=root, capture_output=True, text=True)
    for line in done.stderr.splitlines():
        if "error: code should be clang-formatted" in line:
            yield line.split(" error:")[0] + " not formatted (make fmt)"
    if done.returncode != 0 and "clang-formatted" not in done.stderr:
        yield done.stderr.strip()


STYLE = (checklib.ROOT / ".clang-format").read_text()
CASES = [
    ("our style", {".clang-format": STYLE, "src/a.c": "int\nmain(void)\n{\n  return 0;\n}\n"}, None),
    ("type and name on one line",
     {".clang-format": STYLE, "src/a.c": "int main(void)\n{\n  return 0;\n}\n"}, "src/a.c:1"),
    ("four spaces", {".clang-format": STYLE, "src/a.c": "int\nmain(void)\n{\n    return 0;\n}\n"},
     "src/a.c:3"),
    ("a table", {".clang-format": STYLE, "src/a.def": "X(a,    b)\n"}, None),
]

if __name__ == "__main__":
    if sys.argv[1:] == ["--fix"]:
        files = formatted_sources(checklib.ROOT)
        for _ in range(40):  # one pass may leave what the next one moves
            subprocess.run([TOOL, "-i"] + [str(f) for f in files], check=True)
            if not list(check(checklib.ROOT)):
                sys.exit(0)
        sys.exit(1)
    checklib.main(check, CASES)
