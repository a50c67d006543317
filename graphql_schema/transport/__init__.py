"""GraphQL over HTTP as its specification says: methods, media types, status codes, JSON alone."""
