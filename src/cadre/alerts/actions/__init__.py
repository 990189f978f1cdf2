"""Changes: what is told, to whom, and what came of it. Each verb is one transaction."""
