"""After the meeting: what was not known, on one page."""
