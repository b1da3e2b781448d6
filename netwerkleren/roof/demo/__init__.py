"""Demo mode: a believable traject to look around in, each role in one click. Only `bin/start` switches it on."""
