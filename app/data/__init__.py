"""All data at once: exported, imported, and backed up."""
