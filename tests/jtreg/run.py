#!/usr/bin/env python3
"""run -- OpenJDK's own plain-Java tests: HotSpot first, then those that it passes on j3.

  tests/jtreg/run.py java/util java/lang     folders of the JDK's tests; default: these two
  tests/jtreg/run.py -k HashMap java/util    only tests whose name contains HashMap
  tests/jtreg/run.py --again fail,crash      run again what ended so before
  tests/jtreg/run.py --report                only print what is known

Nothing of OpenJDK is in this repository: tests/jtreg/fetch gets its sources from Debian into
build/jtreg, where class files, logs and results are kept too. A result is kept until --again names
its kind (or `all`), so an interrupted run goes on where it was. A log of a failed test is
build/jtreg/logs/<vm>/<name>.log and starts with the command that runs it alone.
"""
import argparse
import collections
import concurrent.futures
import glob
import json
import os
import pathlib
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

import describe

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
HERE = pathlib.Path(__file__).resolve().parent
WORK = ROOT / "build/jtreg"
TESTS = WORK / "jdk/test/jdk"
JARS = {  # of Debian's packages testng and junit5
    "testng": ["testng.jar", "jcommander.jar", "bsh.jar", "snakeyaml.jar"],
    "junit": ["junit-platform-console-standalone.jar"],
}
RUNNER = {
    "main": "Launch",
    "testng": "Launch org.testng.TestNG -verbose 2 -usedefaultlisteners false -testclass",
    "junit": "Launch org.junit.platform.console.ConsoleLauncher --disable-banner --details=tree"
             " --include-classname=.* --select-class",
}
SLOW_FACTOR = 15  # j3 may take so many times what HotSpot took, and SLOW_START seconds
SLOW_START = 30
LONGEST = 400
HOTSPOT_LIMIT = 60
BATCH = 16  # tests that share a process, if they can
EAGER_LIMIT = 60  # the same while it is not known what HotSpot takes
PASSED = "Launch: passed"


def java_home():
    for home in sorted(pathlib.Path("/usr/lib/jvm").glob("java-17-openjdk-*")):
        if (home / "bin/javac").exists():
            return home
    sys.exit("run: no OpenJDK 17 with javac (tools/setup)")


def j3_home(build):
    """A folder as JAVA_HOME with the j3 of a build: tests start `java` of the home they run in."""
    home, library = WORK / "home", build / "lib/j3/libjvm.so"
    made = home / "lib/server/libjvm.so"
    if not made.exists() or made.stat().st_mtime < library.stat().st_mtime:
        subprocess.run([ROOT / "tools/make-java-home", home, java_home()], check=True,
                       stdout=subprocess.DEVNULL, env=dict(os.environ, VMKIT_BUILD=str(build)))
    return home


def framework_path(kind):
    """The jars of a framework, or None if Debian's package is not installed."""
    jars = [f"/usr/share/java/{j}" for j in JARS.get(kind, [])]
    if jars and not os.path.exists(jars[0]):
        return None
    return [j for j in jars if os.path.exists(j)]


class Results:
    """Test name -> how it ended, as a file of JSON lines to which each result is added at once."""

    def __init__(self, vm):
        self.path = WORK / f"results-{vm}.jsonl"
        self.lock = threading.Lock()
        self.of = {}
        if self.path.exists():
            for line in self.path.read_text().splitlines():
                r = json.loads(line)
                self.of[r["name"]] = r

    def add(self, **r):
        with self.lock:
            self.of[r["name"]] = r
            with open(self.path, "a") as f:
                f.write(json.dumps(r) + "\n")

    def end(self, name):
        return self.of.get(name, {}).get("end")


# --- compile ---------------------------------------------------------------------------------------


class Javac:
    """One JVM that compiles everything."""

    def __init__(self, home):
        self.home = home
        tools = WORK / "tools"
        tools.mkdir(parents=True, exist_ok=True)
        subprocess.run([home / "bin/javac", "-nowarn", "-d", tools, HERE / "Compile.java",
                        HERE / "Launch.java", HERE / "Batch.java"], check=True)
        self.child = None
        self.lock = threading.Lock()

    def run(self, log, arguments):
        with self.lock:
            if self.child is None or self.child.poll() is not None:
                self.child = subprocess.Popen(
                    [self.home / "bin/java", "-Xmx1g", "-cp", WORK / "tools", "Compile"], text=True,
                    stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
            self.child.stdin.write("\t".join([str(log)] + [str(a) for a in arguments]) + "\n")
            self.child.stdin.flush()
            return self.child.stdout.readline().strip() == "0"

    def close(self):
        if self.child:
            self.child.stdin.close()
            self.child.wait()


def classes_of(test):
    return WORK / "classes" / test.name


def class_path(test, kind):
    return [str(classes_of(test)), test.root] + (framework_path(kind) or [])


def sources_of(test, action):
    """What javac is told for an action: its own arguments, or the file of the class that it runs."""
    folder = os.path.dirname(test.file)
    if action.kind == "compile":
        return action.arguments
    if action.kind == "build":
        named = [os.path.join(f, n.replace(".", "/") + ".java") for n in action.arguments
                 for f in [folder, test.root] + test.libraries]
        return sorted(f for n in named for f in glob.glob(n))
    file = os.path.join(folder, action.main.split("$")[0].replace(".", "/"))
    return [file + ".java" if os.path.exists(file + ".java") else test.file]


def compile_test(javac, test):
    """Compile all that a test's actions name, once; the end of the test if that fails."""
    out = classes_of(test)
    log = out / "javac.log"
    if (out / ".compiled").exists():
        return (out / ".compiled").read_text() == "True"
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    kinds = [a.kind for a in test.actions]
    jars = [j for k in ("testng", "junit") if k in kinds for j in framework_path(k)]
    path, seen, good = [os.path.dirname(test.file), test.root] + test.libraries, [], True
    for action in test.actions:
        sources = sources_of(test, action)
        if any(s not in seen for s in sources):
            seen += sources
            good = good and javac.run(log, ["-d", out, "-sourcepath", ":".join(dict.fromkeys(path)),
                                            "-cp", ":".join([str(out), test.root] + jars),
                                            "-proc:none" if not any("-proc" in s for s in sources)
                                            else "-g", "-nowarn", "-XDignore.symbol.file=true",
                                            *test.compiler_options(), *sources])
    (out / ".compiled").write_text(str(good))
    return good


# --- run -------------------------------------------------------------------------------------------


def cpu_of(pid):
    """CPU seconds of a process and of its children that have ended."""
    try:
        fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def wait_within(child, seconds):
    """Wait; false if it used more than so many CPU seconds, or waited for so many without using any:
    the clock on the wall says little on a machine that is shared."""
    start = busy = time.monotonic()
    used = 0
    while True:
        try:
            child.wait(timeout=0.05 if time.monotonic() - start < 2 else 0.5)
            return True
        except subprocess.TimeoutExpired:
            now, cpu = time.monotonic(), cpu_of(child.pid)
            if cpu > used + 0.05:
                used, busy = cpu, now
            if cpu > seconds or now - busy > seconds or now - start > 5 * seconds:
                return False


def run_process(command, seconds, cwd, log):
    """The status, or None if it ran out of time; the whole process group is killed at the end."""
    env = dict(os.environ, LC_ALL="C.UTF-8")
    for name in ("CLASSPATH", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "DISPLAY"):
        env.pop(name, None)
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=cwd,
                             start_new_session=True, env=env)
    in_time = wait_within(child, seconds)
    if not in_time:
        child.send_signal(signal.SIGQUIT)  # says where it is
        time.sleep(2)
    try:
        os.killpg(child.pid, signal.SIGKILL)  # and what it left behind
    except ProcessLookupError:
        pass
    child.wait()
    return child.returncode if in_time else None


def properties_of(test, java):
    folder, home = os.path.dirname(test.file), java.parent.parent
    return {"test.src": folder, "test.src.path": ":".join([folder] + test.libraries),
            "test.file": test.file, "test.classes": classes_of(test),
            "test.class.path": classes_of(test), "test.jdk": home, "compile.jdk": java_home(),
            "test.root": TESTS, "test.name": test.name, "test.modules": " ".join(test.modules),
            "test.vm.opts": "", "test.java.opts": "", "test.tool.vm.opts": "",
            "test.compiler.opts": "", "test.timeout.factor": "4.0"}


FIXED_OPTIONS = ["-Duser.language=en", "-Duser.country=US"]


def command_of(java, test, action):
    memory = [] if any(o.startswith("-Xmx") for o in action.options) else ["-Xmx768m"]
    return ([str(java)] + memory + FIXED_OPTIONS +
            [f"-D{k}={v}" for k, v in properties_of(test, java).items()] +
            test.java_options() + action.options +
            ["-cp", ":".join([str(WORK / "tools")] + class_path(test, action.kind))] +
            RUNNER[action.kind].split() + [action.main] + action.arguments)


def how_it_ended(status, text, fails):
    if status is None:
        return "timeout"
    crashed = status < 0 or status in (134, 139) or re.search(r"^(vmkit|j3): .*(assert|crash|SIG)",
                                                              text, re.M)
    if crashed:
        return "crash"
    good = status == 0 or text.rstrip().endswith(PASSED)
    return "pass" if good != fails else "fail"


def cause_of(text):
    """The first line of a log that says what went wrong."""
    lines = [l for l in text.splitlines()[1:] if not l.startswith("Launch: ")]
    for pattern in (r"assert|SIGSEGV|SIGABRT", r"UnsatisfiedLinkError|InternalError|VerifyError",
                    r"^\s*(Exception in thread|java\.\S+(Exception|Error)|Caused by)", r"Error|FAIL"):
        for line in lines:
            if re.search(pattern, line):
                return line.strip()[:150]
    return (lines[-1] if lines else "").strip()[:150]


def run_test(vm, java, test, limit):
    """Run the actions of a test in order until one does not pass; limit(action) is in seconds."""
    log = WORK / "logs" / vm / (test.name + ".log")
    log.parent.mkdir(parents=True, exist_ok=True)
    end, start = "pass", time.monotonic()
    with tempfile.TemporaryDirectory(prefix="jtreg-") as cwd:
        for action in test.actions:
            if action.kind in ("compile", "build"):
                continue
            command = command_of(java, test, action)
            with open(log, "w") as f:
                f.write(shlex.join(command) + "\n")
                f.flush()
                status = run_process(command, limit(action), cwd, f)
            text = log.read_text(errors="backslashreplace")
            end = how_it_ended(status, text, action.fails)
            if end != "pass":
                break
    result = dict(name=test.name, end=end, seconds=round(time.monotonic() - start, 2))
    if end == "pass":
        log.unlink()
        return result
    return dict(result, cause=cause_of(text))


def can_share(test):
    """Whether a test may run in one process with others: one main that asks for no process of its own."""
    runs = [a for a in test.actions if a.kind not in ("compile", "build")]
    return len(runs) == 1 and runs[0].kind == "main" and not runs[0].alone and not runs[0].fails


def write_batch(file, cwd, java, tests):
    with open(file, "w") as f:
        for test in tests:
            action = [a for a in test.actions if a.kind == "main"][0]
            pairs = [str(w) for kv in properties_of(test, java).items() for w in kv]
            path = ":".join(class_path(test, "main"))
            f.write("\t".join([cwd + "/log", path, str(len(pairs) // 2), *pairs, action.main,
                               *action.arguments]) + "\n")


def run_batch(java, tests):
    """Run tests in one process, and in a new one those after a test that ended it; yields those that
    passed, with their seconds."""
    while len(tests) > 1:
        with tempfile.TemporaryDirectory(prefix="jtreg-") as cwd:
            write_batch(cwd + "/tests", cwd, java, tests)
            exports = dict.fromkeys(o for test in tests for o in test.java_options())
            command = [str(java), "-Xmx768m", *FIXED_OPTIONS, *exports, "-cp", str(WORK / "tools"),
                       "Batch", cwd + "/tests"]
            with open(cwd + "/out", "w+") as out:
                run_process(command, LONGEST, cwd, out)
                out.seek(0)
                text = out.read()
        for i, milliseconds in re.findall(r"^passed (\d+) (\d+)$", text, re.M):
            yield tests[int(i)], int(milliseconds) / 1000
        reached = [int(i) for i in re.findall(r"^begin (\d+)$", text, re.M)]
        tests = tests[max(reached, default=len(tests)) + 1:]


class Runner:
    """Takes one test after the other: javac, HotSpot, and if that passes, j3."""

    def __init__(self, args, hotspot, ours):
        self.args, self.hotspot, self.ours = args, hotspot, ours
        self.javac = Javac(args.home)

    def compile(self, test):
        if compile_test(self.javac, test):
            return True
        self.hotspot.add(name=test.name, end="javac", seconds=0)
        return False

    def yardstick(self, test):
        if self.hotspot.end(test.name) is None and self.compile(test):
            self.hotspot.add(**run_test("hotspot", self.args.home / "bin/java", test,
                                        lambda action: min(action.seconds, HOTSPOT_LIMIT)))
        return self.hotspot.of[test.name]

    def on_j3(self, test, seconds):
        if self.ours.end(test.name) not in [None] + self.args.again or not self.compile(test):
            return
        result = run_test("j3", self.args.java, test, lambda action: seconds)
        self.ours.add(**result)
        if result["end"] != "pass" or self.args.verbose:
            print(f"{result['end']:8}{test.name} ({result['seconds']} s) "
                  f"{result.get('cause', '')}", flush=True)

    def go(self, test):
        if self.args.j3_first:
            self.on_j3(test, EAGER_LIMIT)
            if self.ours.end(test.name) == "pass":
                return
        known = self.args.j3_first and self.ours.end(test.name) != "timeout"
        yardstick = self.yardstick(test)
        if yardstick["end"] == "pass" and not self.args.hotspot_only and not known:
            self.on_j3(test, min(yardstick["seconds"] * SLOW_FACTOR + SLOW_START, LONGEST))

    def chunk(self, tests):
        """What can be is done by a process for all of them; the rest by one for each."""
        for vm, java, results in (("hotspot", self.args.home / "bin/java", self.hotspot),
                                  ("j3", self.args.java, self.ours)):
            if (vm == "hotspot" and self.args.j3_first) or (vm == "j3" and self.args.hotspot_only):
                continue
            todo = [t for t in tests if can_share(t) and results.end(t.name) is None and
                    (vm == "hotspot" or self.hotspot.end(t.name) in (None, "pass")) and
                    self.compile(t)]
            if len(todo) > 1:
                for test, seconds in run_batch(java, todo):
                    results.add(name=test.name, end="pass", seconds=seconds)
        for test in tests:
            self.go(test)

    def all(self, tests):
        chunks = [tests[i:i + BATCH] for i in range(0, len(tests), BATCH)]
        with concurrent.futures.ThreadPoolExecutor(self.args.jobs) as pool:
            for future in [pool.submit(self.chunk, c) for c in chunks]:
                future.result()
        self.javac.close()


# --- select and report -----------------------------------------------------------------------------


def select(args):
    """The tests of the folders named, and how many are left out for which reason."""
    excluded = describe.problem_list(str(TESTS))
    tests, refused = [], collections.Counter()
    for folder in args.folders:
        top = TESTS / folder
        for file in [top] if top.is_file() else sorted(top.rglob("*.java")):
            found, out = describe.tests_of(str(TESTS), str(file))
            for _, why in out:
                refused[why.split(":")[0]] += 1
            for test in found:
                missing = [a.kind for a in test.actions if a.kind in JARS and not framework_path(a.kind)]
                if test.name.split("#")[0] in excluded:
                    refused["OpenJDK's problem list"] += 1
                elif missing:
                    refused[f"{missing[0]} is not installed"] += 1
                elif any(k in test.name for k in args.k or [""]):
                    tests.append(test)
    tests.sort(key=lambda t: any(a.kind in JARS for a in t.actions))  # the frameworks are slow to start
    return tests, refused


def report(tests, refused, hotspot, ours):
    rows = collections.defaultdict(collections.Counter)
    for test in tests:
        row = rows["/".join(test.name.split("#")[0].split("/")[:-1][:3])]
        row["tests"] += 1
        if hotspot.end(test.name) == "pass":
            row["hotspot"] += 1
            row[ours.end(test.name) or "not run"] += 1
    names = ["tests", "hotspot", "pass", "fail", "crash", "timeout", "not run"]
    total = sum(rows.values(), collections.Counter())
    print("| folder | " + " | ".join(names) + " |")
    print("|---" * (len(names) + 1) + "|")
    for folder, row in sorted(rows.items()) + [("all", total)]:
        print(f"| {folder} | " + " | ".join(str(row[n]) for n in names) + " |")
    print("left out:", ", ".join(f"{n} {why}" for why, n in refused.most_common()))
    run = total["hotspot"] - total["not run"]
    print(f"{total['pass']} of {run} that pass on HotSpot pass on j3"
          f" ({100 * total['pass'] / max(run, 1):.1f} %)")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0],
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", default=["java/util", "java/lang"])
    parser.add_argument("-k", action="append", help="only tests whose name contains this")
    parser.add_argument("-j", "--jobs", type=int, default=2)
    parser.add_argument("-v", "--verbose", action="store_true")
    parser.add_argument("--again", default="", help="kinds of results to get anew: fail,crash,... all")
    parser.add_argument("--skip", action="append", default=[], help="not those whose name contains this")
    parser.add_argument("--build", default=ROOT / "build", type=pathlib.Path,
                        help="of j3: the folder of its lib/")
    parser.add_argument("--nice", type=int, default=10)
    parser.add_argument("--j3-first", action="store_true",
                        help="HotSpot only for what j3 does not pass: finds failures sooner")
    parser.add_argument("--hotspot-only", action="store_true")
    parser.add_argument("--report", action="store_true", help="print what is known, run nothing")
    args = parser.parse_args()
    args.folders = args.folders or ["java/util", "java/lang"]
    args.again = ["pass", "fail", "crash", "timeout"] if args.again == "all" else args.again.split(",")
    args.home = java_home()
    subprocess.run([HERE / "fetch", WORK], check=True)
    args.java = j3_home(args.build) / "bin/java"
    os.nice(args.nice)

    tests, refused = select(args)
    tests = [t for t in tests if not any(s in t.name for s in args.skip)]
    hotspot, ours = Results("hotspot"), Results("j3")
    if not args.report:
        Runner(args, hotspot, ours).all(tests)
    report(tests, refused, hotspot, ours)


if __name__ == "__main__":
    main()
