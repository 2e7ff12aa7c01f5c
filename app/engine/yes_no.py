"""Yes and no: the answers to a gate, and to a question that asks for a fact."""

from __future__ import annotations

YES_NO = ("yes", "no")
WORDS = {"yes": {"da": "Ja", "en": "Yes"}, "no": {"da": "Nej", "en": "No"}}
