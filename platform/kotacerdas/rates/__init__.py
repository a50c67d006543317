"""How often somebody may ask: limits that all API processes hold together."""
