"""Every code that is raised anywhere has a message in both languages, filled from what it is raised with."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.engine.messages import MESSAGES, message
from app.engine.texts import LANGUAGES
from tests.engine.test_loading import REFUSALS

APP = Path(__file__).parents[2] / "app"
FROM_PYDANTIC = {
    "missing", "extra_forbidden", "union_tag_invalid", "union_tag_not_found", "literal_error", "string_type",
    "int_type", "float_type", "bool_type", "dict_type", "model_type",
    "tuple_type", "too_short", "too_long", "greater_than", "greater_than_equal", "less_than_equal",
}  # fmt: skip
"""pydantic's own codes for what the format asks, all tried by ``test_loading_shapes.py``."""
MAKERS = {"Finding", "Fault", "InvalidAnswer", "ValueError", "_fault", "_failed", "_at_token", "AnswerFault"}


def raised_codes() -> Iterator[str]:
    """Yield the word literals that are handed to what makes faults, and those of the tables of codes."""
    for file in APP.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in MAKERS:
                yield from (x for arg in node.args[:5] for x in _words(arg))
            elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in ("code", "_CODES"):
                yield from _words(node.value)


def _words(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and "_" in node.value:
        yield node.value
    elif isinstance(node, ast.Dict):
        for value in node.values:
            yield from _words(value)
    elif isinstance(node, ast.IfExp):
        yield from _words(node.body)
        yield from _words(node.orelse)


def test_every_code_that_is_raised_has_a_message() -> None:
    codes = set(raised_codes())
    paths = {"at_most", "open_at_most", "show_if", "text_partner", "before_limits"}
    assert len(codes) > 60
    assert {code for code in codes if code not in paths} <= MESSAGES.keys()


def test_every_message_is_there_in_both_languages_and_ends_as_a_sentence() -> None:
    for code, texts in MESSAGES.items():
        assert tuple(texts) == LANGUAGES, code
        for language, text in texts.items():
            assert text.strip() == text, (code, language)
            assert text[-1] in ".?", (code, language)


def test_both_languages_tell_the_same_details() -> None:
    for code, texts in MESSAGES.items():
        danish, english = (
            {name for _, name, _, _ in string.Formatter().parse(text) if name} for text in texts.values()
        )
        assert danish == english, code


def test_no_message_is_left_over_from_a_code_that_is_gone() -> None:
    tried = {refusal.code for refusal in REFUSALS}
    sources = "\n".join(
        file.read_text(encoding="utf-8") for file in APP.rglob("*.py") if file.parent.name != "messages"
    )
    unused = [code for code in MESSAGES.keys() - tried - FROM_PYDANTIC if f'"{code}"' not in sources]
    assert unused == ["wrong_shape"]


def test_what_nobody_thought_of_is_still_told() -> None:
    said = message("some_new_pydantic_code", {"key": "minutes", "example": "1"}, "en")
    assert said == "“minutes” does not have the shape that the format asks for. Write it like this: 1."


@pytest.mark.parametrize(
    ("details", "expected"),
    [
        ({"given": "trst", "known": ["trust", "time"]}, "Did you mean “trust”? There are: trust, time."),
        ({"given": "qqqq", "known": ["trust"]}, "“qqqq”. There are: trust."),
        ({"given": "trust", "known": []}, "There are: (none)."),
    ],
)
def test_what_exists_is_listed_and_the_closest_suggested(details: dict[str, object], expected: str) -> None:
    assert message("no_such_criterion", details, "en").endswith(expected)


def test_figures_are_written_as_in_the_file() -> None:
    details = {"minimum": None, "maximum": 1_000_000_000.0}
    assert message("answer_out_of_range", details, "da") == "Tallet skal ligge mellem −∞ og 1000000000."
    assert "0.25" in message("profile_out_of_range", {"criterion": "x", "written": 0.25}, "da")
