"""What somebody types about musters, people and movements, as clean values."""
