#!/usr/bin/env python3
"""check_docs.py -- links between documents lead somewhere, and no document names a machine's paths."""
import re

import checklib

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
ELSEWHERE = re.compile(r"(?<![\w/])/(work|root|home)/")


def anchors(text):
    """As GitHub makes them from headings."""
    for heading in re.findall(r"^#+ (.*)$", text, re.M):
        yield re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def documents(root):
    yield from sorted(root.glob("*.md"))
    for folder in checklib.FOLDERS + ("docs",):
        yield from sorted((root / folder).rglob("*.md"))


def check(root):
    for file in documents(root):
        name, text = file.relative_to(root), file.read_text()
        for m in LINK.finditer(text):
            path, _, anchor = m[1].partition("#")
            if re.match(r"\w+:", path):
                continue
            target = (file.parent / path) if path else file
            where = f"{name}:{text.count(chr(10), 0, m.start()) + 1}"
            if not target.exists():
                yield f"{where}: no {path}"
            elif anchor and target.is_file() and anchor not in anchors(target.read_text()):
                yield f"{where}: no heading #{anchor} in {target.name}"
        for m in ELSEWHERE.finditer(text):
            yield f"{name}:{text.count(chr(10), 0, m.start()) + 1}: a path of one machine"


CASES = [
    ("good links", {"a.md": "# A b\n[x](docs/b.md) [y](#a-b) [z](https://example.org)\n",
                    "docs/b.md": "[up](../a.md#a-b)\n"}, None),
    ("a dead link", {"a.md": "\n[x](b.md)\n"}, "a.md:2: no b.md"),
    ("a dead anchor", {"a.md": "# A\n[x](#b)\n"}, "no heading #b"),
    ("somebody's machine", {"a.md": "see /home/me/notes\n"}, "a path of one machine"),
]

if __name__ == "__main__":
    checklib.main(check, CASES)
