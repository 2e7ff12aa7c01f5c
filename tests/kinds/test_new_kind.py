"""A kind that Overvej has never heard of goes all the way: nothing outside its own files knows the kinds."""

from __future__ import annotations

import io
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import ChoiceLoader, DictLoader

from app import cli, create_app
from app.config import Config
from app.engine.agreement import agree
from app.engine.answers import from_json, to_json
from app.engine.assess import assess
from app.engine.loading import load_file
from app.engine.schema import questionnaire_schema
from app.paths import reports_folder
from app.platform.database import db
from app.printing.job import from_json as job_from_json
from app.printing.job import to_json as job_to_json
from app.printing.press import Press
from app.wording.read import read
from app.wording.reading import to_json as reading_to_json
from app.workshops import operations
from tests.assessments.what_if.test_what_if import keep
from tests.data.exports.ways import csv_files, made, sheets
from tests.kinds import slider
from tests.printing import paper
from tests.strategies import (
    answers_for,
    answers_to,
    boundary,
    cap,
    choice,
    criterion,
    definition,
    gate,
    scale,
    text,
)
from tests.web import Client, answer, begin, export, shown
from tests.workshops.agreeing.test_pages import save
from tests.workshops.phones.ways import phone
from tests.workshops.ways import LEADER, opened

# WeasyPrint leaves its colour profile open; elsewhere it prints in a process of its own.
pytestmark = pytest.mark.filterwarnings(r"ignore:unclosed file .*sRGB2014\.icc:ResourceWarning")

FEW = settings(max_examples=15)
ENDS = [text("Slet ikke"), text("Helt og holdent")]
MARK = "7 / 10, Helt og holdent"


def sliding(version: str = "1.0.0", highest: int = 10) -> dict:
    """A questionnaire that rests on sliders: scored, capped and asked of both sides."""
    asked = {"side": "both", "text_partner": text("Og I?"), "ask": text("Hvor langt?")}
    one = {"kind": "slider", "ends": ENDS, **asked}
    data = definition(
        [
            {"id": "far", "text": text("Hvor langt er vi?"), "may_be_na": True, "highest": highest, **one},
            {"id": "wide", "text": text("Hvor bredt er det?"), "highest": 100, **one},
            scale("deep", 3, ask=text("Hvor dybt?")),
        ],
        [criterion("reach", ["far", {"item": "wide", "weight": 2}]), criterion("depth", ["deep"])],
        [
            boundary(("none", "some"), {"reach": 40, "depth": 0}, 0.5, {"reach": 10}),
            boundary(("some", "more"), {"reach": 80, "depth": 50}, 0.75),
        ],
        id="sliding",
        version=version,
        gates=[gate("lawful", "some")],
        caps=[cap("narrow", "some", {"item": "wide", "at_most": 20})],
        minutes=2,
        title=text("Skydere"),
        short=["far", "deep"],
    )
    data["subject"] = [
        {"item": {"id": name, "kind": "text", "text": text(name)}, "required": True, "role": name}
        for name in ("partner", "proposal")
    ] + [{"item": choice("sector", [None, None])}]
    return data


@pytest.fixture(scope="module", autouse=True)
def _kind() -> Iterator[None]:
    with slider.registered():
        yield


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Where the questionnaire lies, and the reports with the kind's own partial among them."""
    top = tmp_path_factory.mktemp("sliding")
    (top / "questionnaires").mkdir()
    written = json.dumps(sliding(), ensure_ascii=False)
    (top / "questionnaires" / "sliding.json").write_text(written, encoding="utf-8")
    shutil.copytree(reports_folder(), top / "reports")
    (top / "reports" / "_shared" / "fields" / "slider.html").write_text(slider.PRINT, encoding="utf-8")
    return top


@pytest.fixture(scope="module")
def questionnaire(folder):
    loaded = load_file(folder / "questionnaires" / "sliding.json")
    assert loaded.warnings == []
    return loaded.questionnaire


@pytest.fixture(scope="module")
def press(folder) -> Press:
    return Press(folder / "reports")


@pytest.fixture(scope="module")
def app(folder, press, tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OVERVEJ_QUESTIONNAIRES", str(folder / "questionnaires"))
        application = create_app(Config(tmp_path_factory.mktemp("data")))
        application.testing = True
        application.extensions["printer"] = SimpleNamespace(print=lambda job: press.print(handed_over(job)))
        own = DictLoader({"fields/slider.html": slider.PAGE})
        application.jinja_env.loader = ChoiceLoader([own, application.jinja_env.loader])
        yield application
        with application.app_context():
            db.engine.dispose()


def handed_over(job):
    """The job as the printing process gets it."""
    return job_from_json(json.loads(json.dumps(job_to_json(job))))


@pytest.fixture
def client(app) -> Client:
    return Client(app)


def answered(client: Client) -> str:
    """An assessment with a mark on one slider and the other not known; its address."""
    address = begin(client, "sliding")
    answer(client, f"{address}/sections/all", far="7", wide__state="?", deep="1")
    answer(client, f"{address}/sections/gates", lawful="yes")
    return address


def reviewed(client: Client) -> str:
    address = answered(client)
    client.post(f"{address}/review", {"go": "result"})
    return address


# The method


def test_the_format_has_it(questionnaire):
    assert questionnaire.items["far"].kind == "slider"
    assert "SliderItem" in questionnaire_schema()["$defs"]


@FEW
@given(st.data())
def test_the_method_takes_its_scores(questionnaire, data):
    """Inside its range, never worse for a better mark, and the list of steps reaches what it says."""
    answers = data.draw(answers_for(questionnaire))
    result = assess(questionnaire, answers)
    order = [*questionnaire.outcome_ids]
    if result.outcome is not None:
        low, high = map(order.index, result.range)
        assert low <= order.index(result.outcome) <= high
    better = {item.id: _better(item, answers) for item in questionnaire.items.values() if item.scored}
    for name, value in better.items():
        if value is not None and result.outcome is not None:
            after = assess(questionnaire, answers.with_value(name, value), explain=False).outcome
            assert order.index(after) >= order.index(result.outcome)
    if result.changes_up and not result.blocked_by:
        for step in result.changes_up[0]:
            answers = answers.with_value(step.item, step.to)
        assert assess(questionnaire, answers, explain=False).outcome == result.next_outcome


def _better(item, answers):
    said = answers.items.get(item.id)
    return item.better(said.value) if said and said.value is not None else None


def test_steps_and_weights_are_told(questionnaire):
    answers = answers_to(questionnaire, {"lawful": "yes"}, far=5, wide=50, deep=1)
    result = assess(questionnaire, answers)
    assert result.outcome == "some"
    assert result.robustness.tested > 1
    (step, *_), *_ = result.changes_up
    assert (step.item, step.from_) == ("far", 5)
    assert {fall.item for fall in result.changes_down} <= {"far", "wide", "deep"}
    assert assess(questionnaire, answers.with_value("wide", 20)).caps == {"narrow": "holds"}


@FEW
@given(st.data())
def test_a_group_of_clones_equals_one(questionnaire, data):
    answers = data.draw(answers_for(questionnaire, complete=True))
    together = agree(questionnaire, [answers] * 4)
    assert assess(questionnaire, together.answers).outcome == assess(questionnaire, answers).outcome
    assert together.divided == []


def test_a_group_lies_spread_on_it(questionnaire):
    people = [answers_to(questionnaire, {}, far=mark, wide=None) for mark in (0, 7, 9)]
    spread = agree(questionnaire, people).items["far"]
    assert (spread.median, sum(spread.counts), spread.straddles) == (7, 3, True)
    assert -1 <= spread.agreement <= 1


@FEW
@given(st.data())
def test_an_answers_file_comes_back_as_it_was(questionnaire, data):
    answers = data.draw(answers_for(questionnaire))
    written = json.loads(json.dumps(to_json(answers)))
    assert to_json(from_json(written, questionnaire)) == to_json(answers)


@pytest.mark.parametrize("language", ["da", "en"])
def test_it_is_put_into_words(questionnaire, language):
    answers = answers_to(questionnaire, {"lawful": "yes"}, far=7, wide=30, deep=2)
    reading = read(questionnaire, answers, assess(questionnaire, answers), language)
    words = {each.id: each.answer for section in reading.sections for each in section.answers}
    assert words["far"] == questionnaire.items["far"].words(7, language)
    assert "7 / 10" in json.dumps(reading_to_json(reading), ensure_ascii=False)


# One assessment


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_page_of_an_assessment_shows_it(client, language):
    client.speak(language)
    address = reviewed(client)
    assert '<input type="number" id="answer.far.v"' in client.get(f"{address}/sections/all").text
    mark = MARK if language == "da" else MARK + " (en)"
    assert mark in client.get(f"{address}/result").text
    for page in ("subject", "review", "history", "after-meeting", "decision", "sections/gates"):
        client.get(f"{address}/{page}")
    client.get("/questionnaires/sliding/1.0.0")


def test_what_cannot_be_meant_is_refused_and_shown_again(client):
    address = begin(client, "sliding")
    section = f"{address}/sections/all"
    page = client.post(section, {**shown(client, section), "far": "11"}, 400)
    assert 'value="11"' in page.text
    assert export(client, address)["answers"] == {}


def test_after_the_meeting_it_is_answered(client):
    address = reviewed(client)
    client.follow(answer(client, f"{address}/after-meeting", wide="90", wide__state=[]))
    assert export(client, address)["answers"]["wide"] == 90


def test_another_mark_is_tried_and_kept(client):
    address = reviewed(client)
    page = client.get(f"{address}/what-if").text
    for control in (r'<select name="far"', r'<select name="wide.state"', r'<input type="text" name="wide"'):
        assert re.search(control, page), control
    client.get(f"{address}/what-if?far=9&wide=many&wide.state=", 400)
    way = client.get(f"{address}/what-if/up/0", 303).headers["Location"]
    assert "far=" in way
    keep(client, client.get(f"{address}/what-if?far=9&wide=90&wide.state="))
    assert export(client, address)["answers"] == {"far": 9, "wide": 90, "deep": 1}


def test_two_assessments_are_compared(client):
    first, second = reviewed(client), reviewed(client)
    answer(client, f"{second}/sections/all", far="2")
    a, b = (address.rsplit("/", 1)[1] for address in (first, second))
    page = client.get(f"/compare?a={a}&b={b}").text
    assert MARK in page
    assert "2 / 10" in page


def test_a_newer_version_takes_the_mark_along(app, client, folder):
    """A mark is what it says, whatever the length of the slider, as long as it can be set there."""
    kept, lost = reviewed(client), begin(client, "sliding")
    answer(client, f"{lost}/sections/all", far="10")
    newer = folder / "newer"
    newer.mkdir()
    (newer / "sliding.json").write_text(json.dumps(sliding("2.0.0", highest=8)), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OVERVEJ_QUESTIONNAIRES", str(newer))
        assert "7 / 10" in client.get(f"{kept}/newer").text
        assert moved(client, kept)["far"] == 7
        assert "10 / 10" in client.get(f"{lost}/newer").text
        assert "far" not in moved(client, lost)


def moved(client: Client, address: str) -> dict:
    """Move to the newer version, and return the answers that came along."""
    digest = re.search(r'name="digest" value="([^"]*)"', client.get(f"{address}/newer").text)
    new = client.post(f"{address}/newer", {"digest": digest[1]}).headers["Location"]
    return export(client, "/".join(new.split("/")[:3]))["answers"]


# Files and paper


def test_it_is_exported_as_words_and_as_a_number(app, client):
    address = reviewed(client)
    name = address.rsplit("/", 1)[1]
    (written,) = rows_of(csv_files(made(client, app, {"format": "csv"}))["svar"], name)
    (counted,) = rows_of(sheets(made(client, app, {"format": "xlsx"}))["Svar"], name)
    assert {MARK, "7"} <= set(written)
    assert {MARK, 7} <= set(counted)


def rows_of(table: list, name: str) -> list:
    return [row for row in table if name in row and "far" in row]


def test_an_answers_file_comes_in_again(client):
    file = export(client, reviewed(client))
    file["subject"] = {**file["subject"], "partner": "En anden"}
    sent = {"file": (io.BytesIO(json.dumps(file).encode()), "a.json")}
    address = client.post("/import", sent, content_type="multipart/form-data").headers["Location"]
    assert export(client, "/".join(address.split("/")[:3]))["answers"] == file["answers"]


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_document_of_an_assessment_is_printed(client, language):
    address = reviewed(client)
    for document in ("decision", "meeting", "form"):
        page = client.get(f"{address}/{document}.pdf?language={language}")
        assert page.data.startswith(b"%PDF")


def test_the_form_prints_its_own_partial(client):
    form = client.get("/form.pdf?questionnaire=sliding&language=da").data
    assert "Slet ikke – Helt og holdent" in re.sub(r"\s+", " ", paper.text(form))


def test_a_backup_holds_it(client):
    answered(client)
    backup = client.get("/backups/overvej-backup.zip").data
    sent = {"file": (io.BytesIO(backup), "kopi.zip")}
    waiting = client.post("/backups", sent, content_type="multipart/form-data").headers["Location"]
    client.get(waiting)


def test_the_command_knows_it(folder, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("OVERVEJ_QUESTIONNAIRES", str(folder / "questionnaires"))
    path = str(folder / "questionnaires" / "sliding.json")
    assert cli.main(["check", path]) == 0
    file = tmp_path / "answers.json"
    said = {"subject": {"partner": "A", "proposal": "B"}, "answers": {"far": 7}, "date": "2026-11-22"}
    named = {"format": "overvej-answers/1", "questionnaire": "sliding", "version": "1.0.0"}
    file.write_text(json.dumps({**named, **said}), encoding="utf-8")
    capsys.readouterr()
    assert cli.main(["score", str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["criteria"]["reach"]["point"] == 70


# A room


def test_a_room_answers_it_together(app, client):
    """On phones and on paper, on the wall, where they agree, and in the report."""
    with app.app_context():
        public_id = opened(app, "sliding", smallest_group=2)
    for mark in ("3", "8"):
        phone(app, public_id).answer("all", far=mark, deep="1")
        phone(app, public_id, "partner").answer("all", wide="90", far="9")
    key = f"/workshops/{public_id}/sheets/key"
    client.get(f"{key}?sheet=1")
    client.post(key, {"sheet": "1", "1.1": "k", "1.2": "55"})
    refused = client.post(key, {"sheet": "2", "1.1": "z"}, 400)
    assert "1.1" in refused.text
    with app.app_context():
        operations.reveal(public_id, LEADER)
    for question in ("far", "wide"):
        client.get(f"/workshops/{public_id}/wall?own=yes&question={question}")
        client.get(f"/workshops/{public_id}/agree/{question}")
    client.get(f"/workshops/{public_id}/wall?own=yes")
    save(client, public_id, "far", far="6", room_reason="Vi er enige")
    assert "6 / 10" in client.get(f"/workshops/{public_id}/agree").text
    with app.app_context():
        operations.close(public_id, LEADER)
    assert client.get(f"/workshops/{public_id}/report.pdf").data.startswith(b"%PDF")
    room = csv_files(made(client, app, {"format": "csv"}))
    assert any("6 / 10" in cell for rows in room.values() for row in rows for cell in row)


def test_its_sheets_are_printed(app, client):
    public_id = opened(app, "sliding")
    for side in ("library", "partner"):
        page = client.get(f"/workshops/{public_id}/sheets.pdf?side={side}&count=1")
        assert page.data.startswith(b"%PDF")
