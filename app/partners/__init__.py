"""The register of partners, each with one timeline."""
