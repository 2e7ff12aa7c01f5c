"""Every answer in words: section by section, and give and get resource by resource."""

from __future__ import annotations

from typing import cast

from app.engine.answers import Answer, Answers, GateAnswer
from app.engine.definition import Gate, Questionnaire
from app.engine.items import BaseItem, Table, Value
from app.engine.items.base import Balance
from app.engine.result import Coverage
from app.wording.codes import question_codes
from app.wording.limits import gate_answer
from app.wording.reading import AnswerWords, ExchangeWords, ResourceWords, SectionWords
from app.wording.speech import Speech


def sections(
    questionnaire: Questionnaire, answers: Answers, speech: Speech, shown: frozenset[str]
) -> list[SectionWords]:
    """Return every section's answers. What is hidden but was answered comes last: kept, and not counted."""
    codes = question_codes(questionnaire)
    words = [
        SectionWords(
            id=section.id,
            title=speech.text(section.title),
            answers=[
                *(
                    _gate(questionnaire.gates_by_id[gate], answers, codes[gate], speech)
                    for gate in section.gates
                ),
                *(
                    _item(questionnaire, item, answers, codes[item.id], speech)
                    for item in section.items
                    if item.id in shown
                ),
            ],
        )
        for section in questionnaire.sections
    ]
    hidden = [
        _item(questionnaire, item, answers, codes[item.id], speech)
        for item in questionnaire.items.values()
        if item.id not in shown and item.id in answers.items
    ]
    if hidden:
        words.append(SectionWords("hidden", speech.tell("Answers that no longer count"), hidden))
    return words


def _item(
    questionnaire: Questionnaire, item: BaseItem, answers: Answers, code: str, speech: Speech
) -> AnswerWords:
    answer = answers.items.get(item.id)
    return AnswerWords(
        id=item.id,
        kind=item.kind,
        code=code,
        side=item.side,
        criterion=questionnaire.criterion_of.get(item.id, ""),
        text=speech.text(item.text),
        answer=answer_words(item, answer, speech),
        state=answer.state if answer else "unanswered",
        note=answer.note if answer else "",
    )


def answer_words(item: BaseItem, answer: Answer | None, speech: Speech) -> str:
    """Return one answer as it is read."""
    if answer is None:
        return speech.tell("Not answered")
    if answer.state == "unknown":
        return speech.tell("Don’t know yet")
    if answer.state == "na":
        return speech.tell("Not relevant here")
    return item.words(cast(Value, answer.value), speech.language)


def any_answer_words(found: Gate | BaseItem, answer: Answer | GateAnswer | None, speech: Speech) -> str:
    """Return one answer, to an item or to a gate, as it is read."""
    if isinstance(found, Gate):
        return gate_answer(found, answer.value if isinstance(answer, GateAnswer) else None, speech)
    return answer_words(found, answer if isinstance(answer, Answer) else None, speech)


def _gate(gate: Gate, answers: Answers, code: str, speech: Speech) -> AnswerWords:
    answer = answers.gates.get(gate.id)
    value = answer.value if answer else None
    return AnswerWords(
        id=gate.id,
        kind="gate",
        code=code,
        side="library",
        criterion="",
        text=speech.text(gate.text),
        answer=gate_answer(gate, value, speech) if answer else speech.tell("Not answered"),
        state="unanswered" if answer is None else "unknown" if value is None else "known",
        note=answer.note if answer else "",
    )


def exchanges(
    questionnaire: Questionnaire, answers: Answers, speech: Speech, shown: frozenset[str]
) -> list[ExchangeWords]:
    """Return give and get for each question that asks for them and has an answer."""
    words = []
    for item in questionnaire.items.values():
        answer = answers.items.get(item.id)
        if item.id in shown and answer and answer.value is not None:
            balance = item.balance(answer.value)
            if balance and item.table:
                words.append(_exchange(item, item.table, answer.value, balance, speech))
    return words


def _exchange(item: BaseItem, table: Table, value: Value, balance: Balance, speech: Speech) -> ExchangeWords:
    cells = cast(dict[str, dict[str, int]], value)
    return ExchangeWords(
        item=item.id,
        text=speech.text(item.text),
        give=speech.text(table.columns["give"]),
        get=speech.text(table.columns["get"]),
        rows=[
            ResourceWords(
                label=speech.text(text),
                give=cells["give"].get(row),
                get=cells["get"].get(row),
                give_words=_level(table, cells["give"].get(row), speech),
                get_words=_level(table, cells["get"].get(row), speech),
            )
            for row, text in table.rows.items()
        ],
        give_total=sum(cells["give"].values()),
        get_total=sum(cells["get"].values()),
        most=len(table.levels) - 1,
        sentence=_balance(balance, speech),
    )


def _level(table: Table, level: int | None, speech: Speech) -> str:
    return speech.tell("Not answered") if level is None else speech.text(table.levels[level])


def _balance(balance: Balance, speech: Speech) -> str:
    if balance == "one-sided":
        return speech.tell("Only one side has been filled in so far.")
    if balance == "nothing":
        return speech.tell("Neither side brings anything yet.")
    if balance == "give":
        return speech.tell("We give more than we get. What can we ask for in return?")
    if balance == "get":
        return speech.tell("We get more than we give. What can we offer?")
    return speech.tell("What we give and what we get match well enough.")


def coverage(counted: Coverage, speech: Speech) -> str:
    """Say how much has been answered."""
    return speech.tell(
        "{known} of {asked} questions answered, {unknown} not known yet",
        known=counted.known,
        asked=counted.asked - counted.na,
        unknown=counted.unknown,
    )


def rests_on(respondents: int, counted: Coverage, speech: Speech, *, from_workshop: bool = False) -> str:
    """Say in one line what the recommendation rests on."""
    people = speech.count("{number} person", "{number} people", respondents)
    if from_workshop:
        people = speech.tell("A workshop with {people}", people=people)
    return f"{people} · {coverage(counted, speech)}"
