#!/usr/bin/env python3
"""What the java command says when a program cannot start.

usage: run.py JAVA_COMMAND [ARGUMENT]...

Writes class files and jars into a folder of its own, runs the command on each, and prints for each case
stdout, stderr and the exit code. expected.txt holds what HotSpot 17 says; `tools/run-tests` compares.
"""
import os
import re
import struct
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

PUBLIC, STATIC = 1, 8
TEXT = b"hello from main"


class Pool:
    def __init__(self):
        self.entries = []

    def add(self, data):
        if data not in self.entries:
            self.entries.append(data)
        return self.entries.index(data) + 1

    def utf8(self, s):
        data = s if isinstance(s, bytes) else s.encode()
        return self.add(struct.pack(">BH", 1, len(data)) + data)

    def cls(self, name):
        return self.add(struct.pack(">BH", 7, self.utf8(name)))

    def member(self, tag, owner, name, desc):
        nt = self.add(struct.pack(">BHH", 12, self.utf8(name), self.utf8(desc)))
        return self.add(struct.pack(">BHH", tag, self.cls(owner), nt))


def class_file(name, super_name="java/lang/Object", main=PUBLIC | STATIC, desc="([Ljava/lang/String;)V", major=52,
               method="main", flags=0x21):
    """A class whose `main` method prints TEXT; main=None leaves it out."""
    pool, methods = Pool(), b""
    this, parent = pool.cls(name), pool.cls(super_name)
    if main is not None:
        code = struct.pack(">BHBBBHB", 0xB2, pool.member(9, "java/lang/System", "out", "Ljava/io/PrintStream;"), 0x12,
                           pool.add(struct.pack(">BH", 8, pool.utf8(TEXT))), 0xB6,
                           pool.member(10, "java/io/PrintStream", "println", "(Ljava/lang/String;)V"),
                           0xB1) if desc.endswith("V") else b"\x03\xac"
        body = struct.pack(">HHI", 2, 2, len(code)) + code + struct.pack(">HH", 0, 0)
        methods = struct.pack(">HHHHHI", main, pool.utf8(method), pool.utf8(desc), 1, pool.utf8("Code"), len(body)) + body
    head = struct.pack(">IHHH", 0xCAFEBABE, 0, major, len(pool.entries) + 1) + b"".join(pool.entries)
    return head + struct.pack(">HHHHHH", flags, this, parent, 0, 0, 1 if methods else 0) + methods + struct.pack(">H", 0)


def write(path, data):
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def jar(path, manifest=None, **files):
    with zipfile.ZipFile(path, "w") as z:
        if manifest is not None:
            z.writestr("META-INF/MANIFEST.MF", manifest)
        for name, data in files.items():
            z.writestr(name + ".class", data)


def prepare():
    good = class_file("Good")
    write("c/Good.class", good)
    write("c/NoMain.class", class_file("NoMain", main=None))
    write("c/NotStatic.class", class_file("NotStatic", main=PUBLIC))
    write("c/NotPublic.class", class_file("NotPublic", main=STATIC))
    write("c/GivesInt.class", class_file("GivesInt", desc="([Ljava/lang/String;)I"))
    write("c/NoArray.class", class_file("NoArray", desc="(Ljava/lang/String;)V"))
    write("c/Inherits.class", class_file("Inherits", "Good", main=None))
    write("c/Misplaced.class", good)
    write("c/pkg/Inner.class", class_file("Inner"))
    write("c/pkg/Right.class", class_file("pkg/Right"))
    write("c/CycleA.class", class_file("CycleA", "CycleB"))
    write("c/CycleB.class", class_file("CycleB", "CycleA"))
    write("c/Self.class", class_file("Self", "Self"))
    write("c/Orphan.class", class_file("Orphan", "no/Parent"))
    write("c/Grandchild.class", class_file("Grandchild", "Orphan"))
    write("c/OfFinal.class", class_file("OfFinal", "java/lang/String"))
    write("c/OfFace.class", class_file("OfFace", "java/lang/Runnable"))
    write("c/Future.class", class_file("Future", major=65))
    write("c/Ancient.class", class_file("Ancient", major=30))
    write("c/Cut.class", class_file("Cut")[:60])
    write("c/Empty.class", b"")
    write("c/Text.class", b"this is not a class file\n")
    write("c/BadFlags.class", class_file("BadFlags", flags=0x0431))
    write("c/java/lang/Mine.class", class_file("java/lang/Mine"))
    jar("good.jar", "Main-Class: Good\n", Good=good)
    jar("nomanifest.jar", Good=good)
    jar("nomain.jar", "Created-By: us\n", Good=good)
    jar("missing.jar", "Main-Class: no.Such\n", Good=good)
    jar("path.jar", "Main-Class: Good\nClass-Path: c/ gone.jar\n")
    jar("pathsub.jar", "Main-Class: Inherits\nClass-Path: c/\n")
    data = Path("good.jar").read_bytes()
    write("cut.jar", data[:len(data) // 2])
    write("empty.jar", b"")
    write("text.jar", b"this is not a jar\n")
    write("b/broken.jar", data.replace(TEXT[:6], b"HELLO!"))  # a wrong checksum, which nobody looks at


CASES = """
-cp c Good | -cp c NoSuch | -cp c no.such.Thing | -cp c pkg/Right | -cp c pkg.Right | -cp c Right | -cp c good
-cp c NoMain | -cp c NotStatic | -cp c NotPublic | -cp c GivesInt | -cp c NoArray | -cp c Inherits
-cp c Misplaced | -cp c pkg.Inner | -cp c CycleA | -cp c Self | -cp c Orphan | -cp c Grandchild | -cp c OfFinal
-cp c OfFace | -cp c Future | -cp c Ancient | -cp c Cut | -cp c Empty | -cp c Text | -cp c BadFlags | -cp c java.lang.Mine
-cp gone Good | -cp gone:c Good | -cp c/Good.class Good | -cp text.jar:c Good | -cp cut.jar Good | -cp empty.jar:c Good
-cp good.jar Good | -cp b/broken.jar Good | -cp c:good.jar:c Good | -cp nomanifest.jar Good | -cp * NoSuch | -cp * Good
-jar good.jar | -jar gone.jar | -jar nomanifest.jar | -jar nomain.jar | -jar missing.jar | -jar path.jar | -jar pathsub.jar
-jar cut.jar | -jar text.jar | -jar empty.jar | -jar c
-Xnonsense -cp c Good | -XX:+NoSuchSwitch -cp c Good | -XX:NoSuchValue=3 -cp c Good
-Dkey -Dother= -cp c Good | -cp c Good one two | -m no.module/no.Main
"""


def main():
    command = sys.argv[1:]
    if "/" in command[0]:
        command[0] = str(Path(command[0]).resolve())
    with tempfile.TemporaryDirectory(prefix="vmkit-errors-") as tmp:
        os.chdir(tmp)
        prepare()
        for case in re.split(r"\s*[|\n]\s*", CASES.strip()):
            p = subprocess.run(command + case.split(), capture_output=True, text=True, timeout=120,
                               stdin=subprocess.DEVNULL)
            print(f"== java {case}: status {p.returncode}")
            for mark, text in (("out", p.stdout), ("err", p.stderr)):
                for line in text.replace(tmp, "TMP").splitlines():
                    # Line numbers inside the class library are not the launcher's business.
                    print(f"{mark} " + re.sub(r"^(\s+at java\.base/.*?)\(\w+\.java:\d+\)", r"\1", line))


main()
