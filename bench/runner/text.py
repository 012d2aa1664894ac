"""The summary as text."""
from . import summary


def number(value):
    if value is None:
        return "-"
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def table(results, part, measure, write):
    title, unit, _ = summary.MEASURES[measure]
    peers = [p for p in results.peers
             if any(summary.values(results, part, c, p, measure) for c in results.cases(part))]
    if not peers:
        return
    others = [p for p in peers if p != "j3"] if "j3" in peers else []
    write(f"\n{part}, {title} ({unit})")
    write(f"  {'':16}" + "".join(f"{p:>10}" for p in peers)
          + "".join(f"{'j3/' + p:>11}" for p in others))
    for case in results.cases(part):
        row = [number(summary.median(results, part, case, p, measure)) for p in peers]
        ratios = [number(summary.ratio(results, part, case, "j3", p, measure)) for p in others]
        write(f"  {case:16}" + "".join(f"{v:>10}" for v in row)
              + "".join(f"{v:>11}" for v in ratios))
    if len(results.cases(part)) > 1 and others:
        means = [number(summary.mean_ratio(results, part, "j3", p, measure)[0]) for p in others]
        write(f"  {'geometric mean':16}" + " " * 10 * len(peers) + "".join(f"{v:>11}" for v in means))


def tables(results, write=print):
    for part in results.parts():
        for measure in summary.MEASURES:
            table(results, part, measure, write)
    for s in results.failures():
        write(f"\nbench: {s.part} {s.case} on {s.peer}: {s.wrong}")
