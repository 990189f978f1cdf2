"""Pages of missions, organisations, sites, posts and people."""
