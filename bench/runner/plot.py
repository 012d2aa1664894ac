"""Plots as SVG text. Colours are classes (p0, p1, ... a peer each), so that the page's style sheet
makes them light or dark; marks differ in shape too, for whoever cannot tell colours apart."""
import html
import math

TEXT = 11           # height of text, as in the style sheet


def nice_log_ticks(low, high):
    """1, 2, 5 times powers of ten within [low, high]."""
    ticks = [m * 10.0 ** e for e in range(math.floor(math.log10(low)) - 1,
                                          math.ceil(math.log10(high)) + 1) for m in (1, 2, 5)]
    return [t for t in ticks if low * 0.999 <= t <= high * 1.001]


def short(value):
    return f"{value:.3g}"


class LogScale:
    """From a range of numbers to a range of pixels."""

    def __init__(self, numbers, begin, end):
        low, high = min(numbers), max(numbers)
        if high < low * 2:
            low, high = low / 1.5, high * 1.5
        self.low, self.high = low / 1.08, high * 1.08
        self.begin, self.end = begin, end

    def __call__(self, number):
        share = math.log(number / self.low) / math.log(self.high / self.low)
        return self.begin + share * (self.end - self.begin)

    def ticks(self, most):
        found = nice_log_ticks(self.low, self.high)
        while len(found) > most:
            found = found[::2]
        return found


def mark(kind, x, y, r, label):
    """One of six shapes of about the same area."""
    k = kind % 6
    if k == 0:
        shape = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r + 1:.1f}"'
    elif k == 1:
        shape = (f'<rect x="{x - r + .5:.1f}" y="{y - r + .5:.1f}" width="{2 * r - 1:.1f}" '
                 f'height="{2 * r - 1:.1f}"')
    else:
        points = {
            2: ((0, -1.2), (1.1, .8), (-1.1, .8)),
            3: ((0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)),
            4: ((0, 1.2), (1.1, -.8), (-1.1, -.8)),
            5: ((-.4, -1.2), (.4, -1.2), (.4, 1.2), (-.4, 1.2)),
        }[k]
        text = " ".join(f"{x + dx * r:.1f},{y + dy * r:.1f}" for dx, dy in points)
        shape = f'<polygon points="{text}"'
    element = shape[1:].split()[0]
    return f'{shape} class="mark p{kind}"><title>{html.escape(label)}</title></{element}>'


def svg(width, height, body, label):
    return (f'<svg viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" '
            f'aria-label="{html.escape(label)}">{"".join(body)}</svg>')


def text(x, y, content, style="", anchor="start"):
    return (f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" class="{style}">'
            f'{html.escape(content)}</text>')


def strips(rows, label, width=860):
    """rows: [(name, [(kind, number, tip)])]. One line for each name, a mark for each number, on one
    logarithmic axis with a line at 1. The first row may be a mean: its name is printed bold."""
    numbers = [n for _, marks in rows for _, n, _ in marks] + [1.0]
    left, row, top = 118, 22, 22
    height = top + row * len(rows) + 8
    scale = LogScale(numbers, left + 10, width - 14)
    body = []
    for tick in scale.ticks(12):
        x = scale(tick)
        style = "one" if tick == 1 else "grid"
        body.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{top}" y2="{height - 6}" '
                    f'class="{style}"/>')
        body.append(text(x, top - 8, short(tick), "tick", "middle"))
    for i, (name, marks) in enumerate(rows):
        y = top + row * (i + .5)
        style = "strong" if name.endswith("mean") else "name"
        body.append(text(left, y + TEXT * .35, name, style, "end"))
        body.append(f'<line x1="{left + 10}" x2="{width - 14}" y1="{y}" y2="{y}" class="row"/>')
        for kind, number, tip in sorted(marks, key=lambda m: -m[0]):  # j3, kind 0, on top
            body.append(mark(kind, scale(number), y, 5 if kind == 0 else 4.2, tip))
    return svg(width, height, body, label)


def curves(name, lines, width=276, height=158):
    """lines: [(kind, peer, [milliseconds])]. Time of each iteration from the first on, logarithmic."""
    left, right, top, bottom = 40, 8, 22, 20
    numbers = [max(v, 0.01) for _, _, values in lines for v in values]
    longest = max(len(values) for _, _, values in lines)
    scale = LogScale(numbers, height - bottom, top)
    step = (width - left - right) / max(longest - 1, 1)
    body = [text(left, 13, name, "strong")]
    for tick in scale.ticks(5):
        y = scale(tick)
        body.append(f'<line x1="{left}" x2="{width - right}" y1="{y:.1f}" y2="{y:.1f}" class="grid"/>')
        body.append(text(left - 5, y + TEXT * .35, short(tick), "tick", "end"))
    for i in sorted({0, longest // 2, longest - 1}):
        body.append(text(left + i * step, height - 5, str(i + 1), "tick", "middle"))
    for kind, peer, values in reversed(lines):
        points = [(left + i * step, scale(max(v, 0.01))) for i, v in enumerate(values)]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        body.append(f'<polyline points="{path}" class="line p{kind}">'
                    f'<title>{html.escape(peer)}</title></polyline>')
        x, y = points[-1]
        body.append(mark(kind, x, y, 3, f"{peer}: {values[-1]:.1f} ms at iteration {len(values)}"))
    return svg(width, height, body, f"time of each iteration of {name}")


def legend_mark(kind):
    return svg(16, 16, [mark(kind, 8, 8, 4.6, "")], "")
