"""Trusted documents: GraphQL texts that an operator has registered for a client program."""
