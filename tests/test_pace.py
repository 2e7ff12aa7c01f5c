"""The quick lane: what it leaves out is there to be left out."""

import ast

from app.paths import CHECKOUT
from tests.pace import slow_tests


def test_each_slow_test_is_one_that_exists():
    """Else a test that was renamed would come back into the quick lane unnoticed."""
    gone = set()
    for name in slow_tests():
        file, _, function = name.partition("::")
        path = CHECKOUT / file
        tree = ast.parse(path.read_text(encoding="utf-8")) if path.is_file() else ast.Module([], [])
        there = {each.name for each in ast.walk(tree) if isinstance(each, ast.FunctionDef)}
        gone |= {name} if function.rpartition("::")[2] not in there else set()
    assert gone == set(), "take it out of tests/slow.txt"
