"""The GraphQL API, by subject."""
