"""The short version's words: sentences that are too long are refused where they are written."""

import pytest
from pydantic import ValidationError

from helpers.plain_words import PlainWord, sentences, without_long_sentences

FIFTEEN = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"


def test_a_sentence_of_fifteen_words_is_short_and_one_of_sixteen_is_not():
    assert without_long_sentences(FIFTEEN) == FIFTEEN
    with pytest.raises(ValueError, match="has 16 words"):
        without_long_sentences(f"{FIFTEEN} sixteen")


def test_every_sentence_of_a_text_is_looked_at():
    assert without_long_sentences(f"{FIFTEEN}. {FIFTEEN}.")
    with pytest.raises(ValueError, match=r"'One more .* has 17 words"):
        without_long_sentences(f"It is. One more {FIFTEEN}.")


def test_a_decimal_point_does_not_end_a_sentence():
    assert sentences("It was 6.3 days. Now it is 7!") == ["It was 6.3 days.", "Now it is 7!"]
    assert sentences("") == []


def test_a_measures_short_name_may_be_left_out_but_not_be_long(make_measure):
    assert make_measure("x").plain == ""
    assert make_measure("x", plain="Children in care").plain == "Children in care"
    with pytest.raises(ValidationError, match=r"(?s)plain.*has 16 words"):
        make_measure("x", plain=f"{FIFTEEN} sixteen")


def test_a_word_is_explained_in_short_sentences():
    word = PlainWord(term="SEND", means="They need more help.")
    assert (word.in_full, word.means) == ("", "They need more help.")
    with pytest.raises(ValidationError, match=r"(?s)means.*has 16 words"):
        PlainWord(term="SEND", means=f"{FIFTEEN} sixteen")
    with pytest.raises(ValidationError, match="means"):
        PlainWord(term="SEND")


def test_a_project_need_not_explain_any_word(project, small_project):
    from helpers.definition_files import read_definitions

    assert read_definitions(small_project).plain_words == ()
    path = small_project / "data" / "raw" / "plain-words.yml"
    path.write_text("- term: Hive\n  means: A home of bees.\n", encoding="utf-8")
    (word,) = read_definitions(small_project).plain_words
    assert (word.term, word.means) == ("Hive", "A home of bees.")


def test_a_word_without_a_meaning_is_named_with_its_file(project):
    path = project.root / "data" / "raw" / "plain-words.yml"
    path.write_text("- term: Hive\n", encoding="utf-8")
    problem = project.only_problem()
    assert "plain-words.yml" in problem.place and "means" in str(problem)
