"""Read one article: names, quotes, deeds, dates. Pure over texts; no database, no network, no clock."""
