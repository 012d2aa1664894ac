"""What scripts of tests must know of a j3 that was built with a sanitizer: a program that loads its libjvm.so
needs the same one, built in or preloaded."""
import re
import subprocess


def of(java):
    """'address', 'thread' or None, of the build folder that bin/j3 is in."""
    options = java.parent.parent / "meson-info/intro-buildoptions.json"
    found = re.search(r'"sanitize",\s*"value": "(address|thread)"', options.read_text() if options.exists() else "")
    return found[1] if found else None


def runtime(sanitizer):
    """The library to preload."""
    name = {"address": "asan", "thread": "tsan"}[sanitizer]
    return subprocess.run(["clang-19", f"-print-file-name=libclang_rt.{name}-x86_64.so"], check=True, text=True,
                          capture_output=True).stdout.strip()


def preload(java):
    """What the environment of programs must have then."""
    found = of(java)
    return {"LD_PRELOAD": runtime(found), "ASAN_OPTIONS": "detect_leaks=0"} if found else {}
