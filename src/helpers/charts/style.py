"""How charts look: their colours and sizes, the styles inside an image, and how one is saved."""

from __future__ import annotations

import io
import re
from importlib.resources import as_file, files

import matplotlib as mpl
from matplotlib.figure import Figure

PALETTE = {
    # role: (on a light page, on a dark page)
    "surface": ("#fffaf2", "#1d1a16"),
    "ink": ("#2b2620", "#f2ebe0"),
    "muted": ("#5c5348", "#c3b8a7"),
    "axis": ("#8a7f70", "#8d8374"),
    "grid": ("#e2d9ca", "#3d372f"),
    "band": ("#f6ead5", "#2c261e"),
    "local": ("#b45309", "#f5a623"),
    "other_1": ("#12436d", "#9cc9f2"),
    "other_2": ("#5b6470", "#aeb8c4"),
    "other_3": ("#2073bc", "#5fa8ea"),
    "target": ("#801650", "#f29cc6"),
    "improving": ("#1b7a71", "#4fc9bb"),
    "declining": ("#86174f", "#f58bbd"),
    "declining_within_margin": ("#7a58b5", "#b9a0e6"),
    "no_change": ("#6b6459", "#a8a297"),
    "rose": ("#1a4e7d", "#86b9e8"),
    "fell": ("#2a6aa6", "#bcdaf5"),
}
"""Colours by role. Graphics stand out 3:1 and text 4.5:1 from the page, light and dark; the
grid and the band of a usual range are faint on purpose, and never the only sign of anything.

The blues, the target's plum and the greens and purples start from the Analysis Function's
palette. Colour never carries a meaning alone: every line, bar and segment has its words.
"""

TEXT = 14.5
"""Size of text in points: 10 pixels where the image is shown 320 pixels wide."""

LARGE_TEXT = 17.5
"""Size of text in charts that are mostly words: 12 pixels at 320."""

TEXT_ON_WIDE = 12
"""Size of text where the image is at least 500 pixels wide: 18 pixels at 700."""

WIDTH = 460.8
"""Width of every image in points; 614 CSS pixels."""


def colour(role: str) -> str:
    """Return a role's colour on a light page; `css` has the one for dark pages."""
    return PALETTE[role][0]


with as_file(files("afcharts") / "afcharts.mplstyle") as _path:
    _AFCHARTS = mpl.rc_params_from_file(_path, use_default_template=False)

STYLE = dict(_AFCHARTS) | {
    # Everything is measured in the font that comes with matplotlib, so that charts are laid out
    # alike on every machine. It is wide; readers' own fonts, set in css(), need less room.
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": TEXT,
    "text.color": colour("ink"),
    "text.parse_math": False,
    "axes.edgecolor": colour("axis"),
    "axes.labelcolor": colour("ink"),
    "grid.color": colour("grid"),
    "grid.linewidth": 0.8,
    "xtick.color": colour("axis"),
    "xtick.labelcolor": colour("muted"),
    "ytick.color": colour("axis"),
    "ytick.labelcolor": colour("muted"),
    "ytick.major.size": 0,
    "svg.fonttype": "none",
    "svg.hashsalt": "waggle",
}
"""The Analysis Function's style for matplotlib, in our colours and sizes."""


def css(svg: str) -> str:
    """Return the styles inside an image: readers' own font, larger screens, dark pages."""
    # Where a page is light only but the reader's system is dark, some browsers still ask for the
    # dark image; on its own dark ground it can be read there too.
    dark = [f"svg{{background:{PALETTE['surface'][1]}}}"]
    for light, deep in PALETTE.values():
        # stroke and fill stand in each element's style attribute, so they can be found by it.
        dark += [
            f'[style*="{of}: {light}"]{{{of}:{deep}!important}}'
            for of in ("fill", "stroke")
            if f"{of}: {light}" in svg
        ]
    sizes = [TEXT, *([LARGE_TEXT] if f"{LARGE_TEXT}px" in svg else [])]
    wide = ",".join(f'text[style*="{size}px"]' for size in sizes)
    return (
        "<style>text{font-family:system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',"
        "Arial,'Liberation Sans',sans-serif!important}"
        f"@media (min-width:500px){{{wide}{{font-size:{TEXT_ON_WIDE}px!important}}}}"
        f"@media (prefers-color-scheme:dark){{{''.join(dark)}}}</style>"
    )


def save(figure: Figure) -> str:
    """Return a figure as an SVG that is the same, byte for byte, whenever it is drawn."""
    buffer = io.StringIO()
    nothing = dict.fromkeys(("Creator", "Date", "Format", "Type"))
    figure.savefig(buffer, format="svg", metadata=nothing)
    svg = re.sub(r"^.*?(?=<svg)", "", buffer.getvalue(), flags=re.DOTALL)
    return svg.replace(">", f">\n {css(svg)}", 1)
