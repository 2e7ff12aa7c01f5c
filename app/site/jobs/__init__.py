"""Work in the background, with its progress."""
