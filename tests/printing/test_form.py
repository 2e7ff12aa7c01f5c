"""The blank form: for a pen, for filling in on screen, and for keying in fast."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from app.engine.items import KINDS
from app.paths import reports_folder
from app.printing import documents
from app.printing.job import PrintJob
from app.wording.blank import Blank, BlankField, blank
from app.wording.codes import question_codes
from tests.printing import paper, samples

Print = Callable[[PrintJob], bytes]


def expected_fields(field: BlankField) -> set[str]:
    """The names that a question's fields have in the form."""
    ticks = [option for option in (*field.options, field.unknown, field.na) if option]
    if field.several:
        named = {f"{field.name}-{option.code}" for option in ticks}
    elif field.options:
        named = {field.name}
    else:
        named = {f"{field.name}-x"} if field.unknown else set()
        columns = field.table.columns if field.table else []
        named |= {f"{field.name}-{each.id}-{row.code}" for each in columns for row in field.table.rows}
        named |= set() if field.table else {field.name}
    return named | ({f"note-{field.name}"} if field.note else set())


def fields_of(form: Blank) -> list[BlankField]:
    return [field for section in form.sections for field in section.fields]


@pytest.fixture(scope="module", params=["da", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.mark.parametrize("short", [False, True])
def test_every_answer_has_a_field_and_every_field_is_listed_once(
    printed: Print, language: str, short: bool, tmp_path: Path
) -> None:
    form = blank(samples.questionnaire(), language, short)
    pdf = printed(documents.form(form))
    names = paper.field_names(pdf)
    assert len(names) == len(set(names))
    assert set(names) == set().union(*map(expected_fields, fields_of(form)))
    assert paper.faults(pdf, paper.ACCESSIBLE, tmp_path) == []


def test_every_choice_is_a_button_with_its_code(printed: Print, language: str) -> None:
    form = blank(samples.questionnaire(), language)
    pdf = printed(documents.form(form))
    for field in [each for each in fields_of(form) if each.options and not each.several][:6]:
        codes = [option.code for option in [*field.options, field.unknown, field.na] if option]
        assert paper.buttons(pdf, field.name) == codes
    assert all(paper.accessible_names(pdf)), "a screen reader is told what each field is"


def test_it_shows_every_question_with_its_number_and_every_answer(printed: Print, language: str) -> None:
    form = blank(samples.questionnaire(), language)
    copied = paper.letters(paper.text(printed(documents.form(form))))
    for field in fields_of(form):
        assert paper.letters(field.text) in copied
        assert field.code in copied
        assert all(paper.letters(option.text) in copied for option in field.options)


def test_the_numbers_are_those_of_the_result(language: str) -> None:
    codes = question_codes(samples.questionnaire())
    found = {
        re.sub("^(item|gate)-", "", field.name): field.code
        for field in fields_of(blank(samples.questionnaire(), language))
    }
    assert {name: found[name] for name in codes} == codes


def test_the_short_form_asks_the_short_questions_and_every_gate() -> None:
    short = blank(samples.questionnaire(), "da", short=True)
    asked = [field.name for field in fields_of(short) if not field.name.startswith("subject-")]
    expected = {f"item-{item}" for item in samples.questionnaire().short}
    expected |= {f"gate-{gate.id}" for gate in samples.questionnaire().gates}
    assert set(asked) == expected


def test_every_kind_of_item_has_its_partial() -> None:
    """A new kind of item is one class, and here one partial of its name; gates have one, too."""
    partials = {file.stem for file in (reports_folder() / "_shared" / "fields").glob("[a-z]*.html")}
    assert partials == {*KINDS, "gate"}
