"""Subscriptions: thin events, each read anew by who still may read it, over SSE or WebSocket."""
