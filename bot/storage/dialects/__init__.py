"""The two databases this bot can stand on; everything that they do differently, but for search."""
