"""Answers to questions about stored news and about a server's configuration; knows neither Discord nor SQL."""
