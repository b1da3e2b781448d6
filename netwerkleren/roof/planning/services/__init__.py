"""The wizard's one write: a whole traject at once."""
