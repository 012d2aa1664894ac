"""One process: its output, and what it cost (see cost.c)."""
import dataclasses
import os
import pathlib
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
OUT = ROOT / "build/bench"
COST = OUT / "cost"
ENVIRONMENT = dict(os.environ, LC_ALL="C.UTF-8", TZ="UTC")


@dataclasses.dataclass
class Run:
    status: str  # "0", another number, or "timeout"
    out: str
    err: str
    wall: float
    cpu: float
    rss_mb: float

    @property
    def ok(self):
        return self.status == "0"


def prepare():
    """Compiles cost, if it is older than its source."""
    source = pathlib.Path(__file__).parent / "cost.c"
    if not COST.exists() or COST.stat().st_mtime < source.stat().st_mtime:
        OUT.mkdir(parents=True, exist_ok=True)
        subprocess.run(["cc", "-O2", "-o", COST, source], check=True)


def run(command, seconds, cwd):
    """Runs a command (strings and paths) to its end."""
    with tempfile.TemporaryDirectory(prefix="vmkit-bench-") as folder:
        report, out, err = (pathlib.Path(folder) / n for n in ("report", "out", "err"))
        with out.open("wb") as o, err.open("wb") as e:
            subprocess.run([COST, str(seconds), report, *map(str, command)], check=True, cwd=cwd,
                           stdin=subprocess.DEVNULL, stdout=o, stderr=e, env=ENVIRONMENT)
        status, wall, cpu, rss = report.read_text().split()
        return Run(status, out.read_text(errors="replace"), err.read_text(errors="replace"),
                   float(wall), float(cpu), int(rss) / 1024)
