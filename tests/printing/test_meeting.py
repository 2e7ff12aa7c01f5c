"""The meeting sheet: two pages that both parties may read."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest

from app.printing import documents
from app.printing.job import PrintJob
from tests.printing import paper, samples

Print = Callable[[PrintJob], bytes]


@pytest.mark.parametrize("language", ["da", "en"])
def test_it_has_the_questions_in_order_on_two_pages(printed: Print, language: str, tmp_path: Path) -> None:
    reading = samples.case("ekko-af-byen-after", language)
    pdf = printed(documents.meeting(reading))
    copied = paper.letters(paper.text(pdf))
    places = [copied.index(paper.letters(question.ask)) for question in reading.questions[:8]]
    assert paper.pages(pdf) == 2
    assert places == sorted(places)
    assert paper.letters(reading.fact("goal")) in copied
    assert paper.faults(pdf, paper.BOTH, tmp_path) == []


@pytest.mark.parametrize("questions", [0, 1, 3, 4, 5, 7, 9, 12, 40])
def test_it_is_always_two_pages(printed: Print, questions: int) -> None:
    reading = samples.crowded(samples.case("ekko-af-byen-after", "da"), questions)
    pdf = printed(documents.meeting(reading))
    assert paper.pages(pdf) == 2
    assert "Det aftaler vi i dag" in paper.text(pdf, 2)


def test_it_says_how_many_questions_there_was_no_room_for(printed: Print) -> None:
    pdf = printed(documents.meeting(samples.crowded(samples.case("ekko-af-byen-after", "da"), 40)))
    shown = paper.text(pdf).count("Spørgsmål nr.")
    assert f"Og {40 - shown} spørgsmål mere, som vi kan tage senere." in paper.text(pdf)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: f"{text} " + "lorem ipsum dolor " * 160,
        lambda text: f"{samples.LONG_WORD} {text} {samples.LONG_WORD}",
        lambda text: f"{text} {samples.HOSTILE}",
        lambda text: "",
    ],
)
def test_it_is_two_pages_whatever_was_written(printed: Print, change: Callable[[str], str]) -> None:
    pdf = printed(documents.meeting(samples.with_texts(samples.case("general-sponsorship", "da"), change)))
    assert paper.pages(pdf) == 2
    assert "Det aftaler vi i dag" in paper.text(pdf, 2)


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize(
    "answers", [samples.breached(), samples.everything_answered("Mellem os: stol ikke på dem")]
)
def test_nothing_on_it_is_for_one_party_alone(printed: Print, answers: object, language: str) -> None:
    reading = samples.told(answers, language)  # type: ignore[arg-type]
    pdf = printed(documents.meeting(reading))
    copied = paper.letters(paper.text(pdf)).lower()
    secret = [
        reading.headline,
        reading.motion,
        *reading.why,
        *(reason.sentence for reason in reading.reasons),
        *(doubt.sentence for doubt in reading.doubts),
        *(criterion.judged for criterion in reading.criteria),
        *(criterion.title for criterion in reading.criteria),
        *(gate.state_words for gate in reading.gates),
        *(answer.note for section in reading.sections for answer in section.answers),
        *(
            answer.answer
            for section in reading.sections
            for answer in section.answers
            if answer.state == "known"
        ),
        *(outcome.title for outcome in reading.outcomes),
    ]
    # A title as short as "People" may be part of a question that is anybody's.
    told = {paper.letters(words).lower() for words in secret if len(words) > 12}
    assert len(told) > 20
    assert [words for words in told if words in copied] == []
    assert b"EmbeddedFile" not in pdf


def test_what_is_secret_is_not_even_handed_to_the_printer() -> None:
    reading = samples.told(samples.everything_answered("Mellem os: stol ikke på dem"), "da")
    handed = repr(documents.meeting(dataclasses.replace(reading, motion="Hemmelig indstilling")))
    assert "Mellem os" not in handed
    assert "Hemmelig indstilling" not in handed
    assert reading.headline not in handed
