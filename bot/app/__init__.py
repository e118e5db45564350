"""Builds the object graph, each time in one ``async with``: the only place where the parts are wired together."""
