"""Overvej: helps a public library consider a proposed partnership before saying yes."""
