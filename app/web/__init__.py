"""Pages and forms: the door for a browser, with or without script."""

from app.web import acts, room, sheets

BLUEPRINTS = (acts.bp, room.bp, sheets.bp)
