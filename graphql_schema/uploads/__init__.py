"""Uploads in the API: announced here, sent to a signed address."""
