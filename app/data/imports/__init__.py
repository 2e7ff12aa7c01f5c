"""Answers files and decision papers, made into assessments: one import for front page, zip and command."""
