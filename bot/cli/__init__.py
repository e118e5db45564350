"""The command line: every capability without Discord, for people and for programs."""
