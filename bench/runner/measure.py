"""Interleaved runs: each round runs a case once on every peer, so that a slow minute of the machine
hits all of them alike. The first of a round is another peer each time."""
from . import case as case_module
from . import process
from .results import Sample


def say_nothing(_):
    pass


def measure(cases, peers, runs, results, say=say_nothing):
    """Adds samples to the results. A peer that fails once at a case is not run on it again."""
    for n, case in enumerate(cases, 1):
        active = [p for p in peers if not case.peers or p.name in case.peers]
        for index in range(runs):
            turn = index % len(active) if active else 0
            for peer in active[turn:] + active[:turn]:
                say(f"{case.part} {n}/{len(cases)} {case.name}: {peer.name}, "
                    f"run {index + 1}/{runs}")
                sample = once(case, peer, index)
                results.add(sample)
                if sample.wrong:
                    active = [p for p in active if p is not peer]


def once(case, peer, index):
    case.before()
    run = process.run([*peer.command, *case.arguments], case.seconds, case.cwd or process.OUT)
    if run.status == "timeout":
        wrong = f"no end after {case.seconds} s"
    elif not run.ok:
        wrong = f"status {run.status}: {(run.err or run.out).strip()[-300:]}"
    else:
        wrong = case.check(run.out)
    return Sample(case.part, case.name, peer.name, index, wrong, run.cpu, run.wall, run.rss_mb,
                  case_module.iterations(run.err))
