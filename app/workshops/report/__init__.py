"""The workshop's printed report, and the facilitator's guide."""
