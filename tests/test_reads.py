"""What is noted of the reads of an account, and whether each would give the same again."""

import csv
import hashlib
import shutil
from decimal import Decimal

import pandas as pd
import pytest
from invented import with_tables
from page_words import HIVE_PLAN, html_of, opener

from helpers import blocks, reads
from helpers.account_tables import remember
from helpers.reads import Read, Tables, inside, note, reading_tables, start, taken

PLANS = "2026-27-q2/assessments"


@pytest.fixture(autouse=True)
def nothing_noted():
    start()
    yield
    start()


@pytest.fixture
def folder(tmp_path):
    """Write a table of three rows in two areas."""
    path = tmp_path / f"{PLANS}.csv"
    path.parent.mkdir()
    rows = [
        "area,plan,reference,value,published",
        "Beeshire,hive,1,10,2024-05-01",
        'Beeshire,hive,2,"20, or so",2025-06-19',
        "Meadowland,hive,1,30,2026-01-31",
    ]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return tmp_path


def change(folder, old, new):
    path = folder / f"{PLANS}.csv"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


# ----------------------------------------------------------------------------------------- the log


def test_reads_come_sorted_and_once_and_are_forgotten_at_the_start():
    note("b")
    note("a", "Beeshire", "plan", "hive")
    note("b")
    assert taken() == [Read("a", "Beeshire", "plan", "hive"), Read("b", "", "", "")]
    start()
    assert taken() == []


def test_tables_are_being_read_only_inside_and_also_after_an_error():
    assert not inside()
    with pytest.raises(OSError), reading_tables():
        with reading_tables():
            assert inside()
        assert inside()
        raise OSError
    assert not inside()


# --------------------------------------------------------------------------------------- digests

OF_ONE = Read(PLANS, "Beeshire", "plan, reference", "hive, 1")
OF_TWO = Read(PLANS, "Beeshire", "plan, reference", "hive, 2")
OF_EITHER = Read(PLANS, "Beeshire", "reference", "1\n2")
OF_ONE_EVERYWHERE = Read(PLANS, "", "reference", "1")
OF_AREA = Read(PLANS, "Beeshire")
WHOLE = Read(PLANS)
OF_NONE = Read(PLANS, "Beeshire", "reference", "9")
NEWEST = Read(PLANS, "", "max:published")
NEWEST_HERE = Read(PLANS, "Beeshire", "max:published")
THERE = Read(PLANS, "", "exists:")
ALL = {
    "of one": OF_ONE,
    "of two": OF_TWO,
    "of either": OF_EITHER,
    "of one everywhere": OF_ONE_EVERYWHERE,
    "of area": OF_AREA,
    "whole": WHOLE,
    "of none": OF_NONE,
    "newest": NEWEST,
    "newest here": NEWEST_HERE,
    "there": THERE,
}


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        # The first row of Beeshire, and so of what has it among others.
        (",10,", ",11,", {"of one", "of either", "of one everywhere", "of area", "whole"}),
        ("20, or so", "21", {"of two", "of either", "of area", "whole"}),
        (",30,", ",31,", {"of one everywhere", "whole"}),
        # A row that was not there: Beeshire's 9.
        (
            "Meadowland,hive,1,30,2026-01-31",
            "Meadowland,hive,1,30,2026-01-31\nBeeshire,hive,9,5,2024-01-01",
            {"of none", "of area", "whole"},
        ),
        # A newer day, and an older one that is not the newest.
        ("2026-01-31", "2026-02-01", {"newest", "of one everywhere", "whole"}),
        ("2024-05-01", "2024-05-02", {"of one", "of either", "of one everywhere", "of area"}),
        ("2025-06-19", "2025-06-20", {"newest here", "of two", "of either", "of area"}),
        # Another heading changes all that give rows.
        ("value", "figure", set(ALL) - {"newest", "newest here", "there"}),
    ],
)
def test_a_change_shows_in_the_reads_that_gave_it_and_in_no_other(folder, old, new, changed):
    before = {name: Tables(folder).digest(read) for name, read in ALL.items()}
    change(folder, old, new)
    after = {name: Tables(folder).digest(read) for name, read in ALL.items()}
    if "whole" not in changed and "of area" in changed:
        changed = changed | {"whole"}
    assert {name for name in ALL if before[name] != after[name]} == changed


def test_the_order_of_rows_counts(folder):
    before = Tables(folder)
    old = [before.digest(read) for read in (OF_EITHER, OF_ONE)]
    change(folder, "Beeshire,hive,1,10,2024-05-01\n", "")
    change(folder, "2026-01-31\n", "2026-01-31\nBeeshire,hive,1,10,2024-05-01\n")
    now = Tables(folder)
    assert now.digest(OF_EITHER) != old[0]
    assert now.digest(OF_ONE) == old[1]


def test_the_digest_is_the_sha_256_of_header_and_rows_after_their_cells_and_lengths(folder):
    header = "5,4,4,9,5,9,area,plan,reference,value,published"
    row = "5,8,4,1,9,10,Beeshire,hive,2,20, or so,2025-06-19"
    text = f"{header}\n{row}"
    assert Tables(folder).digest(OF_TWO) == hashlib.sha256(text.encode()).hexdigest()


def test_texts_that_only_join_to_the_same_are_told_apart(folder):
    before = Tables(folder).digest(WHOLE)
    change(folder, "Meadowland,hive,1,30", "Meadowlan,dhive,1,30")
    assert Tables(folder).digest(WHOLE) != before


def test_a_missing_file_has_an_empty_digest_and_a_missing_column_counts_as_everything(folder):
    tables = Tables(folder)
    nowhere = "2026-27-q3/assessments"
    assert {tables.digest(read._replace(table=nowhere)) for read in ALL.values()} == {""}
    assert "" not in {tables.digest(read) for read in ALL.values()}
    whole = tables.digest(WHOLE)
    assert tables.digest(Read(PLANS, "Beeshire", "part", "1")) == whole
    assert tables.digest(Read(PLANS, "", "max:part")) == whole


def test_a_read_that_was_saved_as_a_list_is_taken_as_well(folder):
    assert Tables(folder).digest(list(OF_ONE)) == Tables(folder).digest(OF_ONE)


def test_a_line_break_in_a_value_chooses_the_row_all_the_same(folder):
    change(folder, "Meadowland,hive,1,30", 'Meadowland,hive,"1\n2",30')
    read = Read(PLANS, "", "reference", reads.as_key(["1\n2"]))
    before = Tables(folder).digest(read)
    change(folder, '"1\n2",30', '"1\n2",31')
    assert Tables(folder).digest(read) != before


# -------------------------------------------------------------------------- what an account notes


@pytest.fixture
def copied(finished_small_project, tmp_path):
    """Copy the tables of the small project, so that they may be changed."""
    return shutil.copytree(
        finished_small_project / "data" / "processed", tmp_path / "copy", dirs_exist_ok=True
    )


@pytest.fixture
def account(finished_small_project, monkeypatch):
    return opener(finished_small_project, monkeypatch)


def changed_reads(noted, before, folder, table, measure_id, column, row=0):
    """Change a number of one of a measure's rows; return those reads that give something else."""
    path = folder / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    of_measure = [entry for entry in rows if entry["measure_id"] == measure_id]
    of_measure[row][column] = "12.3"
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    old, new = Tables(before), Tables(folder)
    return [read for read in noted if old.digest(read) != new.digest(read)]


def pieces(of, names):
    """Make what a page shows of measures, with what all pages have."""
    shown = [blocks.quarter_note(of)]
    for name in names:
        shown += [blocks.finding(of, name), blocks.figures_table(of, name)]
        shown.append(blocks.history(of, name))
    rows = of.listed(of.measure(names[0])["measure_id"])
    shown.append(blocks.what_changed(of, rows))
    return [html_of(piece) for piece in shown if piece is not None]


NOW = "2025-26-q1"


@pytest.mark.parametrize(
    ("measure_id", "table", "column", "shown"),
    [
        ("looked-after-rate", f"{NOW}/observations", "value", True),
        ("looked-after-rate", f"{NOW}/assessments", "latest_value", True),
        ("staff-trained", f"{NOW}/observations", "value", False),
        ("staff-trained", f"{NOW}/assessments", "latest_value", False),
        ("plans-in-time", f"{NOW}/observations", "value", False),
        # What was known in the quarter before counts for the measure whose change is told.
        ("looked-after-rate", "2023-24-q4/assessments", "latest_value", True),
        ("staff-trained", "2023-24-q4/assessments", "latest_value", False),
    ],
)
def test_a_figure_changes_the_reads_of_a_page_that_shows_it_and_of_no_other(
    account, copied, finished_small_project, measure_id, table, column, shown
):
    start()
    pieces(account(plan=HIVE_PLAN), ["2"])
    before = finished_small_project / "data" / "processed"
    found = changed_reads(taken(), before, copied, table, measure_id, column)
    assert bool(found) == shown


def test_the_same_reads_give_the_same_page_whatever_else_changed(
    account, copied, finished_small_project, monkeypatch
):
    of = account(plan=HIVE_PLAN)
    start()
    first = pieces(of, ["2"])
    before = finished_small_project / "data" / "processed"
    noted = taken()
    others = ["staff-trained", "plans-in-time", "long-waits", "children-in-county"]
    for other in others:
        for name in ("observations", "assessments"):
            column = "value" if name == "observations" else "latest_value"
            assert not changed_reads(noted, before, copied, f"{NOW}/{name}", other, column)
    monkeypatch.setenv("WAGGLE_PROCESSED", str(copied))
    assert pieces(account(plan=HIVE_PLAN), ["2"]) == first


def test_opening_reads_nothing_but_that_the_tables_are_there(account):
    of = account(plan=HIVE_PLAN)
    assert {read.column for read in taken()} == {"exists:"}
    tables = {read.table for read in taken()}
    assert tables == {
        *(f"{NOW}/{name}" for name in ("assessments", "milestones", "observations")),
        f"{NOW}/data_quality",
        "2023-24-q4/assessments",
    }
    start()
    assert of.last_quarter.quarter == "2023-24 Q4"
    assert of.indicator(3).title
    assert taken() == []


def test_a_look_up_that_finds_nothing_is_noted_too(account):
    of = account(plan=HIVE_PLAN)
    start()
    with pytest.raises(KeyError):
        of.measure("nectar")
    table = f"{NOW}/assessments"
    assert taken() == [
        Read(table, "Beeshire", "measure_id", "nectar"),
        Read(table, "Beeshire", "plan, measure_id", f"{HIVE_PLAN}, nectar"),
        Read(table, "Beeshire", "plan, reference", f"{HIVE_PLAN}, nectar"),
        Read(table, "Beeshire", "reference", "nectar"),
    ]


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("all_assessments", Read(f"{NOW}/assessments", "Beeshire")),
        ("assessments", Read(f"{NOW}/assessments", "Beeshire", "plan", HIVE_PLAN)),
        ("report_assessments", Read("2023-24-q4/assessments", "Beeshire", "plan", HIVE_PLAN)),
        ("milestones", Read(f"{NOW}/milestones")),
        ("observations", Read(f"{NOW}/observations")),
        ("known", Read(f"{NOW}/observations")),
        ("data_quality", Read(f"{NOW}/data_quality")),
        ("editions", Read(f"{NOW}/editions")),
    ],
)
def test_a_whole_table_is_noted_only_when_it_is_asked_for(account, name, table):
    of = account(plan=HIVE_PLAN)
    start()
    getattr(of, name)
    assert taken() == [table]


def test_the_whole_table_of_the_quarter_before_is_noted_as_such(account):
    of = account(plan=HIVE_PLAN)
    start()
    of.last_assessed()
    assert taken() == [Read("2023-24-q4/assessments", "Beeshire")]


def test_the_newest_publication_is_noted_as_no_more_than_that(account):
    of = account(plan=HIVE_PLAN)
    start()
    assert of.newest_publication().isoformat() == "2025-06-19"
    assert taken() == [Read(f"{NOW}/observations", "", "max:published")]


def test_an_ambition_is_noted_by_plan_and_number_and_a_list_in_order(account):
    of = account(plan=HIVE_PLAN)
    start()
    of.ambition(1)
    of.promises(reference=["1-2", "1-1a"])
    assert taken() == [
        Read(f"{NOW}/assessments", "Beeshire", "plan, ambition", f"{HIVE_PLAN}, 1"),
        Read(f"{NOW}/milestones", "", "reference", "1-1a\n1-2"),
    ]


def test_a_calculation_is_noted_by_its_measure_and_follows_from_these_rows_alone(account):
    of = account(plan=HIVE_PLAN)
    others = with_tables(of, observations=of.published(measure_id="looked-after-rate"))
    start()
    made = of.calculation("looked-after-rate")
    of_figures = [read for read in taken() if read.table == f"{NOW}/observations"]
    assert of_figures == [Read(f"{NOW}/observations", "", "measure_id", "looked-after-rate")]
    assert others.calculation("looked-after-rate").as_json() == made.as_json()


def test_accounts_that_share_their_tables_each_note_what_they_are_asked(account):
    noted = []
    for _ in range(2):
        start()
        of = account(plan=HIVE_PLAN)
        pieces(of, ["2"])
        of.calculation("2")
        of.newest_publication()
        noted.append(taken())
    assert noted[0] == noted[1]
    assert {read.column for read in noted[1]} > {"exists:", "max:published", "measure_id"}
    assert account(plan=HIVE_PLAN).tables.observations is of.tables.observations


def test_what_was_remembered_for_all_accounts_is_noted_by_the_one_that_asks(account):
    of = account(plan=HIVE_PLAN)
    start()
    remember(of.tables, of.quarters)
    assert {read.column for read in taken()} <= {"exists:"}
    of.figures("looked-after-rate")
    assert any(read.column == "measure_id, area, breakdown" for read in taken())


def test_an_account_opened_after_a_table_has_changed_has_the_change(account, copied, monkeypatch):
    monkeypatch.setenv("WAGGLE_PROCESSED", str(copied))

    def value():
        of = account(plan=HIVE_PLAN)
        known = of.calculation("looked-after-rate").as_json()
        return of.figures("looked-after-rate")["value"].to_list(), known

    before = value()
    path = copied / NOW / "observations.csv"
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    mine = (rows["measure_id"] == "looked-after-rate") & (rows["kind"] == "level")
    rows.loc[mine & (rows["value"] != ""), "value"] = "123456.5"
    rows.to_csv(path, index=False, lineterminator="\n")
    after = value()
    assert {Decimal("123456.5")} == {*after[0]} != {*before[0]}
    assert after[1] != before[1]
