"""The city's bodies, their members and its regulations in the API."""
