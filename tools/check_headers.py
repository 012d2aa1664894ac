#!/usr/bin/env python3
"""check_headers.py -- every public header compiles alone, as C17 and C++17, with clang and gcc."""
import concurrent.futures
import subprocess

import checklib

COMPILERS = [
    ["clang-19", "-std=c17", "-xc"],
    ["clang++-19", "-std=c++17", "-xc++"],
    ["gcc", "-std=c17", "-xc"],
    ["g++", "-std=c++17", "-xc++"],
]


def compile_alone(root, header, compiler):
    """Twice in one unit, so that a missing include guard shows too."""
    line = f"#include <vmkit/{header.name}>\n"
    done = subprocess.run(
        compiler + ["-fsyntax-only", "-Wall", "-Wextra", "-Werror", f"-I{root / 'include'}", "-"],
        input=line + line, capture_output=True, text=True)
    if done.returncode != 0:
        first = (done.stderr.strip().splitlines() or ["?"])
        errors = [l for l in first if "error" in l] or first
        return f"include/vmkit/{header.name} alone, {compiler[0]} {compiler[1]}: {errors[0]}"
    return None


def check(root):
    headers = sorted((root / "include/vmkit").glob("*.h"))
    if not headers:
        yield "no headers under include/vmkit"
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        jobs = [pool.submit(compile_alone, root, h, c) for h in headers for c in COMPILERS]
        yield from (j.result() for j in jobs if j.result())


GUARD = "#ifndef A_H\n#define A_H\n%s\n#endif\n"
CASES = [
    ("self-contained", {"include/vmkit/a.h": GUARD % "#include <stdint.h>\nextern int64_t a;"}, None),
    ("needs another header", {"include/vmkit/a.h": GUARD % "extern int64_t a;"}, "gcc -std=c17"),
    ("a C++ keyword", {"include/vmkit/a.h": GUARD % "int a(int class);"}, "clang++-19"),
    ("C only, which clang++ takes and g++ does not",
     {"include/vmkit/a.h": GUARD % "extern _Atomic(int) a;"}, "g++ -std=c++17"),
    ("no include guard", {"include/vmkit/a.h": "struct a { int b; };\n"}, "redefinition"),
]

if __name__ == "__main__":
    checklib.main(check, CASES)
