"""What pages of other sites may have a visitor's browser ask for: to be shown one of our pages, and no more.

They could not read the answer, but this machine would make it: PDFs and backups, as often as they like. A
browser says itself which site asks; whatever says nothing is a program, or a browser from before 2023.
"""

from __future__ import annotations

from flask import Flask, request

from app.platform.errors import ErrorPage, error_page
from app.platform.i18n import gettext as _

OURS = frozenset({"same-origin", "none", ""})
""""none": the reader typed the address, or has a bookmark."""

FILES = (".pdf", ".zip", ".json", "/file")
"""How the address ends of what is made to be saved."""


def refuse_other_sites(app: Flask) -> None:
    """Refuse with 403 what another site asks for, unless it leads the reader to a page."""

    @app.before_request
    def refuse() -> ErrorPage | None:
        if request.headers.get("Sec-Fetch-Site", "") in OURS or _is_link_to_page():
            return None
        return error_page(
            403,
            _("Another site asked for this"),
            _(
                "Other sites can link here, but cannot fetch anything. Open the page in Overvej, "
                "and fetch the file there."
            ),
        )


def _is_link_to_page() -> bool:
    leads = request.headers.get("Sec-Fetch-Mode"), request.headers.get("Sec-Fetch-Dest")
    return leads == ("navigate", "document") and not request.path.endswith(FILES)
