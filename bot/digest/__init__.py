"""Compose an edition out of copied sentences and audit it: pure steps over frozen values, no database, no model."""
