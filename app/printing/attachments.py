"""A decision's answers and definition, taken out of its PDF again."""

from __future__ import annotations

import io
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING, NamedTuple

from app.wording.translations import catalog

if TYPE_CHECKING:
    import pikepdf

ANSWERS = "overvej-answers.json"
DEFINITION = "overvej-questionnaire.json"
MIME = "application/json"
LARGEST = 16 << 20
"""Bytes. A file that unpacks to more was not made by Overvej."""


def _(message: str) -> str:
    """Mark a message for extraction; it is translated where it is shown."""
    return message


MESSAGES = {
    "broken": _("This is not a PDF file, or it is damaged."),
    "locked": _("This PDF is locked with a password."),
    "nothing-attached": _(
        "This PDF carries no answers. "
        "Only a decision printed by Overvej with its answers attached can be opened again."
    ),
}


class Attached(NamedTuple):
    """The answers file and the definition that a decision carries, as JSON text."""

    answers: str
    definition: str


class NothingAttached(ValueError):
    """A file that is no decision with answers inside."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    def message(self, language: str) -> str:
        """Return what is wrong with the file, in ``language``."""
        return catalog(language, "print").gettext(MESSAGES[self.code])


def attached(pdf: bytes) -> Attached:
    """Return what a decision carries. Raises :class:`NothingAttached` for any other file."""
    pikepdf = _pikepdf()
    try:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            return Attached(_file(document, ANSWERS), _file(document, DEFINITION))
    except pikepdf.PasswordError:
        raise NothingAttached("locked") from None
    except (pikepdf.PdfError, UnicodeDecodeError, RecursionError, ValueError, TypeError) as broken:
        if isinstance(broken, NothingAttached):
            raise
        raise NothingAttached("broken") from None


@cache
def _pikepdf() -> ModuleType:
    """Return the library, which is needed only where somebody brings a PDF."""
    import pikepdf  # noqa: PLC0415
    from pikepdf.settings import set_qpdf_limits  # noqa: PLC0415

    # A few kilobytes can unpack to gigabytes: the unpacking itself has to stop, for the whole process.
    set_qpdf_limits(flate_max_memory=LARGEST, run_length_max_memory=LARGEST)
    return pikepdf


def _file(document: pikepdf.Pdf, name: str) -> str:
    if name not in document.attachments:
        raise NothingAttached("nothing-attached")
    content = document.attachments[name].get_file().read_bytes()
    if len(content) > LARGEST:
        raise NothingAttached("nothing-attached")
    return content.decode("utf-8")
