"""The library that uses Overvej: its name, logo, goals and thresholds, and who is at work."""
