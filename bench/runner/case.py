"""A case: one program with its arguments, and how to know that it did what it should."""
import dataclasses
import pathlib
import re
from typing import Callable


@dataclasses.dataclass(frozen=True)
class Iteration:
    """One iteration of a program that says on stderr how long each took: `iter 3 ms 12.5 cpu 20`."""
    index: int
    ms: float
    cpu_ms: float  # grain of 10 ms; 0 if the program does not say


@dataclasses.dataclass(frozen=True)
class Case:
    part: str
    name: str
    arguments: tuple            # after the command of the virtual machine
    check: Callable             # (stdout) -> "" or what is wrong with it
    seconds: int = 300          # after which it is killed
    cwd: pathlib.Path = None
    before: Callable = lambda: None
    peers: tuple = ()           # names of the peers that run it; empty: all that were chosen


def iterations(err):
    found = re.findall(r"^iter (\d+) ms ([\d.]+)(?: cpu (\d+))?", err, re.M)
    return [Iteration(int(i), float(ms), float(cpu or 0)) for i, ms, cpu in found]


def equals(expected):
    def check(out):
        return "" if out == expected else f"prints {out[-200:]!r} instead of {expected[-200:]!r}"
    return check
