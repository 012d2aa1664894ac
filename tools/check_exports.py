#!/usr/bin/env python3
"""check_exports.py -- the shared libraries export what their interface says, no more and no less.

libvmkit.so: the names declared VMK_API in include/vmkit. libjvm.so: names that j3/libjvm.map lists,
all with its version; and every name that a library of this machine's JDK wants from it, because the
JDK's libraries are BIND_NOW and one missing name makes the load fail.
"""
import argparse
import fnmatch
import pathlib
import re
import subprocess
import sys
import tempfile

import checklib

API = re.compile(r"\bVMK_API\b([^;{]*)[;{]", re.S)
NOT_OURS = re.compile(r"^(_|\.)")  # linker's and sanitizers' own


def declared(include):
    """Names declared VMK_API: in `type name(...)`, `extern type name[...]`; attributes ignored."""
    names = set()
    for header in sorted(include.glob("*.h")):
        text = checklib.strip_comments(header.read_text())
        text = re.sub(r"^[ \t]*#.*?(?<!\\)$", "", text, flags=re.M | re.S)
        for m in API.finditer(text):
            found = re.search(r"\b([a-z]\w*)\s*\(", m[1]) or \
                re.search(r"(\w+)\s*(?:\[[^]]*\])?\s*$", m[1])
            if found:
                names.add(found[1])
    return names


def exported(library):
    """name -> version ('' without) of what the library defines for others."""
    out = subprocess.run(["nm", "-D", "--defined-only", "--with-symbol-versions", str(library)],
                         capture_output=True, text=True, check=True).stdout
    names = {}
    for line in out.splitlines():
        kind, symbol = line.split()[-2:]
        name, _, version = symbol.replace("@@", "@").partition("@")
        if kind != "A" and not NOT_OURS.match(name):
            names[name] = version
    return names


def check_libvmkit(include, library):
    want, have = declared(include), set(exported(library))
    for name in sorted(want - have):
        yield f"{name} is declared VMK_API, but {library.name} does not define it"
    for name in sorted(have - want):
        yield f"{library.name} exports {name}, which no header declares VMK_API"


def version_script(path):
    """(version, patterns) of a map with one node."""
    text = checklib.strip_comments(path.read_text())
    version = re.search(r"(\S+)\s*\{", text)[1]
    return version, re.findall(r"([\w*?]+)\s*;", re.search(r"global:(.*?)local:", text, re.S)[1])


def wanted_by_jdk(java_home, version):
    """name -> library, for what the JDK's libraries import with the version."""
    wanted = {}
    for library in sorted((java_home / "lib").glob("*.so")):
        out = subprocess.run(["nm", "-D", "-u", "--with-symbol-versions", str(library)],
                             capture_output=True, text=True).stdout
        for name in re.findall(r"\bU (\w+)@" + re.escape(version), out):
            wanted.setdefault(name, library.name)
    return wanted


def check_libjvm(map_file, library, java_home):
    version, patterns = version_script(map_file)
    have = exported(library)
    for name, of in sorted(have.items()):
        if not any(fnmatch.fnmatchcase(name, p) for p in patterns) and name != version:
            yield f"{library.name} exports {name}, which {map_file.name} does not list"
        elif of != version and name != version:
            yield f"{library.name}: {name} has version {of or 'none'}, not {version}"
    for name, by in sorted(wanted_by_jdk(java_home, version).items()) if java_home else ():
        if name not in have:
            yield f"{library.name} lacks {name}, which the JDK's {by} imports"


def java_home():
    for home in sorted(pathlib.Path("/usr/lib/jvm").glob("java-17-openjdk-*")):
        if (home / "lib/libjava.so").exists():
            return home
    return None


def build_library(folder, name, source, *flags):
    (folder / f"{name}.c").write_text(source)
    library = folder / f"{name}.so"
    subprocess.run(["clang-19", "-shared", "-fPIC", *flags, str(folder / f"{name}.c"),
                    "-o", str(library)], check=True)
    return library


def self_test():
    """Libraries that must be refused, built on the spot."""
    failed = 0

    def expect(name, found, text):
        nonlocal failed
        found = list(found)
        if (not found) if text is None else any(text in f for f in found):
            return
        failed += 1
        print(f"self-test {name}: expected {text!r}, found {found}")

    with tempfile.TemporaryDirectory(prefix="vmkit-exports-") as tmp:
        tmp = pathlib.Path(tmp)
        include = tmp / "include"
        include.mkdir()
        (include / "a.h").write_text(
            "#define VMK_API __attribute__((visibility(\"default\")))\n"
            "/* VMK_API int not_me(void); */\n"
            "VMK_API VMK_MUST_USE int vmk_one(int x,\n  void (*f)(int)) VMK_PRINTF(1, 2);\n"
            "extern VMK_API const int vmk_table[4];\n"
            "VMK_API struct s *vmk_two(void);\nint vmk_hidden(void);\n")
        code = "int vmk_one(void) {return 0;} int vmk_two(void) {return 0;} const int vmk_table[4];"
        expect("equal", check_libvmkit(include, build_library(tmp, "equal", code)), None)
        expect("one too many", check_libvmkit(include, build_library(
            tmp, "more", code + "int vmk_hidden(void) {return 0;}")), "exports vmk_hidden")
        expect("one missing", check_libvmkit(include, build_library(
            tmp, "less", "int vmk_one(void) {return 0;} const int vmk_table[4];")),
            "vmk_two is declared")

        map_file, all_map = tmp / "a.map", tmp / "all.map"
        map_file.write_text("V_1 {\n  global:\n    J_*;\n  local:\n    *;\n};\n")
        all_map.write_text("V_1 {\n  global:\n    *;\n};\n")
        code = "int J_a(void) {return 0;} int other(void) {return 0;}"
        jdk = tmp / "jdk"
        (jdk / "lib").mkdir(parents=True)

        def jvm(name, script):
            return build_library(tmp, name, code, f"-Wl,--version-script={script}")
        good = jvm("good", map_file)
        expect("by the map", check_libjvm(map_file, good, jdk), None)
        expect("not by the map", check_libjvm(map_file, jvm("all", all_map), jdk), "exports other")
        expect("no version", check_libjvm(map_file, build_library(
            tmp, "plain", "int J_a(void) {return 0;}"), jdk), "has version none")
        (tmp / "lib.c").write_text("int J_a(void); int J_b(void); int c(void) "
                                   "{return J_a() + J_b();}")
        both = build_library(tmp, "both", code + "int J_b(void) {return 0;}",
                             f"-Wl,--version-script={map_file}")
        subprocess.run(["clang-19", "-shared", "-fPIC", str(tmp / "lib.c"), str(both),
                        "-o", str(jdk / "lib/libc1.so")], check=True)
        expect("the JDK wants more", check_libjvm(map_file, good, jdk), "lacks J_b")
    print("self-test: " + ("as expected" if not failed else f"{failed} cases are not as expected"))
    return failed


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--self-test", action="store_true")
    parser.add_argument("--build", type=pathlib.Path, default=checklib.ROOT / "build")
    args = parser.parse_args()
    if args.self_test:
        sys.exit(1 if self_test() else 0)
    found = list(check_libvmkit(checklib.ROOT / "include/vmkit", args.build / "lib/libvmkit.so"))
    libjvm = args.build / "lib/j3/libjvm.so"
    if libjvm.exists():
        found += check_libjvm(checklib.ROOT / "j3/libjvm.map", libjvm, java_home())
    print("\n".join(found), end="\n" if found else "")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
