"""A muster rehearsed: a crowd that answers, and what has to be known of it."""
