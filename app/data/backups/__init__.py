"""The whole of an Overvej as one file, and back again."""
