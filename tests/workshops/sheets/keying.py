"""A person at the keyboard with a paper: what is written there, as codes, box for box."""

from string import ascii_lowercase

from app.engine.answers import Answer, GateAnswer
from app.engine.definition import Gate, Questionnaire
from app.workshops.loaded import LoadedWorkshop
from app.workshops.models import Workshop
from app.workshops.sheets.reading import Paper, paper_of
from tests.workshops.ways import preparation


def paper(questionnaire: Questionnaire, side: str = "library", language: str = "da", **chosen) -> Paper:
    facts = vars(preparation(questionnaire, **chosen))
    return paper_of(LoadedWorkshop(Workshop(**facts), questionnaire), side, language)


def as_codes(sheet: Paper, answers: dict, gates: dict) -> dict[str, str]:
    """What a person types who has those answers on paper before them; both by id."""
    typed: dict[str, str] = {}
    for question in sheet.questions:
        said = {**answers, **gates}.get(question.id)
        if said is not None:
            typed |= _codes(question, said)
            if said.note:
                typed[question.note] = said.note
    return typed


def _codes(question, said: Answer | GateAnswer) -> dict[str, str]:
    code, asked = question.field.code, question.asked
    if isinstance(said, GateAnswer):
        good = "yes" if asked.breach_when == "no" else "no"
        assert isinstance(asked, Gate)
        return {code: "x" if said.value is None else "ab"[said.value != good]}
    if said.state != "known":
        letter = {"unknown": "x", "na": "y"}[said.state]
        return {f"{code}.state" if asked.table else code: letter}
    if asked.table:
        letters = dict(zip(asked.table.rows, ascii_lowercase, strict=False))
        return {
            f"{code}.{column}.{letters[row]}": str(level)
            for column, cells in said.value.items()
            for row, level in cells.items()
        }
    if asked.several:
        return {code: "".join(ascii_lowercase[asked.options().index(each)] for each in said.value)}
    if question.field.options:
        return {code: ascii_lowercase[asked.options().index(said.value)]}
    return {code: str(said.value).replace(".", ",") if isinstance(said.value, float) else str(said.value)}
