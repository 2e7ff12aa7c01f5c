"""Gates and caps in words."""

from __future__ import annotations

from dataclasses import dataclass

from app.engine.answers import Answers
from app.engine.definition import Cap, Gate, Questionnaire
from app.engine.result import CapState, GateState, Result
from app.wording.reading import CapWords, GateWords
from app.wording.speech import Speech


@dataclass(frozen=True)
class LimitWords:
    """Every gate and every cap, each in the order of the questionnaire."""

    gates: list[GateWords]
    caps: list[CapWords]


def in_words(questionnaire: Questionnaire, answers: Answers, result: Result, speech: Speech) -> LimitWords:
    """Return the gates and caps of a result, put into words once for all who speak of them."""
    return LimitWords(_gates(questionnaire, answers, result, speech), _caps(questionnaire, result, speech))


def _gates(questionnaire: Questionnaire, answers: Answers, result: Result, speech: Speech) -> list[GateWords]:
    """Return every gate, in the order of the questionnaire."""
    return [
        _gate(gate, questionnaire, answers, result.gates[gate.id], speech) for gate in questionnaire.gates
    ]


def _gate(
    gate: Gate, questionnaire: Questionnaire, answers: Answers, state: GateState, speech: Speech
) -> GateWords:
    answer = answers.gates.get(gate.id)
    states = {
        "clear": speech.tell("In place"),
        "open": speech.tell("Not known yet"),
        "breached": speech.tell("Not in place"),
    }
    return GateWords(
        id=gate.id,
        title=speech.text(gate.title),
        text=speech.text(gate.text),
        state=state,
        state_words=states[state],
        answer="" if answer is None else gate_answer(gate, answer.value, speech),
        note=answer.note if answer else "",
        ask=speech.text(gate.ask),
        sentence=_gate_sentence(gate, questionnaire, state, speech),
    )


def gate_answer(gate: Gate, value: str | None, speech: Speech) -> str:
    """Return a gate's answer as the screen offers it."""
    if value is None:
        return speech.tell("We must ask about that")
    if value == gate.breach_when:
        return speech.tell("Yes") if value == "yes" else speech.tell("No")
    return speech.tell("Yes, it is in place") if value == "yes" else speech.tell("No, it is in order")


def _gate_sentence(gate: Gate, questionnaire: Questionnaire, state: GateState, speech: Speech) -> str:
    if state == "clear":
        return ""
    if state == "breached":
        return speech.tell(
            "{because} That stops the proposal as it stands. If it can be changed, consider it again.",
            because=speech.text(gate.because),
        )
    return speech.tell(
        "One answer is missing: {title}. It is not a suspicion, only a question: {ask} "
        "Until then the highest recommendation is {outcome}.",
        title=_uncapitalised(speech.text(gate.title)),
        ask=speech.quoted(speech.text(gate.ask)),
        outcome=speech.quoted(speech.text(questionnaire.outcome(gate.open_at_most).title)),
    )


def _caps(questionnaire: Questionnaire, result: Result, speech: Speech) -> list[CapWords]:
    """Return every cap, in the order of the questionnaire; one that does not hold has no sentence."""
    return [
        CapWords(cap.id, result.caps[cap.id], _cap_sentence(cap, questionnaire, result.caps[cap.id], speech))
        for cap in questionnaire.caps
    ]


def _cap_sentence(cap: Cap, questionnaire: Questionnaire, state: CapState, speech: Speech) -> str:
    outcome = speech.quoted(speech.text(questionnaire.outcome(cap.at_most).title))
    because = speech.text(cap.because)
    if state == "holds":
        return speech.tell(
            "{because} So the highest recommendation for now is {outcome}.", because=because, outcome=outcome
        )
    if state == "undetermined":
        return speech.tell(
            "We do not know yet whether this applies: {because} "
            "If so, the highest recommendation is {outcome}.",
            because=because,
            outcome=outcome,
        )
    return ""


def _uncapitalised(title: str) -> str:
    """Return a title as it reads inside a sentence, unless it begins with an abbreviation."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]
