"""Search over what is published and what the caller may read."""
