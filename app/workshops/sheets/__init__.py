"""Paper: numbered sheets to print, and keying them in."""
