"""The kinds of files that Overvej writes and reads: how their names end, and how they are told apart."""

from __future__ import annotations

JSON_ENDING, PDF_ENDING = ".json", ".pdf"

PDF_TYPE = "application/pdf"
ZIP_TYPE = "application/zip"
PDF_START = b"%PDF-"


def is_pdf(content: bytes) -> bool:
    """Say whether a file is a PDF, by how it begins; its name may say anything."""
    return content.startswith(PDF_START)
