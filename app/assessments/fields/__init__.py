"""The form's side of each item kind, registered under the kind's own name.

A new kind is one module here and one template in ``templates/fields/``: every module here is imported.
"""

from __future__ import annotations

import pkgutil
from importlib import import_module

from app.assessments.fields.base import FIELDS, AnswerField, register

for _module in pkgutil.iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")

__all__ = ["FIELDS", "AnswerField", "register"]
