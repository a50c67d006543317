"""Documents that a client sends by id, because an operator has registered them."""
