"""Phones in a room: browsers that say no name of their own, each with its own cookies."""

from typing import Any

import html5lib
from flask import Flask
from sqlalchemy import select
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from app.assessments.fields.names import PREFIX
from app.platform.database import db
from app.workshops.models import Participant, Workshop
from tests.web import TOKEN, Client, named
from tests.workshops.ways import room

JSON = {"Accept": "application/json"}


class Phone(Client):
    """A phone: it begins at the workshop's own pages, and never sees another."""

    def __init__(self, app: Flask, workshop: Workshop):
        super().__init__(app, named=False)
        self.workshop = workshop
        self.base = f"/w/{workshop.code}"

    def post(self, path: str, data: Any = None, status: int = 303, **options) -> TestResponse:
        if not self.token:
            self.token = TOKEN.search(self.http.get("/w").text)[1]
        return super().post(path, data, status, **options)

    def join(self, side: str = "library", name: str = "", status: int = 303) -> TestResponse:
        """Join as one who has scanned the QR code."""
        data = {"side": side, "name": name, "key": self.workshop.key}
        return self.post(self.base, data, status)

    def section(self, section: str) -> str:
        return f"{self.base}/part/{section}"

    def answer(self, section: str, status: int = 303, **answers: Any) -> TestResponse:
        """Fill in a part as a reader does (underscores stand for hyphens) and save it."""
        posted = self.shown(section)
        for name, value in answers.items():
            key = name.replace("__", ".").replace("_", "-")
            posted.setlist(key, value if isinstance(value, list) else [value])
        return self.post(self.section(section), posted, status)

    def shown(self, section: str) -> MultiDict:
        """What the browser would post if nothing were changed on a part's page."""
        tree = html5lib.parse(self.get(self.section(section)).text, namespaceHTMLElements=False)
        form = next(each for each in tree.iter("form") if each.get("id") == "answers")
        posted: MultiDict = MultiDict()
        for element in form.iter():
            if element.tag == "textarea":
                posted.add(named(element), (element.text or "").removeprefix("\n"))
            elif element.tag == "input" and (
                element.get("type") not in ("radio", "checkbox") or element.get("checked") is not None
            ):
                posted.add(named(element), element.get("value", "").removeprefix(PREFIX))
        posted.poplist("csrf_token")
        return posted

    @property
    def cookie(self) -> str:
        found = self.http.get_cookie("overvej-phone", path=self.base)
        return found.value if found else ""


def filled(posted: MultiDict, answers: dict[str, str]) -> MultiDict:
    """What is posted from a page as it was shown, with these answers given."""
    data = posted.copy()
    for name, value in answers.items():
        data[name] = value
    return data


def phone(app: Flask, public_id: str, side: str = "library", name: str = "") -> Phone:
    """A phone that has joined."""
    new = Phone(app, room(app, public_id))
    new.join(side, name)
    return new


def rows(app: Flask) -> list[Participant]:
    """Who has joined, as it is stored, in order."""
    with app.app_context():
        return list(db.session.execute(select(Participant).order_by(Participant.number)).scalars())
