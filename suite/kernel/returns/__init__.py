"""Returns (填报): the figures that districts, the city and bodies hand in for each period."""
