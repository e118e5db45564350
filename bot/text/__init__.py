"""Pure functions over text, names, dates and wall clocks; no I/O, no state."""
