"""Pages about meetings, split by noun."""
