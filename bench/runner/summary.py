"""Medians, ratios and geometric means of results."""
import math
import statistics

MEASURES = {
    # name: (title, unit, value of a sample)
    "cpu": ("CPU time", "s", lambda s: s.cpu),
    "wall": ("elapsed time", "s", lambda s: s.wall),
    "rss": ("peak memory", "MB", lambda s: s.rss_mb),
    "last": ("last iteration", "ms", lambda s: s.iterations[-1].ms if s.iterations else None),
}


def values(results, part, case, peer, measure):
    """Of the runs that ended well."""
    of_sample = MEASURES[measure][2]
    found = [of_sample(s) for s in results.of(part, case, peer) if not s.wrong]
    return [v for v in found if v is not None]


def median(results, part, case, peer, measure):
    """None if the peer was not run on the case, or failed."""
    if any(s.wrong for s in results.of(part, case, peer)):
        return None
    found = values(results, part, case, peer, measure)
    return statistics.median(found) if found else None


def ratio(results, part, case, peer, base, measure):
    """The peer's median by the base's."""
    mine = median(results, part, case, peer, measure)
    other = median(results, part, case, base, measure)
    return mine / other if mine and other else None


def geometric_mean(numbers):
    return math.exp(sum(map(math.log, numbers)) / len(numbers)) if numbers else None


def mean_ratio(results, part, peer, base, measure):
    """(geometric mean over the cases that both did, how many these are)"""
    ratios = [ratio(results, part, c, peer, base, measure) for c in results.cases(part)]
    ratios = [r for r in ratios if r is not None]
    return geometric_mean(ratios), len(ratios)


def curve(results, part, case, peer):
    """Milliseconds of each iteration: the median over the runs."""
    runs = [s.iterations for s in results.of(part, case, peer) if not s.wrong and s.iterations]
    if not runs:
        return []
    length = min(map(len, runs))
    return [statistics.median(r[i].ms for r in runs) for i in range(length)]
