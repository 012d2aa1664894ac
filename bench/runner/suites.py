"""The parts of the benchmark: which cases each has."""
from . import kernels, workloads
from .case import Case, equals
from .kernels import compile_java
from .process import OUT, ROOT

HELLO = ROOT / "examples/java/hello/Hello.java"
JAVAC = "jdk.compiler/com.sun.tools.javac.Main"


def start(_):
    """From nothing to hello, world."""
    compile_java(OUT / "hello", [HELLO])
    return [Case("start", "hello", ("-cp", OUT / "hello", "Hello"), equals("Hello from Java 17\n"))]


def javac(_):
    """OpenJDK's compiler on nothing but the question of its version, on one file, on eight."""
    demo = sorted((ROOT / "examples/java/demo/bank").glob("*.java"))
    out = OUT / "javac"

    def one(name, *arguments):
        return Case("javac", name, ("-m", JAVAC, *arguments), lambda _: "",
                    peers=("j3", "java", "c1", "int", "zero"))
    return [one("version", "-version"), one("hello", "-proc:none", "-d", out, HELLO),
            one("demo", "-proc:none", "-d", out, *demo)]


# name: (cases, how often each is run; the user's --runs scales these)
PARTS = {
    "start": (start, 15),
    "javac": (javac, 5),
    "kernels": (kernels.cases, 3),
    "workloads": (workloads.cases, 3),
    "warmup": (lambda args: kernels.warmup(args) + workloads.warmup(args), 1),
}
