"""What people do with interviews, stories, lines and the closing PDF: one door per write, split by noun."""
