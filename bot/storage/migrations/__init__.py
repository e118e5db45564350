"""Steps that bring a database to the newest schema; a released step is never edited."""
