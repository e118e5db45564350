"""What the bot remembers: SQLite or PostgreSQL by one address; nobody else speaks SQL."""
