"""Tests of the stores; the ``database`` fixture runs each on SQLite and, where a server is, on PostgreSQL."""
