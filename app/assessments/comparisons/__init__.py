"""Two assessments side by side, and the way to a newer version of the questionnaire."""
