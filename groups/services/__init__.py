"""Every write about people and their group, a module per noun."""
