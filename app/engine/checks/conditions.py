"""Conditions: they name items that exist and answers that can be given, and no better answer does harm."""

from __future__ import annotations

from collections.abc import Iterator

from app.engine.answers import value_passes
from app.engine.checks.subject import everything_asked
from app.engine.draft import Draft
from app.engine.faults import Finding
from app.engine.items import BaseItem, InvalidAnswer, Value
from app.engine.json_positions import Path
from app.engine.walking import PlacedLeaf, leaves


def check(draft: Draft) -> Iterator[Finding]:
    """Refuse conditions that cannot be read, look ahead, or lower the outcome for a better answer."""
    for i, cap in enumerate(draft.questionnaire.caps):
        for leaf in leaves(cap.when, ("caps", i, "when")):
            yield from _wrong_test(draft, leaf, may_ask_answered=False)
            yield from _costs_a_better_answer(draft, leaf)
    for i, advice in enumerate(draft.questionnaire.advice):
        if advice.when is not None:
            for leaf in leaves(advice.when, ("advice", i, "when")):
                yield from _wrong_test(draft, leaf, may_ask_answered=False)
    yield from _wrong_show_if(draft)


def _wrong_show_if(draft: Draft) -> Iterator[Finding]:
    asked: set[str] = set()
    for path, item in everything_asked(draft.questionnaire):
        if item.show_if is not None:
            if item.has_values:
                yield Finding((*path, "show_if"), "show_if_on_values", {"id": item.id})
            for leaf in leaves(item.show_if, (*path, "show_if")):
                yield from _wrong_test(draft, leaf, may_ask_answered=True)
                if _find(draft, leaf) is not None and leaf.test.item not in asked:
                    details = {"id": item.id, "item": leaf.test.item}
                    yield Finding((*leaf.path, "item"), "show_if_later", details)
        asked.add(item.id)


def _find(draft: Draft, leaf: PlacedLeaf) -> BaseItem | None:
    name = str(leaf.test.item)
    return draft.questionnaire.items.get(name) or draft.questionnaire.subject_items.get(name)


def _wrong_test(draft: Draft, leaf: PlacedLeaf, *, may_ask_answered: bool) -> Iterator[Finding]:
    path, test, _ = leaf
    item = _find(draft, leaf)
    if item is None:
        yield from _no_such_item(draft, str(test.item), (*path, "item"))
    elif test.answered is not None:
        if not may_ask_answered:
            yield Finding((*path, "answered"), "answered_outside_show_if")
    elif not _has_single_answers(item):
        yield Finding(path, "condition_only_answered", {"id": item.id, "kind": item.kind})
    elif _asks_order(test.at_least, test.at_most) and not item.ordered:
        yield Finding(path, "condition_without_order", {"id": item.id, "options": item.options()})
    else:
        yield from _wrong_literals(leaf, item)


def _no_such_item(draft: Draft, name: str, path: Path) -> Iterator[Finding]:
    names = draft.names
    if name in names.criteria:
        yield Finding(path, "condition_on_criterion", {"id": name})
    elif name in names.gates:
        yield Finding(path, "condition_on_gate", {"id": name})
    elif name not in [*names.items, *names.fields]:
        yield Finding(path, "no_such_item", {"given": name, "known": [*names.items, *names.fields]})


def _asks_order(*limits: object) -> bool:
    return any(limit is not None for limit in limits)


def _has_single_answers(item: BaseItem) -> bool:
    """Say whether an answer is one option or one number; texts, dates and several options are not tested."""
    options = item.options()
    return _is_answer(item, options[0]) if options else item.ordered and item.rank(0) is not None


def _is_answer(item: BaseItem, value: Value) -> bool:
    try:
        return item.parse(value) == value
    except InvalidAnswer:
        return False


def _wrong_literals(leaf: PlacedLeaf, item: BaseItem) -> Iterator[Finding]:
    for literal in leaf.test.literals:
        if item.options():
            if literal not in item.options():
                details = {"id": item.id, "given": literal, "known": item.options()}
                yield Finding(leaf.path, "condition_no_option", details)
        elif not _is_answer(item, literal):
            yield Finding(leaf.path, "condition_no_number", {"id": item.id, "written": literal})


def _costs_a_better_answer(draft: Draft, leaf: PlacedLeaf) -> Iterator[Finding]:
    """A cap's test of a scored item may hold only for worse answers, for better ones only under ``not``."""
    item = draft.questionnaire.items.get(str(leaf.test.item))
    if item is None or not item.has_values or not item.options() or leaf.test.answered is not None:
        return
    if not set(leaf.test.literals) <= set(item.options()):
        return  # already reported
    passes = [value_passes(leaf.test, item, option) != leaf.negated for option in item.options()]
    if passes != sorted(passes, reverse=True):
        yield Finding(leaf.path, "cap_for_better_answers", {"id": item.id, "options": item.options()})
