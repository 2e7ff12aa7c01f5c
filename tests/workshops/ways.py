"""Ways to a workshop: prepared, open, answered by many, revealed."""

from sqlalchemy import select

from app import catalogue
from app.platform.database import db, now, writing
from app.workshops import operations
from app.workshops.agreeing.operations import add_action
from app.workshops.loaded import open_workshop
from app.workshops.models import FEWEST_SHOWN, Participant, Workshop
from app.workshops.operations import Preparation

LEADER = "Mette Holm"
SUBJECT = {"partner": "Teaterforeningen", "proposal": "En sommerfestival"}
PLAN = {"welcome": 5, "answer": 15, "see": 10, "talk": 20, "agree": 5, "end": 5}


def preparation(questionnaire, **chosen) -> Preparation:
    facts = {
        "variant": "full",
        "sections": [section.id for section in questionnaire.sections],
        "sides": ["library", "partner"],
        "named": False,
        "smallest_group": FEWEST_SHOWN,
        "may_change": False,
        "in_step": False,
        "plan": PLAN,
        "on": "2026-11-24",
        "subject": SUBJECT,
    }
    return Preparation(**{**facts, **chosen})


def prepared(app, questionnaire: str = "new-partner", **chosen) -> str:
    """A workshop that was prepared; its public id."""
    with app.app_context():
        loaded = catalogue.find(questionnaire)
        asked = preparation(loaded.questionnaire, **chosen)
        return operations.prepare(loaded, asked, language="da", actor=LEADER)


def opened(app, questionnaire: str = "new-partner", **chosen) -> str:
    """A workshop that phones can join."""
    public_id = prepared(app, questionnaire, **chosen)
    with app.app_context():
        operations.open_room(public_id, LEADER)
    return public_id


def answer(app, public_id: str, side: str, *people, names=()) -> None:
    """Store what people of one side answered: for each the ``answers`` and ``gates`` of an answers file."""
    with app.app_context(), writing() as session:
        workshop = operations.locked(session, public_id)
        for place, (answers, gates) in enumerate(people):
            session.add(
                Participant(
                    workshop_id=workshop.id,
                    number=operations.next_number(session, workshop),
                    side=side,
                    name=names[place] if names else "",
                    kind="phone",
                    answers=answers,
                    gates=gates,
                    answered=True,
                    done_at=now(),
                )
            )
            session.flush()
        workshop.answer_count += 1


def answered(app, public_id: str | None = None) -> str:
    """An open workshop in which six of the library and four of the partner have answered, and disagree."""
    public_id = public_id or opened(app)
    answer(app, public_id, "library", *(of_library(n) for n in range(6)))
    answer(app, public_id, "partner", *(of_partner(n) for n in range(4)))
    return public_id


def revealed(app, public_id: str | None = None) -> str:
    """The same, its answers shown."""
    public_id = answered(app, public_id)
    with app.app_context():
        operations.reveal(public_id, LEADER)
    return public_id


def action(
    app, public_id: str, what: str = "Ringer til koret", who: str = "Ida", due: str = "2026-12-01"
) -> str:
    """Write down what is done next in a revealed workshop; its public id."""
    with app.app_context():
        add_action(public_id, what, who, due, LEADER)
        return open_workshop(public_id).actions[-1].public_id


def of_library(n: int):
    """What the n-th of the library answers: divided about the benefits, of one mind about the goal."""
    questionnaire = catalogue.find("new-partner").questionnaire
    answers = {key: 3 for key, item in questionnaire.items.items() if item.kind == "scale"}
    answers |= {"new-users": n % 5, "community": (0, 4)[n % 2], "owner": {"unknown": True}}
    answers["goal"] = {"value": 3, "note": f"Set fra plads {n} <b>"} if n == 1 else 3
    answers["exchange"] = {"give": {"rooms": 2, "hours": n % 4}, "get": {"audience": 2}}
    gates = {gate.id: "yes" if gate.breach_when == "no" else "no" for gate in questionnaire.gates}
    first = questionnaire.gates[0]
    return answers, {**gates, first.id: first.breach_when} if n == 2 else gates


def of_partner(n: int):
    """What the n-th of the partner answers: sure of what the library doubts."""
    questionnaire = catalogue.find("new-partner").questionnaire
    both = [item for item in questionnaire.items.values() if item.side == "both" and item.kind == "scale"]
    return {**{item.id: 4 for item in both}, "ambition": n}, {}


def room(app, public_id: str) -> Workshop:
    """The stored row."""
    with app.app_context():
        return db.session.execute(select(Workshop).where(Workshop.public_id == public_id)).scalar_one()
