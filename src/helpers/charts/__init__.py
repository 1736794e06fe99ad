"""One function per kind of chart: a table in, a figure with its text alternative out.

Charts are SVG images in the style of the Government Analysis Function (`afcharts`), with the
council in an accent colour and everything labelled directly. Each image carries its own styles
for dark mode and for small and large screens, so a page needs nothing but an ``<img>``.

Every number is typed once, in the table: labels, alternative and caption are made from it.
"""

from helpers.charts.bars import before_after, compare_areas
from helpers.charts.chart import Chart
from helpers.charts.directions import directions_by_group
from helpers.charts.gap import benchmark_gap
from helpers.charts.spc import spc_chart
from helpers.charts.style import PALETTE
from helpers.charts.trend import trend
from helpers.charts.words import plain_number

__all__ = [
    "PALETTE",
    "Chart",
    "before_after",
    "benchmark_gap",
    "compare_areas",
    "directions_by_group",
    "plain_number",
    "spc_chart",
    "trend",
]
