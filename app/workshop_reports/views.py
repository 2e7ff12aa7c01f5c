"""The workshop's printed report, and the facilitator's guide."""

from __future__ import annotations

from flask import Blueprint

workshop_reports = Blueprint("workshop_reports", __name__, url_prefix="/workshops")
