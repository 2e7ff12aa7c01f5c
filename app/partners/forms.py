"""What can be written about a partner."""

from __future__ import annotations

from app.partners.models import CONTACT_KINDS, LEVELS, SECTORS
from app.platform.forms import PlainForm, day, email, one_of, paragraph, words

LONGEST_NAME = 300
LONGEST_PHONE = 50
LONGEST_GLANCE = 1000


class FactsForm(PlainForm):
    """What is known about a partner, and the person there."""

    name = words(LONGEST_NAME, required=True)
    sector = one_of(SECTORS)
    owner = words()
    about = paragraph()
    contact_name = words()
    contact_role = words()
    contact_email = email()
    contact_phone = words(LONGEST_PHONE)


class NewForm(FactsForm):
    """A new partner also has a level that it comes in with."""

    level = one_of(LEVELS, required=True)
    reason = paragraph()


class ContactForm(PlainForm):
    """One time that we were in touch."""

    on = day(required=True)
    kind = one_of(CONTACT_KINDS, required=True)
    text = words(LONGEST_GLANCE, required=True)


class ReasonForm(PlainForm):
    """The reason of a level, corrected; it may be emptied, for a person may have been named in it."""

    reason = paragraph()


class LevelForm(PlainForm):
    """Another level, with its reason."""

    level = one_of(LEVELS, required=True)
    reason = paragraph(required=True)
