#!/usr/bin/env python3
"""generate.py FOLDER -- writes .vir tests: operations on edge cases, in narrow and wide form.

What is expected is computed here, with Python's integers and exact fractions, and never by VMKit.
tools/run-tests has it write to the build folder. The cases are the same every time.
"""
import math
import pathlib
import random
import struct
import sys
from fractions import Fraction

TRAP = object()
I32, I64 = 32, 64


def wrap(v, bits):
    v &= (1 << bits) - 1
    return v - (1 << bits) if v >> (bits - 1) else v


def u(v, bits):
    return v & ((1 << bits) - 1)


def divide(a, b):
    q = abs(a) // abs(b)
    return -q if (a < 0) != (b < 0) else q


def bits32(v):
    return struct.unpack("<I", struct.pack("<f", v))[0]


def bits64(v):
    return struct.unpack("<Q", struct.pack("<d", v))[0]


def to_f32(v):
    """Round to the nearest float, ties to even, from a number or exactly from a Fraction or int."""
    if isinstance(v, float):
        if math.isnan(v) or math.isinf(v) or v == 0:
            return v
        v = Fraction(v)
    if v == 0:
        return 0.0
    sign, v = (-1, -v) if v < 0 else (1, v)
    exponent = max(math.frexp(float(v))[1] - 24, -149)
    if Fraction(v) < Fraction(2) ** (exponent + 23) and exponent > -149:
        exponent -= 1
    quantum = Fraction(2) ** exponent
    n = round(Fraction(v) / quantum)  # ties to even
    result = n * quantum
    return sign * (math.inf if result >= Fraction(2) ** 128 else float(result))


NAN = math.nan
VALUES = {
    "i32": [0, 1, -1, 2, 7, -8, 31, 32, 33, 127, 128, 255, 256, 32767, 32768, 65535, 65536,
            0x7fffffff, -0x80000000, 123456789, -987654321],
    "i64": [0, 1, -1, 2, 13, -64, 63, 64, 65, 255, 0x7fffffff, 0x80000000, -0x80000000,
            0xffffffff, 1 << 40, -(1 << 53) - 1, (1 << 63) - 1, -(1 << 63), 1234567890123456789],
    "f32": [to_f32(x) for x in (0.0, 1.0, -1.5, 0.1, 3.0e9, -3.0e9, 1e19, -1e19, 16777217.0, 1e-45,
                                3.4e38, -2.5, 0.5)] + [-0.0, math.inf, -math.inf, NAN],
    "f64": [0.0, -0.0, 1.0, -1.5, 0.1, 2147483647.5, -2147483648.5, 4294967295.5, 3e9, 9.3e18,
            -9.3e18, 1.85e19, 1e300, 5e-324, 2.5, -3.5, 1e39, math.inf, -math.inf, NAN],
}
SHIFTS = [0, 1, 5, 31, 32, 33, 63, 64, -1]


def arithmetic(t):
    n = int(t[1:])
    low, high = -(1 << (n - 1)), (1 << (n - 1)) - 1

    def fits(v):
        return v if low <= v <= high else TRAP

    def ufits(v):
        return wrap(v, n) if 0 <= v < (1 << n) else TRAP

    def zero(f):
        return lambda a, b: TRAP if b == 0 else f(a, b)

    two = {
        "add": lambda a, b: wrap(a + b, n), "sub": lambda a, b: wrap(a - b, n),
        "mul": lambda a, b: wrap(a * b, n), "and": lambda a, b: a & b,
        "or": lambda a, b: a | b, "xor": lambda a, b: a ^ b,
        "div": zero(lambda a, b: wrap(divide(a, b), n)),
        "rem": zero(lambda a, b: a - divide(a, b) * b),
        "udiv": zero(lambda a, b: wrap(u(a, n) // u(b, n), n)),
        "urem": zero(lambda a, b: wrap(u(a, n) % u(b, n), n)),
        "add_ovf": lambda a, b: fits(a + b), "sub_ovf": lambda a, b: fits(a - b),
        "mul_ovf": lambda a, b: fits(a * b),
        "add_ovf_un": lambda a, b: ufits(u(a, n) + u(b, n)),
        "sub_ovf_un": lambda a, b: ufits(u(a, n) - u(b, n)),
        "mul_ovf_un": lambda a, b: ufits(u(a, n) * u(b, n)),
    }
    for name, f in two.items():
        yield f"{name}_{t}", (t, t), t, f
    if t == "i64":
        yield "mulhi_i64", (t, t), t, lambda a, b: (a * b) >> 64
        yield "umulhi_i64", (t, t), t, lambda a, b: wrap((u(a, 64) * u(b, 64)) >> 64, 64)
        yield "cmp_i64", (t, t), "i32", lambda a, b: (a > b) - (a < b)
    shifts = {
        "shl": lambda a, b: wrap(a << (b % n), n), "shr": lambda a, b: a >> (b % n),
        "ushr": lambda a, b: wrap(u(a, n) >> (b % n), n),
        "rotl": lambda a, b: wrap(u(a, n) << (b % n) | u(a, n) >> (n - b % n), n),
    }
    for name, f in shifts.items():
        yield f"{name}_{t}", (t, "shift"), t, f
    one = {
        "neg": (t, lambda a: wrap(-a, n)), "not": (t, lambda a: ~a),
        "clz": ("i32", lambda a: n - u(a, n).bit_length()),
        "ctz": ("i32", lambda a: n if a == 0 else (a & -a).bit_length() - 1),
        "popcount": ("i32", lambda a: bin(u(a, n)).count("1")),
        "bswap": (t, lambda a: wrap(int.from_bytes(u(a, n).to_bytes(n // 8, "big"), "little"), n)),
    }
    for name, (result, f) in one.items():
        yield f"{name}_{t}", (t,), result, f


COMPARE = {
    "eq": lambda a, b: a == b, "ne": lambda a, b: a != b, "lt": lambda a, b: a < b,
    "le": lambda a, b: a <= b, "gt": lambda a, b: a > b, "ge": lambda a, b: a >= b,
}


def comparisons(t):
    for name, f in COMPARE.items():
        yield f"{name}_{t}", (t, t), "i32", lambda a, b, f=f: int(f(a, b))
        if t[0] == "i" and name not in ("eq", "ne"):
            n = int(t[1:])
            yield (f"u{name}_{t}", (t, t), "i32",
                   lambda a, b, f=f, n=n: int(f(u(a, n), u(b, n))))
        if t[0] == "f" and name not in ("eq", "ne"):
            yield f"n{name}_{t}", (t, t), "i32", lambda a, b, f=f: int(not f(a, b))


def float_divide(a, b):
    if b == 0:
        if a == 0 or math.isnan(a):
            return NAN
        return math.copysign(math.inf, a) * math.copysign(1.0, b)
    return a / b


def float_rem(a, b):
    if math.isnan(a) or math.isnan(b) or math.isinf(a) or b == 0:
        return NAN
    return math.fmod(a, b)


def whole(f):
    return lambda a: a if math.isnan(a) or math.isinf(a) or a == 0 else math.copysign(f(a), a)


def floats(t):
    r = to_f32 if t == "f32" else lambda v: v
    two = {"add": lambda a, b: r(a + b), "sub": lambda a, b: r(a - b),
           "mul": lambda a, b: r(a * b), "div": lambda a, b: r(float_divide(a, b)),
           "rem": lambda a, b: r(float_rem(a, b))}
    for name, f in two.items():
        yield f"{name}_{t}", (t, t), t, f
    yield f"neg_{t}", (t,), t, lambda a: -a
    yield f"abs_{t}", (t,), t, abs
    yield (f"sqrt_{t}", (t,), t,
           lambda a: a if a == 0 or math.isnan(a) else NAN if a < 0 else r(math.sqrt(a)))
    yield (f"cmpl_{t}", (t, t), "i32",
           lambda a, b: 1 if a > b else 0 if a == b else -1)
    yield (f"cmpg_{t}", (t, t), "i32",
           lambda a, b: -1 if a < b else 0 if a == b else 1)
    if t == "f64":
        yield "floor_f64", (t,), t, whole(lambda a: float(math.floor(a)))
        yield "ceil_f64", (t,), t, whole(lambda a: float(math.ceil(a)))
        yield "rint_f64", (t,), t, whole(lambda a: float(round(a)))


def saturate(a, n):
    if math.isnan(a):
        return 0
    low, high = -(1 << (n - 1)), (1 << (n - 1)) - 1
    return high if a >= high else low if a <= low else int(a)


def truncate(a, low, high, otherwise):
    if math.isnan(a) or math.isinf(a) or not low <= int(a) <= high:
        return otherwise
    return int(a)


def conversions():
    yield "i32_to_i64", ("i32",), "i64", lambda a: a
    yield "u32_to_i64", ("i32",), "i64", lambda a: u(a, 32)
    yield "i64_to_i32", ("i64",), "i32", lambda a: wrap(a, 32)
    for n in (8, 16):
        yield f"sext{n}_i32", ("i32",), "i32", lambda a, n=n: wrap(a, n)
        yield f"zext{n}_i32", ("i32",), "i32", lambda a, n=n: u(a, n)
    for i in ("i32", "i64"):
        n = int(i[1:])
        yield f"{i}_to_f32", (i,), "f32", to_f32
        yield f"{i}_to_f64", (i,), "f64", float
        yield f"u{n}_to_f32", (i,), "f32", lambda a, n=n: to_f32(u(a, n))
        yield f"u{n}_to_f64", (i,), "f64", lambda a, n=n: float(u(a, n))
        low, high = -(1 << (n - 1)), (1 << (n - 1)) - 1
        for f in ("f32", "f64"):
            yield f"{f}_to_{i}_sat", (f,), i, lambda a, n=n: saturate(a, n)
            yield f"{f}_to_{i}", (f,), i, lambda a, l=low, h=high: truncate(a, l, h, l)
        yield f"f64_to_{i}_ovf", ("f64",), i, lambda a, l=low, h=high: truncate(a, l, h, TRAP)
        yield (f"f64_to_u{n}_ovf", ("f64",), i,
               lambda a, n=n: (lambda v: v if v is TRAP else wrap(v, n))(
                   truncate(a, 0, (1 << n) - 1, TRAP) if a > -1 or math.isnan(a) else TRAP))
    yield "f64_to_u64", ("f64",), "i64", lambda a: wrap(truncate(a, 0, (1 << 64) - 1, 1 << 63), 64)
    yield "f32_to_f64", ("f32",), "f64", lambda a: a
    yield "f64_to_f32", ("f64",), "f32", to_f32
    for name, low, high in (("i8", -128, 127), ("u8", 0, 255), ("i16", -32768, 32767),
                            ("u16", 0, 65535), ("u32", 0, 1 << 31)):
        yield (f"i32_to_{name}_ovf", ("i32",), "i32",
               lambda a, l=low, h=high: a if l <= a <= h else TRAP)
    yield "i64_to_i32_ovf", ("i64",), "i32", lambda a: a if a == wrap(a, 32) else TRAP
    yield "i64_to_u32_ovf", ("i64",), "i32", lambda a: wrap(a, 32) if a == u(a, 32) else TRAP
    yield "i64_to_u64_ovf", ("i64",), "i64", lambda a: a if a >= 0 else TRAP
    yield "bits_f32_i32", ("f32",), "i32", lambda a: wrap(bits32(a), 32)
    yield "bits_f64_i64", ("f64",), "i64", lambda a: wrap(bits64(a), 64)
    yield ("bits_i32_f32", ("i32",), "f32",
           lambda a: struct.unpack("<f", struct.pack("<i", a))[0])
    yield ("bits_i64_f64", ("i64",), "f64",
           lambda a: struct.unpack("<d", struct.pack("<q", a))[0])


class Program:
    """A main of straight code; WIDE: its registers have numbers above 255."""

    def __init__(self, name, wide):
        self.name, self.wide, self.lines, self.expect, self.count = name, wide, [], [], 0
        self.last = {}

    def constant(self, reg, t, v):
        if self.last.get(reg) is not None and self.last[reg] == (t, repr(v)):
            return
        self.last[reg] = (t, repr(v))
        if t == "f32":
            v = f"bits:0x{bits32(v):x}"
        elif t == "f64":
            v = f"bits:0x{bits64(v):x}"
        self.lines.append(f"  const_{t} {reg}, {v}")

    def show(self, t, v):
        if t == "f32":
            v = "nan" if math.isnan(v) else "%.9g" % v
        elif t == "f64":
            v = "nan" if math.isnan(v) else "%.17g" % v
        self.expect.append(str(v))

    def case(self, op, types, result, values, answer, immediate=None):
        for reg, t, v in zip("xy", types, values):
            self.constant(f"{reg}_{t}", t, v)
        operands = [f"r_{result}"] + [f"{reg}_{t}" for reg, t in zip("xy", types)]
        if immediate is not None:
            operands.append(str(immediate))
        text = f"  {op} {', '.join(operands)}"
        i, self.count = self.count, self.count + 1
        if answer is TRAP:
            trap = "div_zero" if op.split("_")[0] in ("div", "rem", "udiv", "urem") else "overflow"
            self.lines += [f"B{i}:", text, f"  trap {9}, 1", f"E{i}:", f"H{i}:",
                           f"  catch B{i}, E{i}, H{i}, {trap}, e"]
            self.expect.append("-77777")
            self.lines += ["  call _, print_i32, (minus)"]
        else:
            self.lines += [text, f"  call _, print_{result}, (r_{result})"]
            self.show(result, answer)

    def branch(self, op, t, a, b, taken, immediate=False):
        self.constant(f"x_{t}", t, a)
        if not immediate:
            self.constant(f"y_{t}", t, b)
        i, self.count = self.count, self.count + 1
        self.lines += ["  const_i32 r_i32, 1",
                       f"  {op} x_{t}, {b if immediate else 'y_' + t}, T{i}",
                       "  const_i32 r_i32, 0", f"T{i}:", "  call _, print_i32, (r_i32)"]
        self.expect.append(str(int(taken)))

    def write(self, files, declarations=()):
        text = [f"; {self.name}: written by tests/ir/generate.py"] + list(declarations)
        text += [f";; expect: {line}" for line in self.expect]
        text += ["func main() void {"]
        if self.wide:
            for i in range(0, 260, 10):
                text.append("  i32 " + ", ".join(f"w{j}" for j in range(i, i + 10)))
            text += [f"  const_i32 w{i}, {i}" for i in range(260)]
        for t in ("i32", "i64", "f32", "f64"):
            text.append(f"  {t} x_{t}, y_{t}, r_{t}")
        text += ["  i32 minus", "  ref e", "  const_i32 minus, -77777"] + self.lines
        text += ["  ret_void", "}", ""]
        files[self.name + ".vir"] = "\n".join(text)


def pairs(rng, types, count):
    choices = [SHIFTS if t == "shift" else VALUES[t] for t in types]
    if len(types) == 1:
        return [(v,) for v in choices[0]]
    special = list(zip(choices[0], choices[1]))[:4]
    if types[1] != "shift":
        special += [(choices[0][-1], v) for v in choices[1][:3]]
        if types[0][0] == "i":
            n = int(types[0][1:])
            special += [(-(1 << (n - 1)), -1), (5, 0), (-7, 2), (7, -2)]
    return special + [(rng.choice(choices[0]), rng.choice(choices[1])) for _ in range(count)]


def family(files, name, rows, wide, count):
    rng = random.Random(name)
    p = Program(name + ("_wide" if wide else ""), wide)
    for op, types, result, f in rows:
        for values in pairs(rng, types, count):
            real = tuple("i32" if t == "shift" else t for t in types)
            p.case(op, real, result, values, f(*values))
    p.write(files)


def immediates(files, wide):
    rng = random.Random("immediates")
    p = Program("immediates" + ("_wide" if wide else ""), wide)
    for t in ("i32", "i64"):
        rows = {op: f for op, _, _, f in arithmetic(t)}
        for op in ("add", "mul", "div", "rem", "and", "or", "xor", "shl", "shr", "ushr"):
            if t == "i64" and op in ("div", "rem", "or", "xor"):
                continue
            for k in (1, -2, 7, 63, -128, 127, 128, -129, 300, 32767, -32768):
                a = rng.choice(VALUES[t])
                p.case(f"{op}_{t}_imm", (t,), t, (a,), rows[f"{op}_{t}"](a, k), k)
        for op in ("add", "sub", "and", "mul", "div", "xor", "shl"):  # the builder chooses a form
            for k in (255, 65535, 1000000, -1):
                a = rng.choice(VALUES[t])
                if op == "shl":
                    k = k % 64
                p.case(f"{op}_{t}", (t, t if op != "shl" else "i32"), t, (a, k),
                       rows[f"{op}_{t}"](a, k))
    p.write(files)


def branches(files, t, wide):
    rng = random.Random("branches" + t)
    p = Program(f"branches_{t}" + ("_wide" if wide else ""), wide)
    for op, _, _, f in comparisons(t):
        for a, b in pairs(rng, (t, t), 6):
            p.branch("br_" + op, t, a, b, f(a, b))
        if t == "i32" and op[0] != "u":
            for b in (0, 5, -128, 127, 128, -1000, 32767):
                a = rng.choice([b, b + 1, b - 1])
                p.branch(f"br_{op}_imm", t, a, b, f(a, b), True)
    p.write(files)


NARROW = {"i8": (8, True), "u8": (8, False), "i16": (16, True), "u16": (16, False)}


def stored(t, v):
    """What comes back from memory of type t."""
    if t not in NARROW:
        return v
    bits, signed = NARROW[t]
    return wrap(v, bits) if signed else u(v, bits)


def memory(files, place, wide):
    """Store and load every type: a field, a global, an element, through a pointer, volatile."""
    rng = random.Random("memory" + place)
    p = Program(f"memory_{place}" + ("_wide" if wide else ""), wide)
    types = list(NARROW) + list(VALUES)
    declarations = []
    setup = {"field": ["  new o, Fields"], "volatile_field": ["  new o, Fields"],
             "pointer": ["  new o, Fields"], "static": [], "volatile_static": [],
             "element": ["  const_i32 n, 5", "  const_i32 i, 3"]}[place]
    if "static" in place:
        declarations += [f"global {t} g_{t}" for t in types]
    elif place == "element":
        declarations += [f"array A_{t} {t}" for t in types]
    else:
        declarations += ["kind Fields {"] + [f"  {t} f_{t}, g_{t}" for t in types] + ["}"]
    for t in types:
        reg = "i32" if t in NARROW else t
        width = "i" + t[1:] if t in NARROW else t
        if place == "element":
            p.lines.append(f"  new_array o, n, A_{t}")
        for v in rng.sample(VALUES[reg], 8):
            p.constant(f"x_{reg}", reg, v)
            p.last = {}
            if place == "field":
                text = f"store_field_{width} x_{reg}, o, Fields.f_{t}", \
                       f"load_field_{t} r_{reg}, o, Fields.f_{t}"
            elif place == "volatile_field":
                text = f"store_field_volatile x_{reg}, o, {t}, Fields.g_{t}", \
                       f"load_field_volatile r_{reg}, o, {t}, Fields.g_{t}"
            elif place == "static":
                text = f"store_static_{width} x_{reg}, g_{t}", f"load_static_{t} r_{reg}, g_{t}"
            elif place == "volatile_static":
                text = f"store_static_volatile x_{reg}, {t}, g_{t}", \
                       f"load_static_volatile r_{reg}, {t}, g_{t}"
            elif place == "element":
                text = f"store_elem_{width} x_{reg}, o, i", f"load_elem_{t} r_{reg}, o, i"
            else:
                text = f"field_address p, o, 0\n  store_ptr_{width} x_{reg}, p, Fields.f_{t}", \
                       f"load_ptr_{t} r_{reg}, p, Fields.f_{t}"
            p.lines += ["  " + text[0], "  call _, collect, ()", "  " + text[1],
                        f"  call _, print_{reg}, (r_{reg})"]
            p.show(reg, stored(t, v))
    p.lines = ["  i32 n, i", "  ref o", "  ptr p"] + setup + p.lines
    p.write(files, declarations)


def main():
    files = {}
    for wide in (False, True):
        count = 4 if wide else 8
        for t in ("i32", "i64"):
            family(files, f"arithmetic_{t}", arithmetic(t), wide, count)
        for t in ("f32", "f64"):
            family(files, f"arithmetic_{t}", floats(t), wide, count)
        family(files, "conversions", conversions(), wide, count)
        family(files, "comparisons", [r for t in VALUES for r in comparisons(t)], wide, count)
        immediates(files, wide)
        for t in VALUES:
            branches(files, t, wide)
        for place in ("field", "volatile_field", "static", "volatile_static", "element",
                      "pointer"):
            memory(files, place, wide)
    out = pathlib.Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (out / name).write_text(text)


if __name__ == "__main__":
    main()
