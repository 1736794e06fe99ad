"""A data package: one file that tells programs what every table for download holds.

It follows the Data Package standard (https://datapackage.org); the tables are the CSV files.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from helpers.definitions import Quarter, Source
from helpers.downloads.fields import Column, TableFields, tables

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"

LICENCE = {
    "name": "OGL-UK-3.0",
    "title": "Open Government Licence v3.0",
    "path": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
}


def data_package(data: Path, title: str, quarter: Quarter, area: str, sources: Iterable[Source]):
    """Describe the tables of a folder: their columns, keys, sources and licence.

    Parameters
    ----------
    data
        The folder with the CSV files; their sizes and checksums are taken from there.
    title
        What the account is called.
    sources
        Those that had been published by the quarter's date.

    Returns
    -------
    dict
        What `as_json` writes as ``datapackage.json``.
    """
    return {
        "$schema": PROFILE,
        "name": f"account-{quarter.slug}",
        "title": f"{title} {quarter.quarter}, {area}",
        "description": (
            f"The tables behind the account of {quarter.quarter} for {area}, from figures "
            f"published by {quarter.as_at}. A number is written exactly as it was published or "
            "worked out."
        ),
        "version": quarter.quarter,
        "quarter": quarter.quarter,
        "as_at": str(quarter.as_at),
        "area": area,
        "licenses": [LICENCE],
        "sources": [_source(source) for source in sources],
        "resources": [_resource(name, of, data) for name, of in tables().items()],
    }


def as_json(package: dict[str, object]) -> str:
    """Write a data package as JSON text that a person can read."""
    return json.dumps(package, indent=2, ensure_ascii=False) + "\n"


def _source(source: Source) -> dict[str, str]:
    return {
        "title": f"{source.document} ({source.publisher})",
        "id": source.id,
        "published": str(source.published),
        "licence": source.licence,
    }


def _resource(name: str, of: TableFields, data: Path) -> dict[str, object]:
    content = (data / f"{name}.csv").read_bytes()
    schema = {
        "fields": [_field(column, means, column in of.key) for column, means in of.columns.items()],
        "missingValues": [""],
        **({"primaryKey": list(of.key)} if of.key else {}),
    }
    return {
        "name": name.replace("_", "-"),
        "type": "table",
        "title": of.title,
        "description": of.about,
        "path": f"{name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": schema,
    }


def _field(name: str, column: Column, in_key: bool) -> dict[str, object]:
    described = {
        "name": name,
        "type": column.type,
        "title": column.name,
        "description": column.means,
    }
    # Nothing in a key may be missing: there, an empty text is a text.
    empty_is_text = in_key and not column.required
    codes = [*column.values, *([""] if empty_is_text else [])]
    constraints = {
        **({"required": True} if column.required else {}),
        **({"enum": codes} if column.values else {}),
    }
    more = {"unit": column.unit, "values": dict(column.values), "constraints": constraints}
    described |= {key: value for key, value in more.items() if value}
    return described | ({"missingValues": []} if empty_is_text else {})
