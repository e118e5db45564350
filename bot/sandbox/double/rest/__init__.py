"""The HTTP side of the double: requests taken apart, routes, rate limits, answers."""
