"""What every chart is when it has been drawn: an image, its text alternative and its caption."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from html import escape


@dataclass(frozen=True)
class Chart:
    """A drawn chart, which shows itself in a notebook.

    Parameters
    ----------
    svg
        The image, complete in itself.
    alternative
        What the chart shows, for those who do not see it.
    caption
        The line under the chart.
    """

    # Left out of repr(), which notebooks save beside the figure.
    svg: str = field(repr=False)
    alternative: str
    caption: str

    def _repr_html_(self) -> str:
        image = base64.b64encode(self.svg.encode()).decode()
        return (
            f'<figure class="chart"><img src="data:image/svg+xml;base64,{image}" '
            f'alt="{escape(self.alternative)}"><figcaption>{escape(self.caption)}</figcaption>'
            "</figure>"
        )
