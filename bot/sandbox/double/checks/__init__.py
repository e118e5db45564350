"""Is a request's body what Discord takes? Checked by a table of facts, by rules across fields, and by the full spec."""
