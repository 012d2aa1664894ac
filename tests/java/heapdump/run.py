#!/usr/bin/env python3
"""Heap dumps, and what else can be asked for when memory ends.

usage: run.py JAVA_COMMAND

Runs Memory.java, reads the hprof files it leaves with a parser of our own (format 1.0.2), and prints what is
in them. expected.txt holds what HotSpot 17 gives; `tools/run-tests` compares.
"""
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
HOME = os.environ.get("J3_JAVA_HOME") or min(Path("/usr/lib/jvm").glob("java-17-openjdk-*"))
TYPES = {2: "Q", 4: "?", 5: "H", 6: "f", 7: "d", 8: "b", 9: "h", 10: "i", 11: "q"}
ROOTS = {0xff: 8, 1: 16, 2: 16, 3: 16, 4: 12, 5: 8, 6: 12, 7: 8, 8: 16}


class Reader:
    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, code):
        value = struct.unpack_from(">" + code, self.data, self.at)
        self.at += struct.calcsize(">" + code)
        return value[0] if len(value) == 1 else value


class Dump:
    """Everything of a file, by id."""

    def __init__(self, path):
        self.names, self.class_names, self.classes = {}, {}, {}
        self.instances, self.arrays, self.roots = {}, {}, set()
        r = Reader(path.read_bytes())
        end = r.data.index(0)
        assert r.data[:end] == b"JAVA PROFILE 1.0.2", r.data[:end]
        r.at = end + 1
        assert r.take("I") == 8
        r.take("Q")
        last = None
        while r.at < len(r.data):
            tag, _, length = r.take("BII")
            last, stop = tag, r.at + length
            if tag == 1:
                ident = r.take("Q")
                self.names[ident] = r.data[r.at:stop].decode("latin-1")
            elif tag == 2:
                _, ident, _, name = r.take("IQIQ")
                self.class_names[ident] = self.names[name]
            elif tag in (0x0c, 0x1c):
                while r.at < stop:
                    self.sub_record(r)
                assert r.at == stop
            r.at = stop
        assert last == 0x2c, last

    def sub_record(self, r):
        tag = r.take("B")
        if tag in ROOTS:
            self.roots.add(struct.unpack_from(">Q", r.data, r.at)[0])
            r.at += ROOTS[tag]
        elif tag == 0x20:
            ident, _, parent, loader = r.take("QIQQ")
            r.take("QQQQ")
            size = r.take("I")
            for _ in range(r.take("H")):
                r.take("H")
                r.take(TYPES[r.take("B")])
            statics = {}
            for _ in range(r.take("H")):
                name, kind = r.take("QB")
                statics[self.names[name]] = r.take(TYPES[kind])
            fields = [r.take("QB") for _ in range(r.take("H"))]
            self.classes[ident] = (parent, loader, size, statics, fields)
        elif tag == 0x21:
            ident, _, kind, size = r.take("QIQI")
            self.instances[ident] = (kind, r.data[r.at:r.at + size])
            r.at += size
        elif tag == 0x22:
            ident, _, count, kind = r.take("QIIQ")
            self.arrays[ident] = (kind, struct.unpack_from(f">{count}Q", r.data, r.at))
            r.at += 8 * count
        elif tag == 0x23:
            ident, _, count, kind = r.take("QIIB")
            code = f">{count}{TYPES[kind]}"
            self.arrays[ident] = (kind, struct.unpack_from(code, r.data, r.at))
            r.at += struct.calcsize(code)
        else:
            raise AssertionError(f"sub-record {tag:#x} at {r.at}")

    def class_id(self, name):
        return next(i for i, n in self.class_names.items() if n == name)

    def fields(self, ident):
        kind, data = self.instances[ident]
        assert len(data) == self.classes[kind][2]
        values, r = {}, Reader(data)
        while kind:
            parent, _, _, _, fields = self.classes[kind]
            for name, code in fields:
                values[self.names[name]] = r.take(TYPES[code])
            kind = parent
        return values

    def string(self, ident):
        f = self.fields(ident)
        data = bytes(b & 0xff for b in self.arrays[f["value"]][1])
        return data.decode("latin-1" if f["coder"] == 0 else "utf-16-le")

    def reachable(self):
        """What can be reached from the roots."""
        seen, work = set(), [r for r in self.roots if r]
        while work:
            ident = work.pop()
            if ident in seen or not ident:
                continue
            seen.add(ident)
            if ident in self.classes:
                parent, loader, _, statics, _ = self.classes[ident]
                work += [parent, loader, *(v for v in statics.values() if isinstance(v, int))]
            elif ident in self.instances:
                work += [v for v in self.fields(ident).values() if isinstance(v, int)]
            elif ident in self.arrays and self.arrays[ident][0] > 11:
                work += self.arrays[ident][1]
        return seen


def show(dump):
    memory, node = dump.class_id("Memory"), dump.class_id("Memory$Node")
    statics = dump.classes[memory][3]
    print("statics:", statics["LETTER"], statics["bits"])
    at = statics["head"]
    while at:
        f = dump.fields(at)
        things = dump.arrays[f["things"]][1]
        print("node", f["number"], f["half"], f["small"], dump.arrays[f["numbers"]][1],
              dump.string(f["name"]), things[0] == f["name"], things[1], things[2] == f["next"])
        at = f["next"]
    nodes = [i for i, (kind, _) in dump.instances.items() if kind == node]
    print("nodes:", len(nodes), "reachable:", len(dump.reachable() & set(nodes)))
    print("array class:", dump.class_names[dump.arrays[f["things"]][0]])
    names = set(dump.class_names.values())
    print("classes:", {"java/lang/Object", "[I", "java/lang/Class"} <= names)
    classes = dump.class_id("java/lang/Class")
    print("mirrors that are classes too:",
          len([i for i, (kind, _) in dump.instances.items() if kind == classes and i in dump.classes]))


def run(java, folder, *arguments):
    end = subprocess.run([java, *arguments], cwd=folder, text=True, timeout=300,
                         env=dict(os.environ, J3_JAVA_HOME=str(HOME)), capture_output=True)
    text = re.sub(r"_pid\d+", "_pid-", f"{end.stdout}stderr:\n{end.stderr}")
    text = re.sub(r"\[\d+ bytes in [\d.]+ secs\]", "[size and time]", text)
    print("---", *arguments)
    print(re.sub(r'-c "echo \d+', '-c "echo -', re.sub(r"(?m)^\d+ ran$", "- ran", text)), end="")
    print("exit", end.returncode)


def main():
    java = str(Path(shutil.which(sys.argv[1]) or sys.argv[1]).absolute())
    with tempfile.TemporaryDirectory(prefix="vmkit-heapdump-") as name:
        folder = Path(name)
        subprocess.run([f"{HOME}/bin/javac", "-d", folder, HERE / "source/Memory.java"], check=True)
        run(java, folder, "-cp", ".", "Memory", "asked.hprof")
        show(Dump(folder / "asked.hprof"))
        run(java, folder, "-Xmx32m", "-XX:+HeapDumpOnOutOfMemoryError", "-cp", ".", "Memory", "fill")
        (made,) = folder.glob("java_pid*.hprof")
        show(Dump(made))
        run(java, folder, "-Xmx32m", "-XX:+HeapDumpOnOutOfMemoryError", "-XX:HeapDumpPath=given",
            "-cp", ".", "Memory", "huge")
        show(Dump(folder / "given"))
        run(java, folder, "-Xmx32m", "-XX:+HeapDumpOnOutOfMemoryError", "-XX:HeapDumpPath=given",
            "-cp", ".", "Memory", "huge")
        run(java, folder, "-Xmx32m", "-XX:+ExitOnOutOfMemoryError", "-cp", ".", "Memory", "fill")
        run(java, folder, "-Xmx32m", "-XX:OnOutOfMemoryError=echo %p ran; echo and this %%", "-cp", ".",
            "Memory", "fill")
        run(java, folder, "-Xmx32m", "-XX:+ExitOnOutOfMemoryError", "-XX:+DisplayVMOutputToStderr", "-cp",
            ".", "Memory", "fill")


main()
