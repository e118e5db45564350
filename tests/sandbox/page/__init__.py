"""The sandbox's page: its server, its protocol, and what a person sees in a browser."""
