"""Misbehaving servers and files of our own, each with its expected outcome in ``outcomes.tsv``."""
