"""Assessments: a questionnaire answered about one proposal, from the first question to the result."""
