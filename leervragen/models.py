"""Leervragen and the meetlat."""
