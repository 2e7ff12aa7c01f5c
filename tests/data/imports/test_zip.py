"""Many answers files in: all that can be used, each other one named with its reason, and none twice."""

import io
import json
import struct
import zipfile
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from app.assessments.deleted import operations as deleted
from app.assessments.models import Assessment
from app.config import Config
from app.data import limits
from app.data.imports import importing, zips
from app.data.imports.importing import Outcome, import_many
from app.data.imports.work import IMPORT
from app.data.imports.zips import ZipRefused, entries, unpacked
from app.definitions.operations import VersionTaken
from app.engine.answers import to_json
from app.partners.models import Partner
from app.platform import jobs
from app.platform.database import db
from app.platform.jobs import Job, begin
from app.platform.running import run_now
from tests.printing import samples
from tests.web import NAME, Client, begin_example, running

QUESTIONNAIRE = "new-partner"


def answers_file(partner="Teaterforeningen", **changes) -> dict:
    data = to_json(samples.case_answers("ekko-af-byen-after"))
    return {**data, "subject": {**data["subject"], "partner": partner}, **changes}


def packed(*files, **options) -> bytes:
    """A zip of (name, content) pairs; JSON data is written as such."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            text = content if isinstance(content, str | bytes) else json.dumps(content, ensure_ascii=False)
            archive.writestr(name, text)
    return buffer.getvalue()


def brought(client: Client, app, content: bytes) -> str:
    """Bring a zip as a reader does, let it be worked on, and return the job's address."""
    posted = client.post(
        "/exports/import", {"file": (io.BytesIO(content), "mange.zip")}, content_type="multipart/form-data"
    )
    page = posted.headers["Location"]
    with app.app_context():
        run_now(page.rsplit("/", 1)[1])
    return page


def refused(client: Client, content: bytes) -> str:
    file = (io.BytesIO(content), "mange.zip")
    return client.post("/exports/import", {"file": file}, 400, content_type="multipart/form-data").text


def count(app, model=Assessment) -> int:
    with app.app_context():
        return db.session.execute(select(func.count()).select_from(model)).scalar_one()


def everything(app) -> list[dict]:
    """Every assessment as its answers file, in any order."""
    with app.app_context():
        rows = db.session.execute(select(Assessment.public_id)).scalars().all()
    client = Client(app)
    found = [client.get(f"/assessments/{each}/answers.json").get_json() for each in rows]
    return sorted(found, key=lambda each: json.dumps(each, sort_keys=True))


# What comes in


def test_every_file_of_a_zip_becomes_an_assessment(stored_client, stored_app):
    days = [f"2026-11-{number:02}" for number in range(1, 6)]
    files = [(f"mappe/{day}.json", answers_file(f"Partner {day < days[2]}", date=day)) for day in days]
    page = stored_client.get(brought(stored_client, stored_app, packed(*files))).text
    assert "5 vurderinger er lagt ind." in page
    assert count(stored_app) == 5
    assert count(stored_app, Partner) == 2
    with stored_app.app_context():
        rows = db.session.execute(select(Assessment.origin, Assessment.created_by)).all()
    assert {tuple(row) for row in rows} == {("import", NAME)}


def test_export_import_export_is_identical(client, app, tmp_path, printer):
    for number in range(3):
        note = {"value": 2, "note": f"😀 æøå »{number}«\n=1+1"}
        data = answers_file(f"Partner {number}", respondents=number + 1)
        brought(client, app, packed(("a.json", {**data, "answers": {**data["answers"], "goal": note}})))
    first = everything(app)
    assert len(first) == 3
    for other in running(Config(tmp_path / "other"), printer):
        brought(Client(other), other, packed(*((f"{n}.json", each) for n, each in enumerate(first))))
        assert everything(other) == first


def test_a_decision_paper_comes_in_with_its_answers(client, app):
    address = begin_example(client)
    client.post(f"{address}/review")
    paper = client.get(f"{address}/decision.pdf").data
    brought(client, app, packed(("beslutning.pdf", paper)))
    first, second = everything(app)
    assert first == second


def test_a_file_that_cannot_be_used_is_named_and_stops_none_of_the_others(client, app):
    wrong = answers_file()
    wrong["answers"] = {**wrong["answers"], "goal": 77, "nonsense": 1}
    files = [
        ("god.json", answers_file("God")),
        ("halv.json", '{\n"format": "overvej-answers/1",\n'),
        ("forkert.json", json.dumps(wrong, indent=1)),
        ("ukendt.json", answers_file(questionnaire="ukendt")),
        ("tom.json", ""),
        ("billede.pdf", b"%PDF-1.7 not really"),
        ("nyere.json", answers_file(format="overvej-answers/2")),
        ("også-god.json", answers_file("Også god")),
    ]
    page = brought(client, app, packed(*files))
    shown = client.get(page).text
    assert "2 vurderinger er lagt ind. 6 filer blev afvist." in shown
    lines = client.get(f"{page}/file").data.decode("utf-8-sig").split("\r\n")
    for name in ("halv.json:3", "forkert.json:", "ukendt.json", "tom.json", "billede.pdf", "nyere.json"):
        assert any(line.startswith(name) for line in lines), (name, lines)
    assert any(line.startswith("forkert.json:") and "nonsense" in line for line in lines)
    assert count(app) == 2


def test_what_is_here_already_is_not_brought_in_twice(stored_client, stored_app):
    files = [(f"{n}.json", answers_file(f"Partner {n}")) for n in range(4)]
    brought(stored_client, stored_app, packed(*files))
    more = [*files, ("ny.json", answers_file("Ny")), ("igen.json", answers_file("Ny"))]
    page = stored_client.get(brought(stored_client, stored_app, packed(*more))).text
    assert "1 vurdering er lagt ind. 5 lå her i forvejen." in page
    assert count(stored_app) == 5


def test_what_was_deleted_can_be_brought_in_again(client, app):
    content = packed(("a.json", answers_file()))
    brought(client, app, content)
    with app.test_request_context():
        deleted.delete(db.session.execute(select(Assessment.public_id)).scalar_one(), "Karen")
    assert "1 vurdering er lagt ind." in client.get(brought(client, app, content)).text


def test_an_import_that_broke_off_is_begun_again_and_doubles_nothing(stored_app, monkeypatch):
    monkeypatch.setattr(importing, "AT_ONCE", 3)
    content = packed(*((f"{n}.json", answers_file(f"Partner {n}")) for n in range(10)))
    real, batches = importing.create_many, []

    def breaks_off(brought, **options):
        if len(batches) == 2:
            batches.append("broken off")
            raise jobs.Interrupted
        batches.append(len(brought))
        return real(brought, **options)

    monkeypatch.setattr(importing, "create_many", breaks_off)
    with stored_app.app_context():
        public_id = begin(IMPORT, {"actor": "Karen"}, "da", "Karen", content)
        run_now(public_id)
        assert batches == [3, 3, "broken off"]
        run_now(public_id)
        summary = db.session.execute(select(Job.summary)).scalar_one()
    assert summary == "4 vurderinger er lagt ind. 6 lå her i forvejen."
    assert count(stored_app) == 10


def test_a_questionnaire_that_kept_its_version_stops_only_its_own_files(app, monkeypatch):
    def taken(brought, **_options):
        if any("Ond" in str(each.answers.subject) for each in brought):
            raise VersionTaken("new-partner", "1.0.0")
        return ["x"] * len(brought)

    monkeypatch.setattr(importing, "create_many", taken)
    files = [(f"{name}.json", json.dumps(answers_file(name)).encode()) for name in ("A", "Ond", "B")]
    outcome = Outcome()
    with app.test_request_context():
        assert list(import_many(files, "Karen", outcome))[-1] == 3
    assert (outcome.made, len(outcome.refused)) == (2, 1)
    assert outcome.refused[0][0].startswith("Ond.json: ")


def test_names_in_a_zip_are_for_messages_alone(client, app, tmp_path):
    names = ["../../../etc/evil.json", "/tmp/evil.json", "C:\\evil.json", "a/<b>.json", "æ\u202e.json"]
    page = brought(client, app, packed(*((name, "{}") for name in names)))
    client.get(page)
    lines = client.get(f"{page}/file").data.decode("utf-8-sig")
    assert "<b>.json" in lines
    assert count(app) == 0
    assert not list(tmp_path.rglob("evil*"))


def test_what_a_mac_adds_to_a_zip_is_passed_over():
    content = packed(
        ("__MACOSX/._a.json", b"\0\5\26\7"),
        ("a/.DS_Store", b"x"),
        ("a/", b""),
        ("læsmig.txt", "hej"),
        ("A.JSON", "{}"),
    )
    assert [each.filename for each in entries(content)] == ["A.JSON"]


def test_an_upload_that_was_cleared_away_is_asked_for_again(app):
    with app.app_context():
        public_id = begin(IMPORT, {"actor": "Karen"}, "da", "Karen", b"")
        run_now(public_id)
        job = db.session.execute(select(Job)).scalar_one()
    assert (job.state, job.problem) == ("failed", "Zip-filen er ryddet væk efter nogle dage. Vælg den igen.")


# Hostile zips


def lying(content: bytes, size: int) -> bytes:
    """A zip that says of its first file that it is ``size`` bytes when unpacked."""
    raw = bytearray(content)
    raw[22:26] = struct.pack("<I", size)
    central = raw.index(b"PK\1\2")
    raw[central + 24 : central + 28] = struct.pack("<I", size)
    return bytes(raw)


def encrypted() -> bytes:
    raw = bytearray(packed(("a.json", "{}")))
    raw[6] |= 1
    central = raw.index(b"PK\1\2")
    raw[central + 8] |= 1
    return bytes(raw)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Vælg en fil først."),
        (b"not a zip", "Det er ikke en zip-fil"),
        (packed(("a.json", "{}"))[:40], "Det er ikke en zip-fil"),
        (packed(), "Der er hverken svarfiler eller PDF’er i den."),
        (packed(("a.txt", "x")), "Der er hverken svarfiler eller PDF’er i den."),
        (encrypted(), "låst med adgangskode"),
    ],
)
def test_a_zip_that_cannot_be_used_is_refused_at_once(client, app, content, said):
    assert said in refused(client, content)
    assert count(app, Job) == 0


def test_too_many_files_are_refused(client, monkeypatch):
    monkeypatch.setattr(limits, "MOST_FILES", 3)
    assert "flere end 3 filer" in refused(client, packed(*((f"{n}.json", "{}") for n in range(4))))


def test_a_bomb_that_says_so_is_refused_before_it_is_unpacked(client, monkeypatch):
    monkeypatch.setattr(limits, "LARGEST_UNPACKED", 1_000_000)
    assert "blive for stor" in refused(client, packed(("a.json", b" " * 1_000_001)))


def test_a_bomb_that_lies_is_stopped_while_it_is_unpacked(client, app, monkeypatch):
    monkeypatch.setattr(limits, "LARGEST_UNPACKED", 1_500_000)
    monkeypatch.setattr(limits, "LARGEST_FILE", 1_000_000)
    one = lying(packed(("a.json", b" " * 5_000_000)), 10)
    page = brought(client, app, one)
    assert "1 fil blev afvist." in client.get(page).text


def test_unpacking_stops_at_the_total(app, monkeypatch):
    monkeypatch.setattr(limits, "LARGEST_UNPACKED", 1_500_000)
    content = packed(("a.json", b" " * 900_000), ("b.json", b" " * 500_000))
    assert len(list(unpacked(content))) == 2
    # As if the zip had lied about its sizes.
    lying = zipfile.ZipFile(io.BytesIO(packed(("a.json", b" " * 900_000), ("b.json", b" " * 900_000))))
    monkeypatch.setattr(zips, "entries", lambda content: lying.infolist())
    with app.test_request_context(), pytest.raises(jobs.JobFailed):
        list(unpacked(packed(("a.json", b" " * 900_000), ("b.json", b" " * 900_000))))


def test_a_file_with_a_broken_sum_is_named_and_stops_none_of_the_others(client, app):
    content = bytearray(packed(("a.json", answers_file("Første")), ("b.json", answers_file("Anden"))))
    content[60] ^= 0xFF
    page = brought(client, app, bytes(content))
    assert "1 vurdering er lagt ind. 1 fil blev afvist." in client.get(page).text


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_damage_to_a_zip_is_more_than_a_refusal(app, data):
    content = bytearray(packed(("a.json", answers_file("A")), ("b.json", "{}")))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    damaged = bytes(content[: data.draw(st.integers(1, len(content)))])
    with app.test_request_context(), suppress(ZipRefused, jobs.JobFailed):
        entries(damaged)
        assert all(isinstance(inside, bytes) for _name, inside in unpacked(damaged))


@pytest.mark.parametrize("posted", [{}, {"file": "text"}, {"file": ["a", "b"]}, {"other": "\0"}])
def test_a_form_without_a_file_is_asked_for_one(client, posted):
    client.post("/exports/import", posted, 400)
