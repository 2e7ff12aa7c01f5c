"""The quick lane: what it leaves out is there to be left out."""

import ast
from functools import cache

from app.paths import CHECKOUT
from tests.pace import slow_tests


def test_each_slow_test_is_one_that_exists():
    """Else a test that was renamed would come back into the quick lane unnoticed."""
    parts = {name: name.split("::") for name in slow_tests()}
    gone = {name for name, (file, *_, function) in parts.items() if function not in functions_in(file)}
    assert gone == set(), "take it out of tests/slow.txt"


@cache
def functions_in(file: str) -> set[str]:
    path = CHECKOUT / file
    tree = ast.parse(path.read_text(encoding="utf-8")) if path.is_file() else ast.Module([], [])
    return {each.name for each in ast.walk(tree) if isinstance(each, ast.FunctionDef)}
