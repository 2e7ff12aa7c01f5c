"""Printed documents: words in, PDF out, made in a process of its own."""
