"""The text of a section: a checked tree of blocks; pure."""
