#!/usr/bin/env python3
"""check_bench.py -- the benchmark runner itself, on programs that cost nothing.

Runs cases on peers that are shell commands, with one that answers wrong, one that crashes and one
that does not end; then what comes out must say so: samples, means, CSV files read back, tables, page.
"""
import html.parser
import pathlib
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "bench"))
from runner import case, measure, page, peer, process, results, summary, text

ITERATES = "echo out; for i in 0 1 2; do echo iter $i ms $((i + 1)).5 cpu 10 >&2; done"


class Nesting(html.parser.HTMLParser):
    """Whether every element that is opened is closed, in order."""

    def __init__(self):
        super().__init__()
        self.open, self.wrong = [], []

    def handle_starttag(self, tag, attributes):
        if tag != "meta":
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        pass

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


def sample_results():
    """Real runs of small shell commands."""
    shell = peer.Peer("j3", ("sh", "-c"), "a shell")
    twice = peer.Peer("java", ("sh", "-c"), "another")
    cases = [
        case.Case("start", "good", (ITERATES,), case.equals("out\n"), 20),
        case.Case("start", "wrong", ("echo '<other>'",), case.equals("out\n"), 20),
        case.Case("start", "crash", ("kill -SEGV $$",), case.equals(""), 20),
        case.Case("start", "hang", ("sleep 60",), case.equals(""), 1),
        case.Case("warmup", "good", (ITERATES,), case.equals("out\n"), 20),
    ]
    found = results.Results({"day": "today"})
    found.peers = {"j3": shell.what, "java": twice.what}
    measure.measure(cases, [shell, twice], 2, found)
    return found


def made_results():
    """Figures whose means are known: 2 and 8 times, so 4."""
    found = results.Results({})
    found.peers = {"j3": "", "java": ""}
    for name, share in (("a", 2.0), ("b", 8.0)):
        for run, noise in enumerate((0.9, 1.0, 5.0)):
            found.add(results.Sample("kernels", name, "java", run, "", 0.5 * noise, 1.0, 10.0))
            found.add(results.Sample("kernels", name, "j3", run, "", 0.5 * share * noise, 1.0, 10.0))
    found.add(results.Sample("kernels", "c", "java", 0, "", 1.0, 1.0, 10.0))
    found.add(results.Sample("kernels", "c", "j3", 0, "no answer", 99.0, 1.0, 10.0))
    return found


def complaints(folder):
    found = sample_results()
    wrong = {s.case: s.wrong for s in found.of("start", "good", "j3") + found.failures()}
    expected = {"good": "", "wrong": "prints '<other>", "crash": "status 139", "hang": "no end after 1 s"}
    for name, text_ in expected.items():
        if not wrong.get(name, "missing").startswith(text_):
            yield f"{name}: the runner should say {text_!r}, says {wrong.get(name)!r}"
    if len(found.of("start", "crash", "j3")) != 1 or len(found.of("start", "good", "j3")) != 2:
        yield "a peer that failed was run again, or one that did not was not"
    if summary.curve(found, "warmup", "good", "j3") != [1.5, 2.5, 3.5]:
        yield "the times of iterations were not read"
    if not 0 < summary.median(found, "start", "good", "j3", "rss") < 6:
        yield "the peak memory of a shell is not a shell's"

    results.write(found, folder)
    if results.read(folder).samples != found.samples:
        yield "the CSV files do not hold what was measured"

    made = made_results()
    mean, count = summary.mean_ratio(made, "kernels", "j3", "java", "cpu")
    if abs(mean - 4.0) > 1e-9 or count != 2:
        yield f"the mean of 2 and 8 is {mean} of {count}; a failure has no ratio"

    lines = []
    text.tables(found, lines.append)
    if not any("crash on j3: status 139" in line for line in lines):
        yield "the tables hide a failure"

    for some in (found, made):
        page.write(some, "java", folder / "index.html")
        nesting = Nesting()
        written = (folder / "index.html").read_text()
        nesting.feed(written)
        if nesting.wrong or nesting.open:
            yield f"the page does not close {nesting.wrong + nesting.open}"
    if "http" in written.replace("http-equiv", "") or "<other>" in written:
        yield "the page refers to elsewhere, or does not escape"


def main():
    if sys.argv[1:] == ["--self-test"]:
        print("self-test: the check is one")
        return
    with tempfile.TemporaryDirectory(prefix="vmkit-bench-") as tmp:
        process.COST = pathlib.Path(tmp) / "cost"
        process.OUT = pathlib.Path(tmp)
        process.prepare()
        found = list(complaints(pathlib.Path(tmp)))
    print("\n".join(found))
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
