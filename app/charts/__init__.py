"""Charts as SVG, the same on a page and in print.

Each takes words that are already in one language and returns markup with a title and a description, with
colours as presentation attributes for print and as classes (``chart-…``) that a page's CSS can restyle.
"""

from app.charts.exchange import exchange
from app.charts.levels import levels
from app.charts.mark import mark
from app.charts.portfolio import density, scatter
from app.charts.profile import profile
from app.charts.spread import spread
from app.charts.support import support

__all__ = ["density", "exchange", "levels", "mark", "profile", "scatter", "spread", "support"]
