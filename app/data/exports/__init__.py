"""All data as files for a spreadsheet."""
