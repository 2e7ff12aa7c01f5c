"""``overvej check``: the author's test bench."""

import json
import re
import shutil

import pytest

from tests.cli.conftest import CASES, ROOT
from tests.cli.examples import answers, written

SHIPPED = ROOT / "questionnaires" / "new-partner.json"


@pytest.fixture
def mine(tmp_path):
    """A copy of the shipped questionnaire and its cases, to edit."""
    shutil.copy(SHIPPED, tmp_path)
    shutil.copytree(CASES, tmp_path / "cases" / "new-partner")
    return tmp_path / "new-partner.json"


def edit(path, old, new):
    """Replace the first match of the pattern ``old``."""
    text, count = re.subn(old, new, path.read_text(encoding="utf-8"), count=1)
    assert count == 1
    path.write_text(text, encoding="utf-8")


def line_of(path, words):
    return path.read_text(encoding="utf-8").split(words)[0].count("\n") + 1


def test_the_installed_questionnaires_are_in_order(overvej):
    ran = overvej("check")
    assert (ran.code, ran.err) == (0, "")
    count = len(list(CASES.rglob("*.json")))
    assert ran.out == f"{SHIPPED}: new-partner 1.0.0 with {count} worked cases, in order\n"


def test_a_fault_is_told_with_its_line_and_what_to_write(overvej, mine):
    edit(mine, '"weight"', '"wieght"')
    ran = overvej("check", mine)
    assert (ran.code, ran.err) == (1, "")
    *faults, summary = ran.out.splitlines()
    assert f"{mine}:{line_of(mine, 'wieght')}:" in ran.out
    assert all(re.match(rf"{re.escape(str(mine))}:\d+:\d+: ", fault) for fault in faults)
    assert summary == f"{mine}: {len(faults)} faults"


def test_all_faults_are_told_at_once(overvej, mine):
    edit(mine, r'"enough": [\d.]+', '"enough": 45')
    edit(mine, '"breach_when": "no"', '"breach_when": "maybe"')
    ran = overvej("check", mine)
    assert {int(line.split(":")[1]) for line in ran.out.splitlines()[:-1]} == {
        line_of(mine, '"enough"'),
        line_of(mine, '"maybe"'),
    }


def test_messages_are_in_the_author_s_language(overvej, mine, monkeypatch):
    edit(mine, '"weight"', '"wieght"')
    english = overvej("check", mine).out
    monkeypatch.setenv("LANG", "da_DK.UTF-8")
    danish = overvej("check", mine).out
    assert danish != english
    assert danish.splitlines()[-1].endswith(" fejl")


def test_text_that_is_no_json_is_a_fault_with_a_line(overvej, tmp_path):
    path = tmp_path / "q.json"
    path.write_text('{\n "format": overvej}', encoding="utf-8")
    ran = overvej("check", path)
    assert ran.code == 1
    assert ran.out.startswith(f"{path}:2:")


def test_an_edit_shows_which_worked_cases_it_changes(overvej, mine):
    edit(mine, '"at_most": "date"', '"at_most": "none"')
    ran = overvej("check", mine)
    assert ran.code == 1
    assert "ekko-af-byen-before.json:" in ran.out
    assert "Expected date, got none." in ran.out


def test_what_is_worth_a_look_is_told_and_is_no_fault(overvej, mine):
    edit(mine, r'"minutes": \d+', '"minutes": 90')
    ran = overvej("check", mine)
    assert (ran.code, ran.err) == (0, "")
    warning, summary = ran.out.splitlines()
    assert warning.startswith(f"{mine}:{line_of(mine, chr(34) + 'minutes')}:")
    assert ": worth a look: " in warning
    assert summary.endswith("in order")


def test_answers_are_held_against_their_questionnaire(overvej, tmp_path):
    good = written(tmp_path, answers())
    assert overvej("check", good) == (0, f"{good}: answers to new-partner 1.0.0, in order\n", "")
    data = answers()
    data["answers"] |= {"goal": 17, "need": "much"}
    bad = written(tmp_path, data, "bad.json")
    ran = overvej("check", bad)
    assert (ran.code, ran.err) == (1, "")
    assert ran.out.count("\n") == 3
    assert ran.out.endswith("bad.json: 2 faults\n")


def test_a_worked_case_is_held_against_what_it_expects(overvej, tmp_path):
    case = json.loads((CASES / "stated" / "ekko-af-byen-after.json").read_text(encoding="utf-8"))
    assert overvej("check", written(tmp_path, case)).code == 0
    case["expect"]["outcome"] = "none"
    ran = overvej("check", written(tmp_path, case))
    assert ran.code == 1
    assert "Expected none, got engagement." in ran.out


def test_several_files_are_all_checked_and_the_worst_counts(overvej, mine, tmp_path):
    edit(mine, r'"enough": [\d.]+', '"enough": 45')
    ran = overvej("check", SHIPPED, mine, tmp_path / "none.json")
    assert ran.code == 2
    assert f"{SHIPPED}: new-partner 1.0.0" in ran.out
    assert f"{mine}: 1 fault\n" in ran.out
    assert ran.err == f"overvej: {tmp_path / 'none.json'} does not exist\n"


def test_another_text_of_an_installed_version_is_a_fault(overvej, mine, monkeypatch):
    edit(mine, r'"minutes": \d+', '"minutes": 14')
    monkeypatch.setenv("OVERVEJ_QUESTIONNAIRES", str(mine.parent))
    ran = overvej("check")
    assert ran.code == 1
    assert f"{mine}:" in ran.out
    assert "already exists in version 1.0.0 with other content" in ran.out


def test_a_folder_that_is_not_there_is_a_fault(overvej, tmp_path, monkeypatch):
    monkeypatch.setenv("OVERVEJ_QUESTIONNAIRES", str(tmp_path / "none"))
    ran = overvej("check")
    assert ran.code == 1
    assert "Correct OVERVEJ_QUESTIONNAIRES" in ran.out


def test_the_schema_is_the_one_that_ships(overvej):
    ran = overvej("schema")
    assert (ran.code, ran.err) == (0, "")
    assert json.loads(ran.out)["$schema"].startswith("https://json-schema.org/")
    shipped = (ROOT / "questionnaires" / "schema.json").read_text(encoding="utf-8")
    assert json.loads(ran.out) == json.loads(shipped)
