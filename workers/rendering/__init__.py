"""From frozen content to finished files; no database, no network."""
