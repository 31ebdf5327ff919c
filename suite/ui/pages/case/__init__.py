"""One case: stages, matter, parties, what can be done, its clocks and its history."""
