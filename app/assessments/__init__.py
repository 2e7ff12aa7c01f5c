"""Assessments: a questionnaire answered about one proposed partnership, from the first question to the result."""
