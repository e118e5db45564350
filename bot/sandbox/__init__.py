"""A world of our own on loopback, for newcomers, tests and pictures; nothing in production imports it."""
