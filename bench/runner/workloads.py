"""The workloads of bench/workloads: applications of Debian packages, driven by small programs of ours.

bench/setup has installed the packages and made the inputs; a workload that lacks something is left
out with a word. Every iteration of a workload must give the same answer as HotSpot's, in
workloads.toml."""
import hashlib
import pathlib
import re
import shutil
import sys
import tomllib

from .case import Case
from .kernels import COMMON, compile_java
from .process import OUT, ROOT

WORKLOADS = ROOT / "bench/workloads"
BUILT = OUT / "workloads"
INPUTS = BUILT / "inputs"       # bench/setup fills it
JARS = pathlib.Path("/usr/share/java")


def listed(args):
    with (WORKLOADS / "workloads.toml").open("rb") as f:
        table = tomllib.load(f)
    for name, row in table.items():
        if args.only and name not in args.only:
            continue
        missing = [j for j in row.get("jars", []) if not (JARS / f"{j}.jar").exists()]
        if missing or not (INPUTS / "math3").exists():
            print(f"bench: {name} is left out: {', '.join(missing) or 'its inputs'} not there; "
                  "run make bench-setup", file=sys.stderr)
        else:
            yield name, row


def class_path(name, row):
    jars = [str(JARS / f"{j}.jar") for j in row.get("jars", [])]
    return ":".join([str(BUILT / name), str(BUILT / "common"), *jars])


def build(name, row):
    common = [COMMON / "Bench.java", *sorted((WORKLOADS / "common").glob("*.java"))]
    compile_java(BUILT / "common", common)
    compile_java(BUILT / name, sorted((WORKLOADS / name).glob("*.java")), class_path(name, row))
    for ours in (WORKLOADS / "inputs").iterdir():
        shutil.copyfile(ours, INPUTS / ours.name)


def answer(out, iterations):
    """Of the first iterations: all that HotSpot's answer was taken of."""
    lines = [line for line in out.splitlines(keepends=True) if line.startswith("iter ")]
    return hashlib.sha256("".join(lines[:iterations]).encode()).hexdigest()[:16]


def case(part, name, row, size, iterations, seconds):
    known = row[size]["iterations"]
    expected = row.get("answer", {}).get(size)
    iterations = iterations or known
    scratch = BUILT / "scratch" / name

    def check(out):
        found = re.findall(r"^iter \d+ check .*$", out, re.M)
        if len(found) != iterations:
            return f"{len(found)} answers instead of {iterations}"
        if iterations >= known and expected and answer(out, known) != expected:
            return f"another answer than HotSpot's: {found[:known]}"
        return ""

    def before():
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir(parents=True)
    arguments = (*row.get("options", []), "-Djava.awt.headless=true", f"-Dbench.in={INPUTS}",
                 f"-Dbench.tmp={scratch}", "-cp", class_path(name, row), row["main"], iterations,
                 row[size]["size"])
    return Case(part, name, arguments, check, seconds, before=before)


def cases(args):
    seconds = 300 if args.size == "small" else 1800
    found = []
    for name, row in listed(args):
        build(name, row)
        found.append(case("workloads", name, row, args.size, None, seconds))
    return found


def warmup(args):
    found = []
    for name, row in listed(args):
        build(name, row)
        found.append(case("warmup", name, row, "small", args.iterations, 900))
    return found
