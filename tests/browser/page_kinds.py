"""An address of each kind of page of the project's own site.

A shorter page stands for its kind where it shows all that longer ones do: `test_pages` fails where
a page has a class of element that none of these has.
"""

import pytest

KINDS = {
    "home": "index.html",
    "short version": "plain-version.html",
    "every measure": "measures.html",
    "search": "search.html?q=attendance",
    "indicator": "indicators/cyp-plan-2021-26/7.html",
    "indicator of several measures": "indicators/outcome-bees/included-4.html",
    "indicator without figures": "indicators/outcome-bees/resilient-1.html",
    "what changed": "what-changed.html",
    "every quarter": "archive.html",
    "calendar": "calendar.html",
    "older quarter": "2022-23-q4/index.html",
    "older quarter's ambition": "2024-25-q3/ambition-2.html",
    "plan": "cyp-plan.html",
    "strategy": "strategy.html",
    "ambition": "ambition-2.html",
    "strategy's ambition": "strategy-ambition-6.html",
    "bees": "outcome-bees.html",
    "bee": "bee-included.html",
    "promises": "2022-23-q4/improvement-plan.html",
    "update": "quarterly-update.html",
    "you said": "you-said.html",
    "indicators": "indicators.html",
    "published and ours": "published-and-ours.html",
    "methods": "methods.html",
    "chance": "what-chance-can-do.html",
    "data quality": "data-quality.html",
    "data": "data.html",
    "glossary": "glossary.html",
    "about": "about.html",
}

every_kind = pytest.mark.parametrize("address", list(KINDS.values()), ids=list(KINDS))
