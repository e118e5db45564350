"""When is what posted, exactly once: occurrences become editions, editions become messages in the outbox."""
