"""Every write about meetings, a module per noun."""
