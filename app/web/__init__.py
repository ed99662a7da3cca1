"""Pages and forms: the door for a browser, with or without script."""

from app.web import acts

BLUEPRINTS = (acts.bp,)
