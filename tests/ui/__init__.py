"""Messages: safe, inside Discord's limits, true to their values."""
