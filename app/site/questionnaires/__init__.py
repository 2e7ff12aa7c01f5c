"""The questionnaires that are installed, and what is wrong with those that cannot be used."""
