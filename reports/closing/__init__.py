"""The closing PDF: what the group takes along."""
