"""Finding programmes and innovations by their words, in every city that shows them."""
