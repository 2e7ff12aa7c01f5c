"""The fillable form's fields, put in order after WeasyPrint has written them."""

from __future__ import annotations

import io

import pikepdf


def mend_fields(pdf: bytes) -> bytes:
    """Return the PDF with each field named once in its list, and each radio button only by its group.

    WeasyPrint lists a radio button beside its group; a reader then shows and saves it as a field of its own.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        form = document.Root.get("/AcroForm")
        if form is None:
            return pdf
        listed: dict[tuple[int, int], pikepdf.Object] = {}
        for each in form.Fields:
            if "/Parent" not in each:
                listed.setdefault(each.objgen, each)
        form.Fields = pikepdf.Array(listed.values())
        written = io.BytesIO()
        document.save(written, deterministic_id=True, fix_metadata_version=False)
    return written.getvalue()
