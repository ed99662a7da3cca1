"""The live door: sockets, rooms, presence, and the relay of committed facts. No rule lives here."""
