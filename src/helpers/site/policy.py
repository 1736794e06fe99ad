"""The content security policy of the built-in renderer's pages: what a browser may load for them.

No page may run a script that stands in it or fetch anything from another host; styles come from
style sheets alone. Quarto's pages have scripts and styles of its own in them, and so no policy.
"""

from __future__ import annotations

SEARCH_PAGES = ("search.qmd", "search.ipynb")
"""The page that searches, in whichever form a project has it."""


def content_policy(searches: bool = False) -> str:
    """Return the policy of a page.

    Parameters
    ----------
    searches
        Whether the page searches: Pagefind's program is WebAssembly, which no other page may run.

    Examples
    --------
    >>> content_policy().split("; ")[1], content_policy(searches=True).split("; ")[1]
    ("script-src 'self' file:", "script-src 'self' file: 'wasm-unsafe-eval'")
    """
    # A site is also read from a folder, without a server. There Firefox finds nothing to be of
    # 'self'; and from a server no browser loads what is of 'file:'.
    own = "'self' file:"
    return "; ".join(
        [
            f"default-src {own}",
            f"script-src {own} 'wasm-unsafe-eval'" if searches else f"script-src {own}",
            f"style-src {own}",
            f"img-src {own} data:",
            f"form-action {own}",
            "object-src 'none'",
            "base-uri 'none'",
        ]
    )
