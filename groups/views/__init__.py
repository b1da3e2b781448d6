"""Pages about people and their group, split by noun."""
