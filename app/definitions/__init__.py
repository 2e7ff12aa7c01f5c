"""The questionnaires that are in use, each kept as it was when it was first used."""
