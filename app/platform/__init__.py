"""What every room stands on: database, languages, security headers, errors."""
