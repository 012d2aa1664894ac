#!/usr/bin/env python3
"""check_headers.py -- every header compiles alone: no order of includes to know.

Public ones as C17 and C++17, with clang and gcc; internal ones as the library is compiled.
"""
import concurrent.futures
import pathlib
import subprocess

import checklib

COMPILERS = [
    ["clang-19", "-std=c17", "-xc"],
    ["clang++-19", "-std=c++17", "-xc++"],
    ["gcc", "-std=c17", "-xc"],
    ["g++", "-std=c++17", "-xc++"],
]


INTERNAL = ["clang-19", "-std=gnu17", "-xc", "-D_GNU_SOURCE", "-Wthread-safety",
            "-Wno-unused-function"]
JNI = [f"-isystem{folder}" for home in pathlib.Path("/usr/lib/jvm").glob("java-17-openjdk-*")
       for folder in (home / "include", home / "include/linux")]


def compile_alone(root, header, compiler, folders):
    """Twice in one unit, so that a missing include guard shows too."""
    line = f'#include "{header}"\n'
    done = subprocess.run(
        compiler + ["-fsyntax-only", "-Wall", "-Wextra", "-Werror"]
        + [f"-I{root / folder}" for folder in folders] + ["-"],
        input=line + line, capture_output=True, text=True)
    if done.returncode != 0:
        lines = done.stderr.strip().splitlines() or ["?"]
        errors = [l for l in lines if "error" in l] or lines
        return f"{header.relative_to(root)} alone, {compiler[0]} {compiler[1]}: {errors[0]}"
    return None


def check(root):
    public = sorted((root / "include/vmkit").glob("*.h"))
    if not public:
        yield "no headers under include/vmkit"
    work = [(h, c, ["include"]) for h in public for c in COMPILERS]
    work += [(h, INTERNAL, ["include", "src"]) for h in checklib.sources(root, (".h",), ("src",))]
    work += [(h, INTERNAL + JNI, ["include", "j3"]) for h in checklib.sources(root, (".h",), ("j3",))]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        jobs = [pool.submit(compile_alone, root, *w) for w in work]
        yield from (j.result() for j in jobs if j.result())


GUARD = "#ifndef A_H\n#define A_H\n%s\n#endif\n"
CASES = [
    ("self-contained", {"include/vmkit/a.h": GUARD % "#include <stdint.h>\nextern int64_t a;"}, None),
    ("needs another header", {"include/vmkit/a.h": GUARD % "extern int64_t a;"}, "gcc -std=c17"),
    ("a C++ keyword", {"include/vmkit/a.h": GUARD % "int a(int class);"}, "clang++-19"),
    ("C only, which clang++ takes and g++ does not",
     {"include/vmkit/a.h": GUARD % "extern _Atomic(int) a;"}, "g++ -std=c++17"),
    ("an internal one that needs another",
     {"include/vmkit/a.h": GUARD % "extern int a;", "src/gc/b.h": GUARD % "extern int64_t b;"},
     "src/gc/b.h alone"),
    ("no include guard", {"include/vmkit/a.h": "struct a { int b; };\n"}, "redefinition"),
]

if __name__ == "__main__":
    checklib.main(check, CASES)
