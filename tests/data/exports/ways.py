"""A library with something of everything in it, and its exports read back as a spreadsheet reads them."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace
from typing import Any

import openpyxl
from sqlalchemy import select

from app.assessments import operations
from app.assessments.models import Assessment
from app.catalogue import find
from app.decisions.models import Decision, FollowUp, Motion
from app.organisation.models import Goal
from app.partners.models import LevelChange, Partner, PartnerContact
from app.platform.database import writing
from app.platform.running import run_now
from tests.printing import samples
from tests.web import Client

EVERYTHING = {
    "partner": "Teaterforeningen Æblet",
    "about": "=1+1 om partneren",
    "contact": "Bodil Kontakt",
    "contact_email": "bodil@teater.example",
    "contact_phone": "+45 12 34 56 78",
    "log": "@talte i telefon",
    "level": "-de bad om en pause",
    "goal": "Flere unge",
    "goal_text": "+ unge mellem 15 og 25",
    "note": "=HYPERLINK(\"http://evil.example\")\n»anden linje«; med semikolon 😀",
    "gate_note": "\tvi spurgte juristen",
    "motion": "Det indstilles, at …",
    "why": "Vi kender dem",
    "reasons": "Fordi det er rigtigt",
    "conditions": "Kun i 2027",
    "habilitet": "Ingen",
    "went": "Det gik fint",
}  # fmt: skip
"""What was typed, by where: each must be found again in every export."""


def furnish(app: Any) -> str:
    """Store something of everything, and return the assessment's public id."""
    say = EVERYTHING
    with app.test_request_context():
        with writing() as session:
            by = {"created_by": "Karen", "updated_by": "Karen"}
            session.add(Goal(title=say["goal"], text=say["goal_text"], **by))
        public_id = assessed(say["partner"], say["note"], say["gate_note"])
        operations.finish_review(public_id, [], "Karen")
        with writing() as session:
            assessment = session.execute(
                select(Assessment).where(Assessment.public_id == public_id)
            ).scalar_one()
            partner = session.get(Partner, assessment.partner_id)
            partner.about, partner.contact_name = say["about"], say["contact"]
            partner.contact_email, partner.contact_phone = say["contact_email"], say["contact_phone"]
            session.add(
                PartnerContact(
                    partner_id=partner.id, on="2026-11-22", kind="call", text=say["log"], created_by="Karen"
                )
            )
            session.add(
                LevelChange(
                    partner_id=partner.id, on="2026-11-22", before="glance", after="separation",
                    reason=say["level"], created_by="Karen",
                )
            )  # fmt: skip
            session.add(
                Motion(
                    assessment_id=assessment.id, outcome="date", recommended="engagement",
                    text=say["motion"], why=say["why"], **by,
                )
            )  # fmt: skip
            decision = Decision(
                assessment_id=assessment.id, verdict="amended", outcome="date", reasons=say["reasons"],
                conditions=say["conditions"], habilitet=say["habilitet"], case_number="26/123",
                decided_by="Anna", decided_on="2026-11-22", follow_up_on="2027-05-22", **by,
            )  # fmt: skip
            session.add(decision)
            session.flush()
            session.add(
                FollowUp(
                    decision_id=decision.id, on="2027-05-22", went="better", text=say["went"],
                    created_by="Karen",
                )
            )  # fmt: skip
    return public_id


def assessed(partner: str, note: str = "", gate_note: str = "", **subject: Any) -> str:
    """Store a worked case as an assessment of ``partner``, with notes; its public id."""
    answers = samples.case_answers("ekko-af-byen-after")
    items, gates = dict(answers.items), dict(answers.gates)
    item, gate = next(iter(items)), next(iter(gates))
    items[item] = replace(items[item], note=note)
    gates[gate] = replace(gates[gate], note=gate_note)
    facts = {**answers.subject, "partner": partner, "contact": EVERYTHING["contact"], **subject}
    return operations.create(
        find("new-partner"),
        replace(answers, items=items, gates=gates, subject=facts),
        language="da",
        variant="full",
        origin="new",
        actor="Karen",
    )


def made(client: Client, app: Any, form: dict[str, str]) -> bytes:
    """Ask for an export on the page, let it be made, and fetch it."""
    page = client.post("/exports", form).headers["Location"]
    with app.app_context():
        run_now(page.rsplit("/", 1)[1])
    return client.get(f"{page}/file").data


def sheets(content: bytes) -> dict[str, list[tuple[Any, ...]]]:
    """The sheets of a workbook by name, each with its rows. Formulas come as they stand."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def csv_files(content: bytes) -> dict[str, list[list[str]]]:
    """The files of a zip by name without its number, each with its rows, as a Danish Excel reads them."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        texts = {name: archive.read(name) for name in archive.namelist()}
    assert all(text.startswith("\N{BYTE ORDER MARK}".encode()) for text in texts.values())
    return {
        name[3:-4]: list(csv.reader(io.StringIO(text.decode("utf-8-sig"), newline=""), delimiter=";"))
        for name, text in texts.items()
    }
