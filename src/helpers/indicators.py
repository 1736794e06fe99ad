"""What figures there are of an indicator."""

from __future__ import annotations

import pandas as pd


def has_figure(rows: pd.DataFrame) -> pd.Series:
    """Say of each assessment whether a figure, or at least a change, has been published."""
    return rows["latest_value"].notna() | (rows["change_in_words"] != "")


def figures_for(rows: pd.DataFrame) -> str:
    """Say whether an indicator has figures, for all that it asks for, a part of it, or none.

    Parameters
    ----------
    rows
        The assessments of the indicator's measures. A published change counts as a figure. A
        measure that covers a part of what is asked for, and one without figures beside one with,
        make it a part.

    Returns
    -------
    str
        ``all``, ``part`` or ``none``.
    """
    known = has_figure(rows)
    if not known.any():
        return "none"
    return "all" if known.all() and (rows["covers"] == "").all() else "part"
