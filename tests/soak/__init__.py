"""bin/soak: the real portal under what befalls a server, for as long as one has patience."""
