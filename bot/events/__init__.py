"""Pure decisions about events: which reports tell of one, what it is called, how much it weighs, what is new."""
