"""The line that an article takes: fetch → parse → clean → store → read → group. One feed's failure is a value."""
