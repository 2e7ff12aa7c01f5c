"""The facilitator's pages: prepare a workshop, lead it, and close it."""

from __future__ import annotations

from flask import Blueprint

workshops = Blueprint("workshops", __name__, url_prefix="/workshops")
