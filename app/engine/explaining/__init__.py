"""Why this outcome, what would change it and what to ask, each in a module of its own."""
