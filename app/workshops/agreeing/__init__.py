"""The room talks: what it agrees on at each question, what settles a gate, and what is done next."""
