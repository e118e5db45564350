"""Data only: default settings, actors, feed packs and the demo world."""
