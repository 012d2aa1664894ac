#!/usr/bin/env python3
"""check_layers.py -- who may include whom, as layers.txt says."""
import re

import checklib

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.M)
ALSO = (".def", ".inc")


def read_layers(root):
    allow = {}
    for line in (root / "layers.txt").read_text().splitlines():
        if line.strip() and not line.startswith("#"):
            folder, _, rest = line.partition(":")
            allow[folder.strip()] = set(rest.split()) | {folder.strip()}
    return allow


def layer_of(allow, relative):
    """The longest folder of layers.txt that holds the file, or None."""
    parents = {str(p) for p in relative.parents}
    return max((a for a in allow if a in parents), key=len, default=None)


def resolve(root, file, kind, name):
    """The file of the tree that an include names, or None for a system header."""
    places = [root / "include", root / "src", root / "j3", root]
    if kind == '"':
        places.insert(0, file.parent)
    for place in places:
        target = (place / name).resolve()
        if target.is_file() and target.is_relative_to(root):
            return target.relative_to(root)
    return None


def check(root):
    root = root.resolve()
    allow = read_layers(root)
    for file in checklib.sources(root, checklib.C_SUFFIXES + ALSO):
        relative = file.relative_to(root)
        here = layer_of(allow, relative)
        text = file.read_text()
        if here is None:
            yield f"{relative}: in no folder of layers.txt"
            continue
        for m in INCLUDE.finditer(text):
            kind, name = m.groups()
            where = f"{relative}:{text.count(chr(10), 0, m.start(1)) + 1}"
            target = resolve(root, file, kind, name)
            if target is None:
                if kind == '"':
                    yield f"{where}: no header {name} in the tree"
                continue
            there = layer_of(allow, target)
            if there not in allow[here] and "*" not in allow[here]:
                yield f"{where}: {here} may not include {name} ({there})"


LAYERS = """\
include/vmkit:
src/base: include/vmkit
src/gc: include/vmkit src/base
src/ir: include/vmkit src/base
j3: include/vmkit
tests/unit: *
"""
TREE = {"layers.txt": LAYERS, "include/vmkit/vmk_a.h": "", "src/base/map.h": "",
        "src/gc/heap.h": "", "j3/class.h": ""}
CASES = [
    ("downwards", TREE | {"src/gc/heap.c": '#include <vmkit/vmk_a.h>\n#include "base/map.h"\n'
                                           '#include "heap.h"\n#include <stdio.h>\n'}, None),
    ("sideways", TREE | {"src/ir/x.c": '\n#include "gc/heap.h"\n'},
     "src/ir/x.c:2: src/ir may not include gc/heap.h"),
    ("sideways by a relative path", TREE | {"src/ir/x.c": '#include "../gc/heap.h"\n'},
     "src/ir may not include"),
    ("upwards in angle brackets", TREE | {"src/base/x.c": "#include <gc/heap.h>\n"},
     "src/base may not include"),
    ("a runtime sees internals", TREE | {"j3/x.c": '#include "base/map.h"\n'},
     "j3 may not include"),
    ("a runtime's own folder from below", TREE | {"j3/nat/x.c": '#include "class.h"\n'}, None),
    ("the library sees a runtime", TREE | {"src/gc/x.c": '#include "../../j3/class.h"\n'},
     "src/gc may not include"),
    ("the interface sees internals", TREE | {"include/vmkit/vmk_b.h": '#include "gc/heap.h"\n'},
     "include/vmkit may not include"),
    ("a missing header", TREE | {"src/gc/x.c": '#include "nowhere.h"\n'}, "no header nowhere.h"),
    ("a unit test sees all", TREE | {"tests/unit/t.c": '#include "gc/heap.h"\n'}, None),
]

if __name__ == "__main__":
    checklib.main(check, CASES)
