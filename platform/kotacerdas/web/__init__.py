"""The HTTP face: sign-in, invitations, downloads, pages, and the GraphQL app that it is given."""
