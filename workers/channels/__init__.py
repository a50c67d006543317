"""Ways on which notifications leave the application."""
