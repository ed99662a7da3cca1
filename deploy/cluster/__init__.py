"""A whole installation of several nodes on one machine, thrown away at its end."""
