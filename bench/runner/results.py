"""What was measured. Two CSV files hold all of it: runs.csv and iterations.csv; the page and the
tables can be made from them again (bench/run --from FOLDER)."""
import csv
import dataclasses
import datetime
import json
import os
import platform
import subprocess

from .case import Iteration
from .process import ROOT


@dataclasses.dataclass
class Sample:
    part: str
    case: str
    peer: str
    run: int
    wrong: str          # empty: it ended well and gave the known answer
    cpu: float          # seconds
    wall: float         # seconds
    rss_mb: float
    iterations: list = dataclasses.field(default_factory=list)


class Results:
    def __init__(self, about):
        self.about = about      # {title: text}: machine, day, versions
        self.peers = {}         # {name: what it is}, in the order of the columns
        self.samples = []

    def add(self, sample):
        self.samples.append(sample)

    def parts(self):
        return list(dict.fromkeys(s.part for s in self.samples))

    def cases(self, part):
        return list(dict.fromkeys(s.case for s in self.samples if s.part == part))

    def of(self, part, case, peer):
        return [s for s in self.samples if (s.part, s.case, s.peer) == (part, case, peer)]

    def failures(self):
        return [s for s in self.samples if s.wrong]


RUN_FIELDS = ("part", "case", "peer", "run", "wrong", "cpu", "wall", "rss_mb")
ITERATION_FIELDS = ("part", "case", "peer", "run", "iteration", "ms", "cpu_ms")


def write(results, folder):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "about.json").write_text(json.dumps({"about": results.about, "peers": results.peers},
                                                  indent=2) + "\n")
    with (folder / "runs.csv").open("w", newline="") as f:
        out = csv.writer(f)
        out.writerow(RUN_FIELDS)
        for s in results.samples:
            out.writerow([getattr(s, name) for name in RUN_FIELDS])
    with (folder / "iterations.csv").open("w", newline="") as f:
        out = csv.writer(f)
        out.writerow(ITERATION_FIELDS)
        for s in results.samples:
            for i in s.iterations:
                out.writerow([s.part, s.case, s.peer, s.run, i.index, i.ms, i.cpu_ms])


def read(folder):
    head = json.loads((folder / "about.json").read_text())
    results = Results(head["about"])
    results.peers = head["peers"]
    by_key = {}
    with (folder / "runs.csv").open(newline="") as f:
        for row in csv.DictReader(f):
            sample = Sample(row["part"], row["case"], row["peer"], int(row["run"]), row["wrong"],
                            float(row["cpu"]), float(row["wall"]), float(row["rss_mb"]))
            by_key[sample.part, sample.case, sample.peer, sample.run] = sample
            results.add(sample)
    with (folder / "iterations.csv").open(newline="") as f:
        for row in csv.DictReader(f):
            sample = by_key[row["part"], row["case"], row["peer"], int(row["run"])]
            sample.iterations.append(Iteration(int(row["iteration"]), float(row["ms"]),
                                               float(row["cpu_ms"])))
    return results


def first_line(command):
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    return (done.stdout + done.stderr).strip().split("\n")[0]


def machine():
    """What a reader has to know of where and when figures were taken."""
    model = "unknown processor"
    with open("/proc/cpuinfo") as f:
        for line in f:
            if line.startswith("model name"):
                model = line.partition(":")[2].strip()
                break
    change = " with changes" if first_line(["git", "status", "--porcelain", "-uno"]) else ""
    return {
        "day": datetime.datetime.now().strftime("%d %B %Y, %H:%M"),
        "machine": f"{model}, {os.cpu_count()} processors, Linux {platform.release()}",
        "commit": first_line(["git", "log", "-1", "--format=%h %s"]) + change,
        "load": f"{os.getloadavg()[0]:.1f} at the start",
    }
