"""``overvej score``: the result, for a person and for a program."""

import json

import pytest

from app.catalogue import installed
from app.engine.answers import from_json
from app.engine.assess import assess
from app.engine.result import to_json
from tests.cli.conftest import CASES, ROOT
from tests.cli.examples import answers, written

KEYS = {
    "outcome": str,
    "status": str,
    "range": list,
    "before_limits": str,
    "gates": dict,
    "caps": dict,
    "criteria": dict,
    "boundaries": list,
    "changes_up": list,
    "changes_down": list,
    "questions": list,
    "robustness": dict,
}


def scored(overvej, path):
    ran = overvej("score", path, "--json")
    assert (ran.code, ran.err) == (0, "")
    return json.loads(ran.out)


def test_json_has_what_programs_are_promised(overvej, tmp_path):
    result = scored(overvej, written(tmp_path, answers()))
    assert {key: type(result[key]) for key in KEYS} == KEYS
    assert result["outcome"] == "engagement"
    assert result["range"] == ["date", "engagement"]
    assert result["status"] == "open"
    assert set(result["criteria"]["goals"]) == {"point", "low", "high"}
    assert set(result["boundaries"][0]) >= {"to", "support", "majority", "passed", "vetoes"}
    assert set(result["robustness"]) >= {"same", "tested"}
    assert all(set(step) == {"item", "from", "to"} for steps in result["changes_up"] for step in steps)


def test_the_json_is_the_result_and_nothing_else(overvej, tmp_path):
    questionnaire = installed().find("new-partner").questionnaire
    expected = to_json(assess(questionnaire, from_json(answers(), questionnaire)))
    assert scored(overvej, written(tmp_path, answers())) == expected


def test_nothing_answered_has_no_outcome(overvej, tmp_path):
    empty = answers() | {"answers": {}, "gates": {}}
    result = scored(overvej, written(tmp_path, empty))
    assert (result["outcome"], result["status"]) == (None, "too-little-known")
    assert result["questions"]


def test_a_breach_has_no_robustness(overvej, tmp_path):
    breached = answers()
    breached["gates"]["user-data"] = "no"
    result = scored(overvej, written(tmp_path, breached))
    assert (result["outcome"], result["robustness"]) == ("none", None)


def test_answers_come_through_standard_input_as_well(alone, tmp_path):
    content = json.dumps(answers()).encode()
    ran = alone("score", "-", "--json", stdin=content)
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout)["outcome"] == "engagement"
    ran = alone("score", "-", stdin=b"{}")
    assert ran.stderr.startswith(b"overvej: standard input is not an answers file")


def test_a_byte_order_mark_does_no_harm(overvej, tmp_path):
    path = tmp_path / "answers.json"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(answers()).encode())
    assert scored(overvej, path)["outcome"] == "engagement"


def test_json_is_utf8_whatever_the_terminal_is(alone, tmp_path):
    path = written(tmp_path, answers())
    ran = alone("score", path, "--json", PYTHONIOENCODING="latin-1")
    assert json.loads(ran.stdout.decode("utf-8"))


def test_a_person_reads_the_outcome_first_and_then_why(overvej, tmp_path):
    ran = overvej("score", written(tmp_path, answers()), "--language", "en")
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert lines[0] == "A partnership for a period"
    assert "LYS/LYD" in lines[1]
    assert "criteria" in "".join(lines[3:6])
    assert max(map(len, lines)) <= 80


def test_it_speaks_danish_when_asked(overvej, tmp_path):
    ran = overvej("score", written(tmp_path, answers()), "--language", "da")
    assert ran.out.startswith("Partnerskab for en periode\n")
    assert "Spørg først" in ran.out


def test_the_locale_decides_where_nothing_is_asked(overvej, tmp_path, monkeypatch):
    monkeypatch.setenv("LC_ALL", "da_DK.UTF-8")
    assert overvej("score", written(tmp_path, answers())).out.startswith("Partnerskab for en periode\n")


def test_only_the_first_three_questions_are_read_aloud(overvej, tmp_path):
    ran = overvej("score", written(tmp_path, answers()), "--language", "en")
    assert all(f"  {number}. " in ran.out for number in (1, 2, 3))
    assert "  4. " not in ran.out
    assert " more\n" in ran.out


@pytest.mark.parametrize("path", sorted(CASES.rglob("*.json")), ids=lambda path: path.stem)
@pytest.mark.parametrize("language", ["da", "en"])
def test_every_worked_case_is_told_in_both_languages(overvej, tmp_path, path, language):
    case = answers(str(path.relative_to(CASES).with_suffix("")))
    ran = overvej("score", written(tmp_path, case), "--language", language)
    assert (ran.code, ran.err) == (0, "")
    assert "{" not in ran.out


# A quick start

IMPORTED = "import sys; from app.cli import main; main(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"
SLOW = {"flask", "sqlalchemy", "weasyprint", "pikepdf", "waitress", "webbrowser", "babel", "numpy"}


def imported(alone, *arguments):
    ran = alone(*arguments, code=IMPORTED)
    return {name.partition(".")[0] for name in ran.stderr.decode().split()}


def test_a_score_waits_for_no_library_that_it_does_not_need(alone, tmp_path):
    path = written(tmp_path, answers())
    assert imported(alone, "score", path) & SLOW == set()
    assert imported(alone, "score", path, "--json") & SLOW == set()


def test_a_report_waits_for_no_web_server(alone, tmp_path):
    path = written(tmp_path, answers())
    found = imported(alone, "report", path, "-o", tmp_path / "r.pdf")
    assert "pydantic" in found
    assert found & {"flask", "sqlalchemy", "weasyprint", "waitress"} == set()


def test_typing_nothing_waits_for_nothing(alone):
    assert imported(alone) & (SLOW | {"pydantic"}) == set()


def test_it_works_from_any_folder(alone, tmp_path, monkeypatch):
    path = written(tmp_path, answers())
    ran = alone(
        path,
        code=f"import os, sys; sys.path.insert(0, {str(ROOT)!r}); os.chdir({str(tmp_path)!r});"
        "from app.cli import main; sys.exit(main(['score', sys.argv[1], '--json']))",
    )
    assert ran.returncode == 0, ran.stderr
