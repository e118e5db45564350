"""One file a step: ``v0001_…`` is revision ``0001``."""
