"""Pages of musters, of people and where they are, and of movements."""
