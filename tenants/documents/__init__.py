"""Books and other files made of a frozen masterplan."""
