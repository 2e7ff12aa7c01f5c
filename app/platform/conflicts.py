"""Two people write the same thing at once: nothing is overwritten unread, and the second sees both texts.

A page posts, beside what was written, what it had *shown*: the version of a row or the fingerprint of a
text. Whoever writes compares that with what is stored, with the row locked.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from typing import Any

from flask import request
from wtforms.form import BaseForm

from app.platform.text import writable


class ChangedMeanwhile(Exception):
    """Somebody else wrote here after the page was shown, so nothing was written.

    ``stored``: what is stored now, by the names of the form; empty where the page reads it for itself.
    """

    def __init__(self, stored: Mapping[str, Any] | None = None) -> None:
        super().__init__("changed after the page was shown")
        self.stored = stored or {}


def must_be_as_shown(shown: object, stored: object, texts: Mapping[str, Any] | None = None) -> None:
    """Raise :class:`ChangedMeanwhile`, with ``texts``, unless ``stored`` is what the page had shown.

    ``None`` for ``shown``: no page is behind it, and whatever is stored is written over.
    """
    if shown is not None and shown != stored:
        raise ChangedMeanwhile(texts)


def fingerprint(written: object) -> str:
    """Return eight characters that are the same for equal values of JSON; ``""`` for ``None``."""
    if written is None:
        return ""
    return f"{zlib.crc32(json.dumps(written, sort_keys=True).encode()):08x}"


def shown_again(name: str, stored: object, *, both_shown: bool = False) -> str:
    """Return what a page says in its form that it has shown, where ``stored`` is what is stored now.

    A page that comes back with an error in a field still shows what it was begun with, whatever somebody else
    has saved since. ``both_shown``: it comes back with both texts, and so has shown what is stored now.
    """
    return str(stored) if both_shown else writable(request.form.get(name, str(stored)))


def show_both(form: BaseForm, sentences: Mapping[str, str]) -> None:
    """Say above each of these fields what is stored there now; what was written stays in the field."""
    for name, sentence in sentences.items():
        form[name].errors = [sentence]


def differing(form_values: Mapping[str, Any], stored: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is stored now wherever it is not what was written, by the names of the form."""
    return {name: now for name, now in stored.items() if form_values[name] != now}
