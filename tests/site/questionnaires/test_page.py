"""The questionnaires page: what is installed, how it stands, and that a bad edit stops nobody."""

import json
import shutil
from pathlib import Path

import pytest
from sqlalchemy import update

from app import catalogue
from app.definitions.models import Definition
from app.engine import worked_cases
from app.platform.database import writing
from app.site.questionnaires import reading
from tests.web import QUESTIONNAIRES, answers, begin, count_queries

KINDS = QUESTIONNAIRES / "kinds.json"
START = "/assessments/new?questionnaire=kinds"


@pytest.fixture
def mine(tmp_path, monkeypatch, app) -> Path:
    """A folder of one's own with one questionnaire, installed while the server runs."""
    folder = tmp_path / "mine"
    folder.mkdir()
    shutil.copy(KINDS, folder)
    monkeypatch.setenv(catalogue.SETTING, str(folder))
    return folder


def edit(folder: Path, **changes) -> None:
    """Change the file, as an author does while the server runs."""
    path = folder / "kinds.json"
    path.write_text(json.dumps(json.loads(KINDS.read_text("utf-8")) | changes), encoding="utf-8")


def break_it(folder: Path) -> None:
    (folder / "kinds.json").write_text(KINDS.read_text("utf-8").replace('"minutes"', '"minuts"'), "utf-8")


def restart() -> None:
    """Forget what a server forgets when it is started anew."""
    catalogue._last_good.clear()
    catalogue._read_once.cache_clear()


# What is installed


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("da", ["Et nyt partnerskab?", "36 spørgsmål", "12 eksempler giver det, de skal", "Dansk, English"]),
        ("en", ["A new partnership?", "36 questions", "12 cases came out as they should", "Begin"]),
    ],
)
def test_the_page_says_what_is_installed(client, monkeypatch, language, words):
    monkeypatch.delenv(catalogue.SETTING)
    client.speak(language)
    page = client.get("/questionnaires").text.replace('<span lang="da">', "").replace("</span>", "")
    assert [each for each in words if each not in page.replace('<span lang="en">', "")] == []


def test_every_questionnaire_leads_on(client):
    page = client.get("/questionnaires").text
    assert 'href="/assessments/new?questionnaire=new-partner"' in page
    assert 'href="/questionnaires/new-partner/1.0.0"' in page
    assert 'href="/form.pdf?questionnaire=new-partner&amp;language=da"' in page


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("name", ["new-partner/1.0.0", "kinds/1.0.0", "rooms/1.0.0", "smallest/1.0.0"])
def test_a_questionnaire_is_read_through_before_it_is_answered(client, language, name):
    client.speak(language)
    questionnaire = catalogue.find(*name.split("/")).questionnaire
    page = client.get(f"/questionnaires/{name}").text
    for item in questionnaire.items.values():
        assert client.app.jinja_env.filters["forceescape"](item.text.get(language, item.text["da"])) in page
    for criterion in questionnaire.criteria:
        assert client.app.jinja_env.filters["forceescape"](criterion.title.get(language, "")) in page


def test_bars_weights_and_limits_are_told_in_plain_words(client):
    page = client.get("/questionnaires/new-partner/1.0.0").text
    boundary = catalogue.find("new-partner").questionnaire.boundaries[0]
    first = next(iter(boundary.vetoes))
    assert f"{boundary.profiles[first]:.0f} ({boundary.vetoes[first]:.0f})" in page
    assert "skal de kriterier, der når deres krav, veje mindst 50 af 100" in page
    assert "Højeste anbefaling er »Ét afgrænset samarbejde«" in page
    assert "»Nej« stopper forslaget" in page
    assert '<span class="score">25</span>' in page


@pytest.mark.parametrize(
    "address",
    [
        "new-partner/9.9.9",
        "cake/1.0.0",
        "new-partner/1.0",
        "x%00/1",
        "a/%00",
        "../../etc/1",
        "x" * 300 + "/1.0.0",
    ],
)
def test_what_is_not_there_is_no_page(client, address):
    client.get(f"/questionnaires/{address}", 404)


# Files that change while the server runs


def test_a_new_file_is_picked_up_at_once(client, mine):
    assert "rooms 1.0.0" not in client.get("/questionnaires").text
    shutil.copy(KINDS.parent / "rooms.json", mine)
    assert "rooms 1.0.0" in client.get("/questionnaires").text


def test_a_new_version_is_what_the_next_one_begins_with(client, mine):
    first = begin(client, "kinds")
    edit(mine, version="1.1.0")
    second = begin(client, "kinds")
    assert client.get(f"{first}/answers.json").get_json()["version"] == "1.0.0"
    assert client.get(f"{second}/answers.json").get_json()["version"] == "1.1.0"


@pytest.mark.parametrize(("language", "words"), [("da", "Version 1.0.0 af »"), ("en", "Version 1.0.0 of “")])
def test_a_faulty_file_is_listed_line_by_line_and_the_old_text_stays_in_use(client, mine, language, words):
    client.speak(language)
    client.get("/questionnaires")
    break_it(mine)
    page = client.get("/questionnaires").text
    assert words in page
    assert "kinds.json:" in page
    assert "minuts" in page
    assert str(mine) not in page, "whose machine it is on is nobody's business"
    begin(client, "kinds")


def test_every_fault_has_its_line(client, mine):
    data = json.loads(KINDS.read_text("utf-8"))
    data["criteria"][0]["weight"] = -1
    data["sections"][0]["title"] = {"da": "Kun dansk"}
    (mine / "kinds.json").write_text(json.dumps(data, indent=1), encoding="utf-8")
    with pytest.raises(catalogue.LoadingFailed) as failed:
        catalogue.load_file(mine / "kinds.json")
    assert len(failed.value.faults) > 1
    page = client.get("/questionnaires").text
    for fault in failed.value.faults:
        assert f"kinds.json:{fault.line}:{fault.column}: " in page


@pytest.mark.parametrize("broken", ["minuts", "not json at all"])
def test_after_a_restart_the_version_that_was_used_last_is_still_used(client, mine, broken):
    begin(client, "kinds")
    edit(mine, version="1.10.0")
    begin(client, "kinds")
    edit(mine, version="1.9.0")
    begin(client, "kinds")
    if broken == "minuts":
        break_it(mine)
    else:
        (mine / "kinds.json").write_text("{", encoding="utf-8")
    restart()
    assert "Version 1.10.0 af »" in client.get("/questionnaires").text
    address = begin(client, "kinds")
    assert client.get(f"{address}/answers.json").get_json()["version"] == "1.10.0"
    client.get("/form.pdf?questionnaire=kinds")


def test_a_file_that_never_was_whole_has_nothing_instead(client, mine):
    (mine / "cake.json").write_text('{"id": "cake"', encoding="utf-8")
    page = client.get("/questionnaires").text
    assert "Der bruges ikke noget i stedet for den" in page
    client.get("/assessments/new?questionnaire=cake", 503)


def test_a_file_that_was_taken_away_is_not_used(client, mine):
    begin(client, "kinds")
    (mine / "kinds.json").unlink()
    assert "Ikke længere installeret, men stadig i brug" in client.get("/questionnaires").text
    client.get(START, 404)


def test_another_text_under_the_same_version_is_refused_and_said(client, mine):
    begin(client, "kinds")
    edit(mine, minutes=77)
    page = client.get("/questionnaires").text
    assert "Filen er ændret, men har beholdt sin version" in page
    assert f'href="{START}"' not in page
    client.post(START, answers(partner="A", proposal="B"), status=409)


def test_that_a_file_was_changed_is_said_before_anybody_writes(client, mine):
    offers = ("/", "/workshops/new")
    assert all("questionnaire=kinds" in client.get(page).text for page in offers)
    begin(client, "kinds")
    edit(mine, minutes=77)
    assert "Hæv »version« i filen" in client.get(START, 409).text
    assert "Hæv »version« i filen" in client.get("/workshops/new?questionnaire=kinds", 409).text
    assert not any("questionnaire=kinds" in client.get(page).text for page in offers)
    edit(mine, minutes=77, version="1.0.1")
    client.get(START)
    assert all("questionnaire=kinds" in client.get(page).text for page in offers)


def test_what_is_used_instead_is_found_whatever_the_file_is_called(client, mine):
    """A file that is no JSON any more still says which questionnaire it was."""
    file = (mine / "kinds.json").rename(mine / "vores.json")
    begin(client, "kinds")
    file.write_text(KINDS.read_text("utf-8")[:-40], encoding="utf-8")
    assert "Version 1.0.0 af »" in client.get("/questionnaires").text
    restart()
    page = client.get("/questionnaires").text
    assert "vores.json:" in page
    assert "Version 1.0.0 af »" in page
    assert "Der bruges ikke noget i stedet for den" not in page


def test_two_files_of_one_version_are_said(client, mine):
    text = json.loads(KINDS.read_text("utf-8")) | {"minutes": 77}
    (mine / "zebra.json").write_text(json.dumps(text), encoding="utf-8")
    page = client.get("/questionnaires").text
    assert "zebra.json:1:1: " in page
    assert str(mine) not in page


# Versions that are installed no longer


def test_versions_that_assessments_still_stand_on_are_counted(client, mine):
    for _ in range(3):
        begin(client, "kinds")
    edit(mine, version="2.0.0")
    begin(client, "kinds")
    page = client.get("/questionnaires").text
    assert 'kinds 1.0.0 <span class="soft">3 vurderinger</span>' in page.replace("</a>", "")
    assert "1 vurdering<" in page
    preview = client.get("/questionnaires/kinds/1.0.0").text
    assert "Ikke længere installeret" in preview


def test_what_came_inside_a_pdf_is_counted_and_never_begun_with(client, app, mine):
    begin(client, "kinds")
    with app.app_context(), writing() as session:
        session.execute(update(Definition).values(installed=False))
    break_it(mine)
    restart()
    page = client.get("/questionnaires").text
    assert "Der bruges ikke noget i stedet for den" in page
    client.get("/questionnaires/kinds/1.0.0")


# What it costs


def test_worked_cases_are_worked_again_only_when_they_changed(client, mine, monkeypatch):
    case = mine / "cases" / "kinds" / "mine" / "a.json"
    case.parent.mkdir(parents=True)
    case.write_text("{}", encoding="utf-8")
    worked = []
    monkeypatch.setattr(
        reading, "run_cases", lambda *given: worked.append(given) or worked_cases.run_cases(*given)
    )
    assert "1 af 1 gav et andet resultat" in client.get("/questionnaires").text
    before = len(worked)
    assert "a.json:" in client.get("/questionnaires").text
    assert len(worked) == before
    case.write_text('{"more": 1}', encoding="utf-8")
    client.get("/questionnaires")
    assert len(worked) == before + 1


def test_the_page_costs_the_same_however_much_there_is(client, app, mine):
    client.get("/questionnaires")
    with count_queries(app) as few:
        client.get("/questionnaires")
    for version in ("1.1.0", "1.2.0", "1.3.0"):
        begin(client, "kinds")
        edit(mine, version=version)
    with count_queries(app) as many:
        client.get("/questionnaires")
    assert len(many) == len(few)
