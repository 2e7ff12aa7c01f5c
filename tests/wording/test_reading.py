"""What is said about a result is complete, in one language, and true to the figures."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from hypothesis import given
from hypothesis import strategies as st

from app.engine.assess import assess
from app.engine.definition import Questionnaire
from app.engine.loading import load_file
from app.paths import questionnaires_folder
from app.wording import reading as words
from app.wording.codes import question_codes
from app.wording.read import read
from app.wording.reading import Reading
from app.wording.speech import Speech
from app.wording.translations import catalog
from tests.strategies import answers_for, answers_to, boundary, criterion, gate, questionnaire_of, scale

SHIPPED = load_file(questionnaires_folder() / "new-partner.json").questionnaire
LANGUAGES = st.sampled_from(["da", "en"])
WORDING = Path(__file__).parents[2] / "app" / "wording"


def said(reading: Reading) -> str:
    return json.dumps(words.to_json(reading), ensure_ascii=False)


def two_criteria(majority: float = 0.6, weights: tuple[float, float] = (3, 2)) -> Questionnaire:
    return questionnaire_of(
        [scale("a"), scale("b")],
        [criterion("first", ["a"], weights[0]), criterion("second", ["b"], weights[1])],
        [boundary(("none", "some"), {"first": 50, "second": 50}, majority, {"second": 25})],
    )


@given(st.data(), LANGUAGES)
def test_a_reading_is_plain_data_that_comes_back_the_same(data: st.DataObject, language: str) -> None:
    answers = data.draw(answers_for(SHIPPED))
    reading = read(SHIPPED, answers, assess(SHIPPED, answers), language)
    assert words.from_json(json.loads(json.dumps(words.to_json(reading)))) == reading


@given(st.data(), LANGUAGES)
def test_no_sentence_has_a_hole_in_it(data: st.DataObject, language: str) -> None:
    answers = data.draw(answers_for(SHIPPED))
    reading = read(SHIPPED, answers, assess(SHIPPED, answers), language)
    sentences = [reading.headline, reading.motion, reading.letter, *reading.why, *reading.rules]
    sentences += [change.sentence for change in [*reading.changes_up, *reading.changes_down]]
    sentences += [question.ask for question in reading.questions] + reading.next_steps
    sentences += [point.sentence for point in [*reading.reasons, *reading.doubts]]
    assert all("{" not in sentence and "  " not in sentence for sentence in sentences)
    assert all(question.ask for question in reading.questions)
    assert all(bool(question.why) == question.decides for question in reading.questions)
    assert all([reading.headline, reading.motion, reading.why])


@given(st.data())
def test_nothing_but_the_numbers_and_names_is_the_same_in_both_languages(data: st.DataObject) -> None:
    answers = data.draw(answers_for(SHIPPED))
    result = assess(SHIPPED, answers)
    danish, english = (read(SHIPPED, answers, result, language) for language in ("da", "en"))
    assert danish.headline != english.headline
    assert not set(danish.why) & set(english.why)
    assert not set(danish.rules) & set(english.rules)
    for one, other in zip(danish.questions, english.questions, strict=True):
        assert (one.id, one.decides) == (other.id, other.decides)
        assert one.ask != other.ask


def extracted() -> Iterator[str | tuple[str, ...]]:
    keywords = {"tell": None, "count": (1, 2)}
    for _, _, message, _, _ in extract_from_dir(WORDING, [("**.py", "python")], keywords=keywords):
        yield message


@pytest.mark.parametrize("message", sorted({m if isinstance(m, str) else m[0] for m in extracted()}))
def test_every_sentence_has_its_danish(message: str) -> None:
    plural = dict(m for m in extracted() if isinstance(m, tuple)).get(message)
    if plural is None:
        assert catalog("da").gettext(message) != message
    else:
        assert catalog("da").ngettext(message, plural, 2) != plural


def test_what_a_person_typed_is_never_read_as_a_format() -> None:
    said = Speech("da").tell("{because} Then", because="{outcome} %s {0}")
    assert said == "{outcome} %s {0} Then"


def test_figures_shown_are_rounded_down_and_never_contradict_the_verdict() -> None:
    questionnaire = two_criteria(majority=0.625, weights=(62.4, 37.6))
    result = assess(questionnaire, answers_to(questionnaire, a=4, b=2))
    assert result.boundaries[0].passed
    short = assess(questionnaire, answers_to(questionnaire, a=4, b=1))
    reading = read(questionnaire, answers_to(questionnaire, a=4, b=1), short, "da")
    assert not short.boundaries[0].passed
    assert "62,4 af 100; der skal 62,5 til" in reading.why[0]


def test_a_veto_is_said_to_be_what_the_rest_cannot_make_up_for() -> None:
    questionnaire = two_criteria()
    answers = answers_to(questionnaire, a=4, b=1)
    reading = read(questionnaire, answers, assess(questionnaire, answers), "da")
    reached = "first når kravet til »title«. Det vejer i alt 60 af 100; der skal 60 til."
    vetoed = "Men second kommer ikke over minimum, og det kan resten ikke opveje."
    assert reading.why == [f"{reached} {vetoed}"]


def test_a_breached_gate_is_the_whole_reason_why() -> None:
    questionnaire = questionnaire_of(
        [scale("a")],
        [criterion("only", ["a"])],
        [boundary(("none", "some"), {"only": 50})],
        gates=[gate("law", "none")],
    )
    answers = answers_to(questionnaire, gates={"law": "no"}, a=4)
    reading = read(questionnaire, answers, assess(questionnaire, answers), "en")
    assert reading.why == [
        "law because (en) That stops the proposal as it stands. If it can be changed, consider it again."
    ]


def test_a_limit_is_the_first_reason_and_says_what_the_answers_point_at() -> None:
    questionnaire = questionnaire_of(
        [scale("a")],
        [criterion("only", ["a"])],
        [boundary(("none", "some"), {"only": 50})],
        gates=[gate("law", "none")],
    )
    answers = answers_to(questionnaire, gates={"law": None}, a=4)
    reading = read(questionnaire, answers, assess(questionnaire, answers), "en")
    assert (
        reading.why[0] == "Not known yet: law title (en). If it goes well, the answers point to “title (en)”."
    )
    assert len(reading.why) == 2


def test_too_little_known_asks_first_and_proposes_nothing_more() -> None:
    answers = answers_to(SHIPPED)
    reading = read(SHIPPED, answers, assess(SHIPPED, answers), "da")
    assert reading.outcome is None
    assert reading.headline == "Spørg først"
    assert reading.motion == "Det indstilles, at spørgsmålene bliver stillet, før forslaget vurderes."
    assert reading.in_time is None


def test_hidden_answers_are_told_apart_and_not_lost() -> None:
    questionnaire = questionnaire_of(
        [
            scale("a"),
            {
                "id": "why",
                "kind": "text",
                "text": {"da": "w", "en": "w"},
                "show_if": {"item": "a", "at_most": 0},
            },
        ],
        [criterion("only", ["a"])],
        [boundary(("none", "some"), {"only": 50})],
    )
    answers = answers_to(questionnaire, a=4, why="the old reason")
    reading = read(questionnaire, answers, assess(questionnaire, answers), "en")
    assert reading.sections[-1].title == "Answers that no longer count"
    assert reading.sections[-1].answers[0].answer == "the old reason"
    assert "why" not in [a.id for section in reading.sections[:-1] for a in section.answers]


def test_every_question_has_its_own_number() -> None:
    codes = question_codes(SHIPPED)
    assert set(codes) == {*SHIPPED.items, *SHIPPED.gates_by_id}
    assert len(set(codes.values())) == len(codes)


@pytest.mark.parametrize(
    ("language", "names", "expected"),
    [
        ("da", [], ""),
        ("da", ["A"], "A"),
        ("da", ["A", "B"], "A og B"),
        ("en", ["A", "B", "C"], "A, B and C"),
    ],
)
def test_names_are_listed_as_they_are_said(language: str, names: list[str], expected: str) -> None:
    assert Speech(language).listed(names) == expected


def test_the_decimal_mark_is_the_languages_own_and_figures_round_down() -> None:
    assert Speech("da").decimal(62.59, 1) == "62,5"
    assert Speech("en").decimal(62.59, 1) == "62.5"
    assert Speech("da").decimal(59.9999999999) == "60"


@given(st.data(), LANGUAGES)
def test_a_reason_is_what_was_answered_and_never_what_a_criterion_means(
    data: st.DataObject, language: str
) -> None:
    answers = data.draw(answers_for(SHIPPED))
    reading = read(SHIPPED, answers, assess(SHIPPED, answers), language)
    given_answers = {
        f"{each.text} {each.answer}."
        for section in reading.sections
        for each in section.answers
        if each.state == "known"
    }
    assert {reason.sentence for reason in reading.reasons} - {""} <= given_answers
    assert not {reason.sentence for reason in reading.reasons} & {each.meaning for each in reading.criteria}


def test_the_best_that_was_answered_is_the_reason() -> None:
    questionnaire = questionnaire_of(
        [scale("a"), scale("b"), scale("c")],
        [criterion("first", ["a", "b", "c"])],
        [boundary(("none", "some"), {"first": 50}, 0.6, {})],
    )
    answers = answers_to(questionnaire, a=2, b=3, c=None)
    (reason,) = read(questionnaire, answers, assess(questionnaire, answers), "da").reasons
    (best,) = [each for part in questionnaire.sections for each in part.items if each.id == "b"]
    assert reason.sentence == f"{best.text['da']} {best.words(3, 'da')}."


@pytest.mark.parametrize("point", [0, 4])
def test_it_is_said_which_requirement_the_criteria_are_judged_by(point: int) -> None:
    questionnaire = two_criteria()
    answers = answers_to(questionnaire, a=point, b=point)
    result = assess(questionnaire, answers)
    title = questionnaire.outcome(result.deciding).title["da"]
    assert f"når kravet til »{title}«" in read(questionnaire, answers, result, "da").judged_by
