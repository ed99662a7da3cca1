"""Pages and forms: the door for a browser, with or without script."""

from app.web import acts, conferences, home, room, series_form, sheets

BLUEPRINTS = (acts.bp, conferences.bp, home.bp, room.bp, series_form.bp, sheets.bp)
