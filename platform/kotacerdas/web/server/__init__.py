"""The HTTP server: uvicorn with connections that nobody can hold open, and a port for operators."""
