"""The gateway: what happens reaches the bot over WebSockets, as far as its intents and its shard let it."""
