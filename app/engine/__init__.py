"""The method: pure functions from a questionnaire and its answers to a result that explains itself."""
