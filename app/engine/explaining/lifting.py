"""Which better answers lift a cap: the fewest steps that make its condition no longer hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from app.engine.answers import Answers, holds, unsettled_items, value_passes, visible_items
from app.engine.conditions import Condition
from app.engine.explaining.climbing import Ladder, Levels
from app.engine.judging import Judgement


def raised(answers: Answers, ladders: Mapping[str, Ladder], levels: Levels) -> Answers:
    """Return the answers with each item in ``levels`` raised by that many steps."""
    for item, level in levels.items():
        answers = answers.with_value(item, ladders[item].answers[level])
    return answers


def merged(all_levels: Iterable[Levels]) -> dict[str, int]:
    """Return the lowest levels that are at least as high as each of those given."""
    highest: dict[str, int] = {}
    for levels in all_levels:
        for item, level in levels.items():
            highest[item] = max(level, highest.get(item, 0))
    return highest


def covers(levels: Levels, others: Levels) -> bool:
    """Say whether ``levels`` are everywhere at least as high as ``others``."""
    return all(levels.get(item, 0) >= level for item, level in others.items())


def ways_to_lift(
    judgement: Judgement, ladders: Mapping[str, Ladder], caps: Sequence[str]
) -> tuple[list[Levels], list[str]]:
    """Return the least levels that lift all of ``caps`` that better answers can lift, and those they cannot.

    Each of the levels is enough alone; without any cap to lift the one way is to raise nothing.
    """
    lifting = _Lifting(judgement, ladders)
    conditions = {cap.id: cap.when for cap in judgement.questionnaire.caps if cap.id in caps}
    ways = {cap: lifting.ways(condition) for cap, condition in conditions.items()}
    stuck = [cap for cap in caps if not ways[cap]]
    lifted = [cap for cap in caps if ways[cap]]
    joint = [merged(each) for each in product(*(ways[cap] for cap in lifted))]
    return _least(joint), stuck


def _least(ways: Iterable[Levels]) -> list[Levels]:
    """Return the ways that are not covered by a smaller one."""
    least: list[Levels] = []
    for way in sorted(ways, key=lambda levels: sum(levels.values())):
        if not any(covers(way, other) for other in least):
            least.append(way)
    return least


@dataclass(frozen=True, slots=True)
class _Lifting:
    judgement: Judgement
    ladders: Mapping[str, Ladder]

    def ways(self, condition: Condition) -> list[Levels]:
        """Return the least levels at which a condition that holds does so no longer."""
        turns = self._turns(condition)
        return _least(
            way for way in self._turned(condition, True, turns) if self._holds(condition, way) is not True
        )

    def _holds(self, condition: Condition, levels: Levels) -> bool | None:
        """Say whether the condition holds at ``levels``, with everything that they show and hide."""
        questionnaire = self.judgement.questionnaire
        answers = raised(self.judgement.answers, self.ladders, levels)
        shown = visible_items(questionnaire, answers)
        unsettled = unsettled_items(questionnaire, answers, shown)
        return holds(condition, questionnaire, answers, shown, unsettled)

    def _turned(self, condition: Condition, said: bool, turns: Mapping[str, list[int]]) -> list[Levels]:
        """Return levels at which ``condition`` may no longer be ``said``; each still has to be tried."""
        if self._holds(condition, {}) is not said:
            return [{}]
        if condition.item is not None:
            return list(self._turned_test(condition, said, turns))
        if condition.not_ is not None:
            return self._turned(condition.not_, not said, turns)
        parts = [self._turned(part, said, turns) for part in condition.parts]
        one_is_enough = said == (condition.all_ is not None)
        if one_is_enough:
            return [way for part in parts for way in part]
        return _least(merged(each) for each in product(*parts))

    def _turned_test(self, test: Condition, said: bool, turns: Mapping[str, list[int]]) -> Iterator[Levels]:
        item = self.judgement.questionnaire.item_or_field(test.item or "")
        if item.id in turns and test.answered is None:
            for level in turns[item.id]:
                if value_passes(test, item, self.ladders[item.id].answers[level]) is not said:
                    yield {item.id: level}
        if item.show_if is not None:
            yield from self._turned(item.show_if, item.id in self.judgement.shown, turns)

    def _turns(self, condition: Condition) -> dict[str, list[int]]:
        """Return for each item that can be raised the levels at which some test of it turns."""
        turns: dict[str, list[int]] = {}
        for test in self._tests(condition):
            ladder = self.ladders.get(test.item or "")
            if ladder is not None and test.answered is None:
                item = self.judgement.questionnaire.items[ladder.item]
                passes = [value_passes(test, item, answer) for answer in ladder.answers]
                turning = [n for n in range(1, len(passes)) if passes[n] != passes[n - 1]]
                turns[ladder.item] = sorted({*turns.get(ladder.item, []), *turning})
        return turns

    def _tests(self, condition: Condition) -> list[Condition]:
        """Return the tests in a condition, and those that show the items which they ask about."""
        tests = condition.leaves()
        for test in condition.leaves():
            show_if = self.judgement.questionnaire.item_or_field(test.item or "").show_if
            if show_if is not None:
                tests += self._tests(show_if)
        return tests
