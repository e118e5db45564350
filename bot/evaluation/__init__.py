"""Measures the reading of news against labelled sets; each module has one ``score``."""
