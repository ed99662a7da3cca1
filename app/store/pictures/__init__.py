"""Rooms as their rows tell them: the pictures that the fold of their journals must equal."""
