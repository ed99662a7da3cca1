"""Migration steps in the order of their numbers; each can be undone."""
