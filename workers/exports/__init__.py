"""Writing exports: rows from a server-side cursor into a file, in constant memory."""
