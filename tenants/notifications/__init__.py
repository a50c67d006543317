"""What people are told, and on which way it reaches them."""
