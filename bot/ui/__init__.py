"""Turn values into messages that Discord accepts and strangers cannot abuse; no services, no database."""
