"""A closed workshop with all that its report has to hold."""

from app import catalogue
from app.engine.answers import Answer, GateAnswer
from app.workshops import operations
from app.workshops.agreeing import operations as agreeing
from tests.workshops import ways

LEADER = ways.LEADER
LONG_WORD = "Selvbetjeningsbiblioteksudvidelsesforhandlingsdokumentationsansvarlighedsprincipperne"
LONG_REASON = "Begynd " + "fordi vi har prøvet det før og ved, hvad det tager. " * 57 + "Slut"
LONG_REMARK = "Først " + "en bemærkning med æøå og mange ord " * 84 + "sidst"
REASONS = {
    "community": "Vi har spurgt Beboerforeningen: de kommer, hvis der er kaffe 🥐 og <b>stole</b>.",
    "new-users": LONG_REASON,
    "common-goal": f"Målet er fælles læselyst {LONG_WORD}.",
}
MINORITY = {
    "community": "To af os tror ikke på det, før vi har set det. Ærø & Åse",
    "new-users": "Én mener, at det er de samme, der kommer hver gang.",
}
FACT = "Kommunens jurist svarede skriftligt 20. november 2026: det er lovligt."
ACTIONS = [
    ("Ring til Teaterforeningen og aftal et møde", "Søren Kjær", "2026-12-01"),
    ("Læg datoen i kalenderen ☎", "Åse", ""),
    (f"Skriv aftalen: {LONG_WORD}", "", "2027-01-15"),
]
REMARKS = ["Vi ved det ikke {{ 7*7 }} %(partner)s", LONG_REMARK, "🎭 æøå ÆØÅ »citat«"]
SECRET = "MÅ ALDRIG PRINTES"


def revealed(app, **chosen) -> str:
    """A revealed workshop: six of the library, four of the partner, and three others, who are too few."""
    public_id = ways.opened(app, sides=["library", "partner", "others"], **chosen)
    people = [ways.of_library(n) for n in range(6)]
    for remark, question, (answers, _) in zip(REMARKS, ("time", "backing", "staff"), people, strict=False):
        answers[question] = {"value": answers[question], "note": remark}
    people[3][1]["own-goal"] = "unknown"
    partners = [ways.of_partner(n) for n in range(4)]
    others = [({"wish": {"value": 0, "note": f"{SECRET} {n}"}}, {}) for n in range(3)]
    named = chosen.get("named", False)
    ways.answer(app, public_id, "library", *people, names=[f"Læser {n}" for n in range(6)] if named else ())
    ways.answer(
        app, public_id, "partner", *partners, names=[f"Partner {n}" for n in range(4)] if named else ()
    )
    ways.answer(app, public_id, "others", *others, names=[f"{SECRET} {n}" for n in range(3)] if named else ())
    with app.app_context():
        operations.reveal(public_id, LEADER)
    return public_id


def agreed(app, public_id: str) -> str:
    """The same workshop, talked through: reasons, minority views, a fact, and actions."""
    gates = catalogue.find("new-partner").questionnaire.gates
    settled = GateAnswer("yes" if gates[0].breach_when == "no" else "no")
    with app.app_context():
        for question, reason in REASONS.items():
            minority = MINORITY.get(question, "")
            agreeing.agree_on(public_id, question, Answer("known", 3), reason, minority, LEADER)
        agreeing.agree_on(public_id, gates[0].id, settled, FACT, "", LEADER)
        for what, who, due in ACTIONS:
            agreeing.add_action(public_id, what, who, due, LEADER)
    return public_id


def closed(app, **chosen) -> str:
    """The same, closed."""
    public_id = agreed(app, revealed(app, **chosen))
    with app.app_context():
        operations.close(public_id, LEADER)
    return public_id
