"""Why this outcome, what would change it, and what to ask: one module for each."""
