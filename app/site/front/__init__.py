"""The front page: the doors, what was begun, and what can be brought along."""
