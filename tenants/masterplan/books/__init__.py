"""The books of a masterplan: chapters of the edition's templates, and their sections."""
