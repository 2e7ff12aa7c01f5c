"""Motion, decision and how it went."""
