"""Sources: fetched under guard, parsed in a child process, turned into entries; nothing here knows the database."""
