"""How long a command takes from cold, beside the import that it cannot do without."""

import json
import statistics
import subprocess
import sys
import time

import pytest

from tests.cli.examples import answers

ROUNDS = 7


@pytest.fixture
def answers_file(tmp_path):
    path = tmp_path / "answers.json"
    path.write_text(json.dumps(answers()), encoding="utf-8")
    return path


def started(*arguments: object) -> None:
    subprocess.run([sys.executable, *map(str, arguments)], check=True, capture_output=True)


def seconds(*arguments: object) -> float:
    began = time.perf_counter()
    started(*arguments)
    return time.perf_counter() - began


def compare(benchmark, command, bare):
    """Time ``command``, and note how many times as long as ``bare`` it takes."""
    started(*command)  # once for nothing: files that were never read are not what is asked about
    benchmark.pedantic(started, command, rounds=ROUNDS)
    if not benchmark.enabled:
        return
    # In turns, so that whatever else the machine does meets both alike.
    pairs = [(seconds(*command), seconds(*bare)) for _ in range(ROUNDS)]
    ratio = statistics.median(one for one, _ in pairs) / statistics.median(other for _, other in pairs)
    benchmark.extra_info["times " + bare[-1]] = round(ratio, 2)


def test_score_from_cold(benchmark, answers_file):
    command = ("-m", "app.cli", "score", answers_file, "--json")
    compare(benchmark, command, ("-c", "import pydantic"))


def test_score_for_a_person_from_cold(benchmark, answers_file):
    command = ("-m", "app.cli", "score", answers_file)
    compare(benchmark, command, ("-c", "import pydantic"))


def test_report_from_cold(benchmark, answers_file, tmp_path):
    command = ("-m", "app.cli", "report", answers_file, "-o", tmp_path / "decision.pdf")
    compare(benchmark, command, ("-c", "import weasyprint"))


FIRST_PAGE = """
import sys
from pathlib import Path
from app import create_app
from app.config import Config
assert create_app(Config(Path(sys.argv[1]))).test_client().get("/").status_code == 200
"""


def test_the_first_page_from_cold(benchmark, tmp_path):
    """From the start of a process to the front page, in a folder that has its tables."""
    compare(benchmark, ("-c", FIRST_PAGE, tmp_path), ("-c", "import flask, sqlalchemy.orm"))


def test_help_from_cold(benchmark):
    compare(benchmark, ("-m", "app.cli", "--help"), ("-c", "import argparse"))
