"""The kernels of bench/kernels: compiled, listed, and what they must print."""
import subprocess

from .case import Case
from .peer import JAVA_HOME
from .process import OUT, ROOT

KERNELS = ROOT / "bench/kernels"
COMMON = ROOT / "bench/common"
CLASSES = OUT / "kernels"


def compile_java(out, sources, class_path=""):
    """With HotSpot's javac, unless the classes are newer than every source."""
    stamp = out / ".compiled"
    newest = max(s.stat().st_mtime for s in sources)
    if stamp.exists() and stamp.stat().st_mtime > newest:
        return
    out.mkdir(parents=True, exist_ok=True)
    subprocess.run([JAVA_HOME / "bin/javac", "-nowarn", "-g", "-Xlint:none", "-XDsuppressNotes",
                    "-proc:none", "-cp", class_path, "-d", out, *sources], check=True)
    stamp.touch()


def build():
    compile_java(CLASSES, [*sorted(KERNELS.glob("*.java")), COMMON / "Bench.java"])
    library = CLASSES / "libkjni.so"
    if not library.exists():
        subprocess.run(["cc", "-O2", "-shared", "-fPIC", f"-I{JAVA_HOME}/include",
                        f"-I{JAVA_HOME}/include/linux", KERNELS / "kjni.c", "-o", library],
                       check=True)


def answers():
    """{(name, size): the line that each iteration prints}"""
    found = {}
    for line in (KERNELS / "expected").read_text().splitlines():
        name, size, *_ = line.split()
        found[name, int(size)] = line
    return found


def listed(args):
    """(name, {"small": (iterations, size), "large": ...})"""
    for line in (KERNELS / "list.txt").read_text().splitlines():
        if line.strip() and not line.startswith("#"):
            name, *numbers = line.split()
            small_n, small, large_n, large = map(int, numbers)
            if not args.only or name in args.only:
                yield name, {"small": (small_n, small), "large": (large_n, large)}


def case(part, name, iterations, size, expected, seconds):
    def check(out):
        lines = out.splitlines()
        if len(lines) != iterations:
            return f"{len(lines)} answers instead of {iterations}"
        if expected and set(lines) != {expected}:
            return f"answers {lines[-1]!r} instead of {expected!r}"
        return "" if len(set(lines)) == 1 else f"answers differ: {sorted(set(lines))[:2]}"
    return Case(part, name, ("-cp", CLASSES, f"-Djava.library.path={CLASSES}", "K", name,
                             iterations, size), check, seconds, CLASSES)


def cases(args):
    build()
    known = answers()
    seconds = 180 if args.size == "small" else 900
    found = []
    for name, sizes in listed(args):
        iterations, size = sizes[args.size]
        found.append(case("kernels", name, iterations, size, known.get((name, size)), seconds))
    return found


def warmup(args):
    """Small sizes, many iterations: the curve from the first to the steady state."""
    build()
    known = answers()
    return [case("warmup", name, args.iterations, sizes["small"][1],
                 known.get((name, sizes["small"][1])), 300) for name, sizes in listed(args)]
