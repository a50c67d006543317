"""How the schema changes between releases: what breaks clients, and what must be said about it."""
