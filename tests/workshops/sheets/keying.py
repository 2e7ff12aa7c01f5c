"""A person at the keyboard with a paper: what is written there, as codes, box for box."""

from app.engine.answers import Answer, GateAnswer
from app.engine.definition import Gate, Questionnaire
from app.engine.items.choices import ChoicesItem
from app.engine.items.exchange import ExchangeItem
from app.workshops.models import Workshop
from app.workshops.opening import LoadedWorkshop
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
        return {f"{code}.state" if isinstance(asked, ExchangeItem) else code: letter}
    if isinstance(asked, ExchangeItem):
        letters = dict(zip(asked.ids, "abcdefghijkl", strict=False))
        return {
            f"{code}.{side}.{letters[resource]}": str(level)
            for side, cells in said.value.items()
            for resource, level in cells.items()
        }
    if isinstance(asked, ChoicesItem):
        ids = [option.id for option in asked.choices]
        return {code: "".join("abcdefghijklmnopqrst"[ids.index(each)] for each in said.value)}
    if question.field.options:
        return {code: "abcdefghijklmnopqrst"[asked.options().index(said.value)]}
    return {code: str(said.value).replace(".", ",") if asked.kind == "number" else str(said.value)}
