"""All partners seen at once, on screen and on paper."""
