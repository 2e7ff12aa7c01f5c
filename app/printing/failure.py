"""Why a document could not be printed, in words for the person who asked for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from app.wording.translations import catalog

Code = Literal[
    "pango-missing", "font-missing", "timed-out", "too-large", "crashed", "busy", "no-such-document"
]


def _(message: str) -> str:
    """Mark a message for extraction; it is translated where it is shown."""
    return message


MESSAGES: Mapping[Code, str] = {
    "pango-missing": _(
        "PDF files cannot be made here: the library Pango is missing. Install it and try again. "
        "Debian and Ubuntu: apt install libpangoft2-1.0-0 libharfbuzz-subset0. macOS: brew install pango."
    ),
    "font-missing": _("The font file {file} is missing. Install Overvej again."),
    "timed-out": _(
        "The document was not finished within {seconds} seconds and was stopped. "
        "Shorten the longest notes and try again."
    ),
    "too-large": _("The document is too large to print. Shorten the longest notes and try again."),
    "crashed": _("The document could not be printed. Nothing you have written is lost. Try again."),
    "busy": _("Other documents are being printed. Try again in a moment."),
    "no-such-document": _("There is no document called {kind}."),
}


class PrintingFailed(Exception):
    """A document was not printed. ``details`` fills the message; ``trace`` is for the log alone."""

    def __init__(self, code: Code, details: Mapping[str, str] | None = None, trace: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.details = dict(details or {})
        self.trace = trace

    def message(self, language: str) -> str:
        """Return what happened and what to do about it, in ``language``."""
        return catalog(language, "print").gettext(MESSAGES[self.code]).format(**self.details)

    def __reduce__(self) -> tuple[type[PrintingFailed], tuple[Code, dict[str, str], str]]:
        return type(self), (self.code, self.details, self.trace)
