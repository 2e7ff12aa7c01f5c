"""What is said of a workshop, the same on the wall and on paper."""

import pytest

from app.workshops.words import agreement_figure, agreement_meaning


@pytest.mark.parametrize(
    ("agreement", "figure", "meaning"),
    [
        (-1.0, "−1,00", "camps"),
        (-1 / 3, "−0,34", "camps"),
        (0.0, "0,00", "apart"),
        (0.5, "0,50", "apart"),
        (2 / 3, "0,66", "together"),
        (1.0, "1,00", "same"),
    ],
)
def test_agreement_is_rounded_down_and_never_better_than_it_is(agreement, figure, meaning):
    assert agreement_figure(agreement, "da") == figure
    assert agreement_figure(agreement, "en") == figure.replace(",", ".")
    assert agreement_meaning(agreement) == meaning
