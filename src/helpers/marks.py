"""Marks: small pictures that stand beside the names of a plan's parts, never in their place.

A mark is an SVG file in the plan's folder. It stands in the page itself, so that its lines take
the colour of the text, in light and dark alike; therefore it may hold simple shapes and nothing
that could reach out of it: no scripts, styles, links, names, or words.
"""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

from helpers.plans import Part, Plan

LARGEST = 3000
"""Characters a mark may have: it stands in each page anew."""

SHAPES = {"svg", "g", "path", "circle", "ellipse", "line", "polyline", "polygon", "rect"}

ATTRIBUTES = {
    *("viewBox", "fill", "fill-opacity", "stroke", "stroke-width", "stroke-linecap"),
    *("stroke-linejoin", "stroke-dasharray", "transform", "d", "points", "x", "y", "x1", "y1"),
    *("x2", "y2", "cx", "cy", "r", "rx", "ry", "width", "height"),
}

_NAMESPACE = "{http://www.w3.org/2000/svg}"
_START = '<svg xmlns="http://www.w3.org/2000/svg" '


def mark_file(root: Path, plan: Plan, part: Part) -> Path:
    """Return where the mark of a part of a plan stands."""
    return root / "data" / "raw" / "plans" / plan.id / part.mark


def mark_problem(svg: str) -> str:
    """Say what keeps a picture from being a mark; nothing, where it can be one.

    Examples
    --------
    >>> SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8">{}</svg>'
    >>> mark_problem(SVG.format('<path d="M0 0h8"/>'))
    ''
    >>> mark_problem(SVG.format('<script/>'))
    '<script> in it'
    """
    if len(svg) > LARGEST:
        return f"{len(svg):,} characters, more than {LARGEST:,}"
    try:
        root = ElementTree.fromstring(svg)
    except ElementTree.ParseError as error:
        return f"not an SVG picture ({error})"
    if not svg.startswith(_START) or not root.get("viewBox"):
        return f"it does not start with {_START}viewBox=…>"
    if root.get("width") or root.get("height"):
        return "a size of its own; the page sets it"
    for element in root.iter():
        name = str(element.tag).removeprefix(_NAMESPACE)
        if name not in SHAPES:
            return f"<{name}> in it"
        for attribute in sorted({*element.keys()} - ATTRIBUTES):
            return f"the attribute {attribute} on <{name}>"
        if (element.text or "").strip() or (element.tail or "").strip():
            return f"words in <{name}>"
    return ""


def as_html(svg: str) -> str:
    """Return a mark as it stands in a page: without a name of its own, for it is beside words.

    Examples
    --------
    >>> as_html('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"> <path d="M0 0"/></svg>')
    '<svg class="mark" aria-hidden="true" width="48" height="48" viewBox="0 0 8 8"><path d="M0 0"/></svg>'
    """  # noqa: E501
    shown = '<svg class="mark" aria-hidden="true" width="48" height="48" '
    return re.sub(r">\s+<", "><", svg.strip()).replace(_START, shown, 1)
