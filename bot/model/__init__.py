"""Frozen values that all layers exchange; no behaviour beyond their own arithmetic, no I/O."""
