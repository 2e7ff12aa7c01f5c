"""A result in the reader's words: the one place where page, document and command get their sentences from."""
