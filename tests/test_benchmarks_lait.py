"""Every authority's place among all of them, from LAIT's figures to the assessment.

Expected answers are LAIT's own, worked out by its R functions (`data/peers/lait_benchmarks.csv`);
who is like whom is in its table of statistical neighbours (`data/lait_neighbours.csv`).
"""

import csv
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from invented import definitions_of, listed, measure, part, plan, source

from helpers.assessment import assess
from helpers.benchmarks import neighbour_mean
from helpers.comparison import KnownFigures
from helpers.definitions import Area, Areas, Quarter
from helpers.observations import COLUMNS as OBSERVATION_COLUMNS
from helpers.plans import PlanMeasure
from helpers.sources.lait import COLUMNS, read
from helpers.weight import standing

HERE = Path(__file__).parent
EDITION = HERE.parents[1] / "shared" / "data" / "lait"
"""A whole edition as LAIT publishes it, where there is one beside the project."""


def read_csv(name):
    with (HERE / "data" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


PEERS = read_csv("peers/lait_benchmarks.csv")
NEIGHBOURS = {
    row["area"]: [row[f"neighbour_{number}"] for number in range(1, 11)]
    for row in read_csv("lait_neighbours.csv")
}
POLARITY = {"High": "higher", "Low": "lower", "-": "neutral"}

# By the series' code: unit, LAIT's year type and ours, as in LAIT's dictionary.
SERIES = {
    "SEN_EHC_Excpt_20wks": ("percent", "Calendar Year", "calendar"),
    "SEN_AppealableDec": ("percent", "Calendar Year", "calendar"),
    "ReReferral": ("percent", "Financial Year", "financial"),
    "Continue_Assess_Comp": ("percent", "Financial Year", "financial"),
    "LACStable_2016on": ("percent", "Financial Year", "financial"),
    "CPP_rate": ("rate_per_10000", "Annual", "at_31_march"),
}
QUARTER = Quarter(quarter="2026-27 Q2", as_at=date(2026, 9, 30))


def id_of(code):
    return code.lower().replace("_", "-")


MEASURES = [
    measure(id_of(code), code, unit=unit, year_type=year_type, lait_code=code, decimals=1)
    for code, (unit, _, year_type) in SERIES.items()
]


def latest_figures():
    """Give what the peer says of the latest year: code, year, area and figure."""
    for row in PEERS:
        yield row["measure_short"], row["latest_period"], row["la"], row["value"] or "-"
    for code in SERIES:
        row = next(row for row in PEERS if row["measure_short"] == code)
        yield code, row["latest_period"], "England", row["england"]


def whole_edition():
    """Give every year's figures as the edition has them."""
    if not EDITION.is_dir():
        pytest.skip("there is no edition of LAIT beside the project (../shared/data/lait)")
    pytest.importorskip("pyarrow", reason="LAIT's own file cannot be read without pyarrow")
    names = ["Short Desc", "Years", "LA and Regions", "Values"]
    table = pd.read_parquet(EDITION / "bds_long_0.parquet", columns=names)
    table = table[table["Short Desc"].isin(SERIES)]
    wanted = [*NEIGHBOURS, "England", "East of England"]
    yield from table[table["LA and Regions"].isin(wanted)].itertuples(index=False)


@pytest.fixture(scope="module", params=[latest_figures, whole_edition])
def edition(request, tmp_path_factory):
    """Read figures of all authorities from a figures.csv as the project keeps it."""
    root = tmp_path_factory.mktemp("edition")
    areas = [
        Area(name=name, kind="local_authority", neighbours=others)
        for name, others in NEIGHBOURS.items()
    ]
    areas += [Area(name="England", kind="national"), Area(name="East of England", kind="region")]
    entries = [listed(id_of(code), polarity_of(code)) for code in SERIES]
    own = plan("lait", "Plan", [part("1", "Part", "page", progress=entries)])
    lait = source("lait", date(2026, 4, 8), reader="lait")
    definitions = replace(
        definitions_of([own], MEASURES, [lait]),
        root=root,
        areas=Areas(reporting_area="Hertfordshire", all_authorities=True, areas=areas),
    )
    path = root / "figures.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for code, year, area, value in request.param():
            year_type = SERIES[code][1]
            writer.writerow(["2026-04-08", code, code, "-", "-", year_type, year, area, value])
    rows, problems = read(path, lait, definitions)
    assert problems == []
    return definitions, pd.DataFrame(rows, columns=OBSERVATION_COLUMNS)


def polarity_of(code):
    return POLARITY[next(row["polarity"] for row in PEERS if row["measure_short"] == code)]


def expected(row):
    """Return LAIT's answers for an authority that has a figure."""
    ranked = row["rank"] != "-"
    return {
        "authority_rank": int(row["rank"]) if ranked else None,
        "authorities_ranked": int(row["n_las_with_value"]) if ranked else None,
        "quartile_band": row["quartile_band"] if row["quartile_band"] in set("ABCD") else "",
        # To the four decimals of the assessments.
        "neighbours_value": Decimal(f"{float(row['sn_mean']):.4f}"),
        "neighbours_counted": int(row["sn_n"]),
        "national_value": float(row["england"]),
        "benchmark_left_out": "",
    }


def found(answers):
    national = float(answers["national_value"])
    return {**{name: answers[name] for name in expected(PEERS[0])}, "national_value": national}


@pytest.mark.parametrize("code", SERIES)
def test_every_authority_stands_where_lait_puts_it(edition, code):
    definitions, observations = edition
    known = KnownFigures(observations, QUARTER.as_at)
    entry = PlanMeasure(**listed(id_of(code), polarity_of(code)))
    ours, theirs = {}, {}
    for row in PEERS:
        if row["measure_short"] == code:
            latest = known.of(id_of(code), row["la"])[-1]
            answers = standing(latest, entry, known, definitions.areas, row["la"])
            if row["value"]:
                ours[row["la"]], theirs[row["la"]] = found(answers), expected(row)
            else:
                assert set(answers.values()) == {None, ""}, row["la"]
    assert len(theirs) >= 151
    assert ours == theirs


@pytest.mark.parametrize("code", SERIES)
def test_the_mean_of_every_authoritys_neighbours_is_laits(code):
    peers = [row for row in PEERS if row["measure_short"] == code]
    values = {row["la"]: float(row["value"]) for row in peers if row["value"]}
    for row in peers:
        others = pd.Series([values.get(name) for name in NEIGHBOURS[row["la"]]])
        mean, counted = neighbour_mean(others)
        assert mean == pytest.approx(float(row["sn_mean"]), rel=1e-9, abs=0), row["la"]
        assert counted == int(row["sn_n"]), row["la"]


@pytest.mark.parametrize("area", ["Hertfordshire", "Suffolk", "Rutland", "City of London"])
def test_an_assessment_says_where_its_area_stands(edition, area):
    # Suffolk has nine neighbours with a figure for one of the series; Rutland and the City of
    # London have no figure of their own for one and for three of them.
    definitions, observations = edition
    table = assess(definitions, observations, QUARTER, area).set_index("measure_id")
    peers = [row for row in PEERS if row["la"] == area]
    with_figure = [row for row in peers if row["value"]]
    ours = [found(table.loc[id_of(row["measure_short"])]) for row in with_figure]
    assert ours == [expected(row) for row in with_figure]
    for row in peers:
        if not row["value"]:
            assert table.loc[id_of(row["measure_short"])]["authority_rank"] is None


@pytest.mark.parametrize("edition", [whole_edition], indirect=True)
def test_of_a_whole_edition_every_year_is_read_and_a_region_stands_beside(edition):
    definitions, observations = edition
    assert set(observations.groupby("measure_id")["period"].nunique()) == {9, 10}
    table = assess(definitions, observations, QUARTER, "Hertfordshire").set_index("measure_id")
    assert table["region_value"].notna().all()
    # LAIT's change is that on the row before; here there is one for every year.
    for row in PEERS:
        if row["la"] == "Hertfordshire":
            change = table.loc[id_of(row["measure_short"]), "change"]
            assert float(change) == pytest.approx(float(row["change"]))
