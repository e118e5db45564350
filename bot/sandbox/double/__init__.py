"""A Discord of our own on loopback: REST and gateway over real sockets, for the unmodified bot."""
