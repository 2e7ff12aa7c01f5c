"""What a participant sees: joins with a code, answers, waits, and sees that it is over."""

from __future__ import annotations

from flask import Blueprint

phones = Blueprint("phones", __name__, url_prefix="/w")
