"""The summary as one HTML page that needs nothing else: style, plots and tables are in it."""
import html
import pathlib

from . import plot, summary
from .text import number

STYLE = pathlib.Path(__file__).parent / "page.css"
TITLES = {
    "start": ("Start", "From nothing to <code>Hello, world</code>."),
    "javac": ("javac", "OpenJDK's compiler, as a program of its own each time."),
    "kernels": ("Kernels", "Small programs, one behaviour each."),
    "workloads": ("Applications", "Unmodified applications and libraries, each started anew."),
    "warmup": ("Warm-up", "Milliseconds of each iteration, from the first one on; logarithmic."),
}


def esc(value):
    return html.escape(str(value))


class Page:
    def __init__(self, results, base):
        self.results = results
        self.peers = list(results.peers)
        self.base = base
        self.parts = [p for p in results.parts() if p != "warmup"]

    def kind(self, peer):
        """Which colour and shape a peer has. j3 has the first, whatever its place."""
        return 0 if peer == "j3" else 1 + [p for p in self.peers if p != "j3"].index(peer)

    # --- pieces ---

    def head(self):
        about = "".join(f"<dt>{esc(k)}</dt><dd>{esc(v)}</dd>"
                        for k, v in self.results.about.items())
        peers = "".join(f"<li>{plot.legend_mark(self.kind(p))}<b>{esc(p)}</b> {esc(what)}</li>"
                        for p, what in self.results.peers.items())
        return (f"<header><h1>j3 beside HotSpot</h1><dl class='about'>{about}</dl>"
                f"<ul class='peers'>{peers}</ul></header>")

    def overview(self):
        """One cell for each part and peer: the mean of j3's CPU time by the peer's."""
        others = [p for p in self.peers if p != "j3"]
        if "j3" not in self.peers or not others:
            return ""
        rows = []
        for part in self.parts:
            for measure in ("cpu", "wall", "rss"):
                cells = []
                for peer in others:
                    mean, count = summary.mean_ratio(self.results, part, "j3", peer, measure)
                    style = "" if mean is None else "less" if mean < 1 else "more"
                    tip = f"{count} of {len(self.results.cases(part))} programs"
                    cells.append(f"<td class='{style}' title='{tip}'>{number(mean)}</td>")
                name = group = ""
                if measure == "cpu":
                    name = f"<th rowspan='3'>{TITLES.get(part, (part,))[0]}</th>"
                    group = " class='group'"
                rows.append(f"<tr{group}>{name}<th class='sub'>{summary.MEASURES[measure][0]}</th>"
                            f"{''.join(cells)}</tr>")
        if not rows:
            return ""
        head = "".join(f"<th>{plot.legend_mark(self.kind(p))}{esc(p)}</th>" for p in others)
        return ("<section><h2>j3 as a multiple of each</h2>"
                "<p>Geometric means over the programs of a part. Below 1, j3 takes less.</p>"
                "<div class='scroll'><table class='overview'>"
                f"<thead><tr><th></th><th></th>{head}</tr></thead><tbody>{''.join(rows)}</tbody>"
                "</table></div></section>")

    def strip_plot(self, part, measure):
        title, unit, _ = summary.MEASURES[measure]
        rows = []
        cases = self.results.cases(part)
        if len(cases) > 1:
            means = [(p, *summary.mean_ratio(self.results, part, p, self.base, measure))
                     for p in self.peers]
            rows.append(("geometric mean", [(self.kind(p), m, f"{p}: {number(m)} ({n} programs)")
                                            for p, m, n in means if m]))
        for case in cases:
            marks = []
            for peer in self.peers:
                share = summary.ratio(self.results, part, case, peer, self.base, measure)
                if share:
                    value = summary.median(self.results, part, case, peer, measure)
                    tip = f"{case}, {peer}: {number(value)} {unit}, {number(share)} of {self.base}"
                    marks.append((self.kind(peer), share, tip))
            rows.append((case, marks))
        if not any(marks for _, marks in rows):
            return ""
        return (f"<figure><figcaption>{title}, as a multiple of {esc(self.base)}'s "
                f"<span>(left is less; logarithmic)</span></figcaption><div class='scroll'>"
                f"{plot.strips(rows, f'{part}: {title}')}</div></figure>")

    def table(self, part, measure):
        title, unit, _ = summary.MEASURES[measure]
        rows = []
        for case in self.results.cases(part):
            medians = {p: summary.median(self.results, part, case, p, measure) for p in self.peers}
            best = min((m for m in medians.values() if m), default=None)
            cells = []
            for peer in self.peers:
                found = summary.values(self.results, part, case, peer, measure)
                wrong = [s.wrong for s in self.results.of(part, case, peer) if s.wrong]
                if wrong:
                    cells.append(f"<td class='wrong' title='{esc(wrong[0])}'>failed</td>")
                elif not found:
                    cells.append("<td>–</td>")
                else:
                    tip = f"{len(found)} runs, {number(min(found))} to {number(max(found))} {unit}"
                    style = " class='best'" if medians[peer] == best else ""
                    cells.append(f"<td{style} title='{tip}'>{number(medians[peer])}</td>")
            rows.append(f"<tr><th>{esc(case)}</th>{''.join(cells)}</tr>")
        head = "".join(f"<th>{esc(p)}</th>" for p in self.peers)
        return (f"<h4>{title}, {unit}: medians</h4><div class='scroll'><table>"
                f"<thead><tr><th></th>{head}</tr></thead>"
                f"<tbody>{''.join(rows)}</tbody></table></div>")

    def part(self, part):
        title, what = TITLES.get(part, (part, ""))
        cases = self.results.cases(part)
        measures = [m for m in summary.MEASURES
                    if any(summary.values(self.results, part, c, p, m)
                           for c in cases for p in self.peers)]
        plots = "".join(self.strip_plot(part, m) for m in ("cpu", "wall", "rss") if m in measures)
        tables = "".join(self.table(part, m) for m in measures)
        return (f"<section id='{part}'><h2>{title}</h2><p>{what}</p>{plots}"
                f"<details><summary>Figures</summary>{tables}</details></section>")

    def warmup(self):
        cells = []
        for case in self.results.cases("warmup"):
            lines = [(self.kind(p), p, summary.curve(self.results, "warmup", case, p))
                     for p in self.peers]
            lines = [line for line in lines if line[2]]
            if lines:
                cells.append(f"<div>{plot.curves(case, lines)}</div>")
        if not cells:
            return ""
        title, what = TITLES["warmup"]
        return (f"<section id='warmup'><h2>{title}</h2><p>{what}</p>"
                f"<div class='small'>{''.join(cells)}</div></section>")

    def failures(self):
        rows = "".join(f"<li><b>{esc(s.case)}</b> on {esc(s.peer)}: {esc(s.wrong)}</li>"
                       for s in self.results.failures())
        if not rows:
            return ""
        return f"<section class='failures'><h2>What failed</h2><ul>{rows}</ul></section>"

    def render(self):
        body = [self.head(), self.overview(), self.failures(), *(self.part(p) for p in self.parts),
                self.warmup()]
        return ("<!doctype html><html lang='en'><meta charset='utf-8'>"
                "<meta name='viewport' content='width=device-width,initial-scale=1'>"
                f"<title>j3 beside HotSpot</title><style>{STYLE.read_text()}</style>"
                f"<main>{''.join(body)}</main></html>\n")


def write(results, base, path):
    path.write_text(Page(results, base).render())
