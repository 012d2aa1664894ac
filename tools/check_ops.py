#!/usr/bin/env python3
"""check_ops.py -- docs/ir.md says what vmk_ops.def says; --fix writes it.

The page is printed from the table's rows: operands, effects and meaning of every operation.
"""
import re
import sys

import checklib

TABLE, PAGE = "include/vmkit/vmk_ops.def", "docs/ir.md"
HEAD = """\
# The operations of the IR

For whoever translates a language, or reads code that option `dump` prints. Printed from
`include/vmkit/vmk_ops.def` by `tools/check_ops.py --fix`: change the table, not this page. Which
function of `include/vmkit/vmk_ir.h` emits what is said there; how code is laid out, in
[design/execution.md](design/execution.md).

**Operands** a, b, c: `d` defines, `u` uses, `m` both; then the register's type: `I` i32, `L` i64, `F` f32,
`D` f64, `R` reference, `P` managed pointer, `V` any, `G` the address of an aggregate. `k`, `h`: an
immediate; `n`: the count of argument registers. **More**, in the words that follow: `K` imm, `T` target,
`X` constant, `A` argument registers, `L` leaf arguments, `S` and `U` switch tables.

**Effects**: *pure*: depends on its operands alone; *reads*, *writes* memory; *throws*: may raise a trap
or an exception; *safepoint*: the collector may run; *calls* managed code; *branches*; *terminator*:
nothing falls through; *orders* memory accesses; *commutes*: b and c may be exchanged.
"""


def split_arguments(text):
    """At commas outside parentheses and strings."""
    parts, depth, start, at = [], 0, 0, 0
    while at < len(text):
        c = text[at]
        if c == '"':
            at += 1
            while text[at] != '"':
                at += 2 if text[at] == "\\" else 1
        elif c in "([{":
            depth += 1
        elif c in ")]}":
            depth -= 1
        elif c == "," and depth == 0:
            parts.append(text[start:at].strip())
            start = at + 1
        at += 1
    return parts + [text[start:].strip()]


def rows(text):
    """('section', title) and ('op', wide, name, operands, ext, effects, meaning), in order."""
    text = text[text.index("#endif"):]
    for m in re.finditer(r"^/\* --- (.*?) -*\s*\*/$|^VMK_OP(_WIDE)?\(((?:[^\n]|\n(?!VMK|/\*|#))*)\)\s*$",
                         text, re.M):
        if m[1]:
            yield "section", m[1]
            continue
        name, a, b, c, ext, effects, _, meaning = split_arguments(m[3])
        meaning = "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', meaning)).replace('\\"', '"')
        flags = [f.strip().removeprefix("VMK_").lower() for f in effects.split("|")]
        yield ("op", bool(m[2]), name, [x for x in (a, b, c) if x != "_"],
               "" if ext == "_" else ext, [f for f in flags if f != "0"], meaning)


def page(table):
    lines, title = [HEAD.rstrip()], None
    for row in rows(table):
        if row[0] == "section":
            title = row[1]
            continue
        if title:
            lines += ["", f"## {title[0].upper()}{title[1:]}", "",
                      "| operation | operands | more | effects | meaning |", "|---|---|---|---|---|"]
            title = None
        _, _, name, operands, ext, effects, meaning = row
        cell = meaning.replace("|", "\\|").replace("<", "&lt;")
        lines.append(f"| `{name}` | {' '.join(operands)} | {ext} | {', '.join(effects)} | {cell} |")
    return "\n".join(lines) + "\n"


def check(root):
    table = (root / TABLE).read_text()
    count = len(re.findall(r"^VMK_OP(?:_WIDE)?\(", table, re.M))
    try:
        found = sum(row[0] == "op" for row in rows(table))
    except (ValueError, IndexError) as e:
        yield f"{TABLE}: a row cannot be read: {e}"
        return
    if found != count:
        yield f"{TABLE}: {count} rows, of which {found} can be read"
    if not (root / PAGE).exists() or (root / PAGE).read_text() != page(table):
        yield f"{PAGE} is not what {TABLE} says (make docs)"


ROW = '/* --- ints ---- */\nVMK_OP(add, dI, uI, uI, _, VMK_PURE | VMK_COMMUTES,\n  a = f(b, c), "a = b + c")\n'
DEF = "#endif\n" + ROW
CASES = [
    ("in step", {TABLE: DEF, PAGE: page(DEF)}, None),
    ("a meaning changed", {TABLE: DEF.replace("b + c", "b - c"), PAGE: page(DEF)}, "is not what"),
    ("an operation added", {TABLE: DEF + ROW, PAGE: page(DEF)}, "is not what"),
    ("a column missing", {TABLE: DEF.replace("uI, uI", "uI"), PAGE: page(DEF)}, "cannot be read"),
]

if __name__ == "__main__":
    if sys.argv[1:] == ["--fix"]:
        (checklib.ROOT / PAGE).write_text(page((checklib.ROOT / TABLE).read_text()))
        sys.exit(0)
    checklib.main(check, CASES)
