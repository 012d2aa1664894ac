"""checklib.py -- what the checks of the tree have in common.

A check is a function check(root) that yields one message per violation, and a list of cases that
prove it can see: small trees, each with the message it must give (or None: must pass clean).
`check_x.py [root]` runs the check, `check_x.py --self-test` runs the cases. tools/run-tests does both.
"""
import os
import pathlib
import re
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
FOLDERS = ("include", "src", "j3", "n3", "l3", "examples", "tests", "tools", "bench")
C_SUFFIXES = (".c", ".h", ".cc", ".cpp")


def sources(root, suffixes=C_SUFFIXES, folders=FOLDERS):
    """Files of the project with one of the suffixes, sorted; generated folders are not entered."""
    for folder in folders:
        for top, dirs, files in os.walk(root / folder):
            dirs[:] = sorted(d for d in dirs if not d.startswith((".", "build", "out", "__")))
            for name in sorted(files):
                if name.endswith(suffixes):
                    yield pathlib.Path(top) / name


def strip_comments(text):
    """C text without comments and string contents, lines kept."""
    def blank(m):
        s = m.group(0)
        return s if s[0] in "\"'" else " " + "\n" * s.count("\n")
    return re.sub(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', blank, text,
                  flags=re.S)


def self_test(check, cases):
    failed = 0
    for name, files, expected in cases:
        with tempfile.TemporaryDirectory(prefix="vmkit-check-") as tmp:
            root = pathlib.Path(tmp)
            for path, text in files.items():
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                (root / path).write_text(text)
            found = list(check(root))
        if expected is None:
            ok = not found
        else:
            ok = any(expected in message for message in found)
        if not ok:
            failed += 1
            print(f"self-test {name}: expected {expected!r}, found {found}")
    print(f"self-test: {len(cases) - failed} of {len(cases)} cases as expected")
    return failed


def main(check, cases):
    args = sys.argv[1:]
    if args[:1] == ["--self-test"]:
        sys.exit(1 if self_test(check, cases) else 0)
    found = list(check(pathlib.Path(args[0]).resolve() if args else ROOT))
    for message in found:
        print(message)
    sys.exit(1 if found else 0)
