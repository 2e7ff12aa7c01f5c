"""What every room is built on: database, languages, security headers, errors."""
