"""Workshops: a room answers together, sees where it is divided, and agrees. What the facilitator does."""
