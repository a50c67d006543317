"""People, roles and notifications in the API."""
