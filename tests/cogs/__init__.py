"""Commands as people meet them, against a simulated Discord."""
