"""YAML: what is read as a number, a date or text, and what cannot be read has its place."""

from datetime import date

import pytest
import yaml

from helpers.yaml_files import load_yaml


@pytest.mark.parametrize("text", ["070", "08", "00", "-07", "01.5", "1:30", "1:30.5", "190:20:30"])
def test_a_leading_zero_and_a_colon_make_no_number(text):
    assert load_yaml(f"value: {text}") == {"value": text}


@pytest.mark.parametrize("text", ["0x1F", "0b101", "1_000", ".inf", "-.inf", ".nan", "1e", "."])
def test_what_is_no_plain_decimal_is_text(text):
    assert load_yaml(f"value: {text}") == {"value": text}


@pytest.mark.parametrize(
    ("text", "value"),
    [("0", 0), ("70", 70), ("-7", -7), ("+7", 7), ("0.5", 0.5), (".5", 0.5), ("-1.25e+2", -125.0)],
)
def test_plain_decimals_are_numbers(text, value):
    found = load_yaml(f"value: {text}")["value"]
    assert (found, type(found)) == (value, type(value))


def test_yes_and_no_are_words_and_true_and_days_are_not():
    read = load_yaml("a: yes\nb: no\nc: true\nd: 2023-08-31\ne: ~")
    assert read == {"a": "yes", "b": "no", "c": True, "d": date(2023, 8, 31), "e": None}


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("a: 1\nb: 2023-02-30", 2, 4),
        ("a: 1\nb:\n  - 2023-13-01", 3, 5),
        ("a: 1\n2023-02-30: b", 2, 1),
        ("a: 1\nb: !!int many", 2, 4),
        ("a: 1\nb: !!bool many", 2, 4),
        ("a: 1\nb: " + "9" * 5000, 2, 4),
        ("a: 1\n[b, c]: d", 2, 1),
        ("a: 1\n{b: c}: d", 2, 1),
        ("a: 1\n? - b\n: d", 2, 3),
        ("a: {{b}}", 1, 5),
        ("a: 1\nb: 2\na: 3", 3, 1),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(text, line, column):
    with pytest.raises(yaml.constructor.ConstructorError) as raised:
        load_yaml(text)
    mark = raised.value.problem_mark
    assert (mark.line + 1, mark.column + 1) == (line, column)


def test_a_date_that_does_not_exist_is_named():
    with pytest.raises(yaml.YAMLError, match="'2023-02-30' cannot be read: day"):
        load_yaml("published: 2023-02-30")


def test_a_name_that_is_a_list_is_said_to_be_one():
    with pytest.raises(yaml.YAMLError, match="a list or a mapping where the name of an entry"):
        load_yaml("[a, b]: c")


def test_lines_are_those_of_the_file():
    read = load_yaml("# a comment\na: 1\nb:\n  - 070\n\n  - 080\n")
    assert read.lines == {"a": 2, "b": 3}
    assert read["b"].lines == {0: 4, 1: 6}
