"""Pages and forms: the door for a browser, with or without script."""

from app.web import (
    acts,
    attendance,
    cases,
    conferences,
    firms,
    guest,
    guests,
    home,
    languages_page,
    moments,
    papers,
    plans,
    room,
    series_form,
    sheets,
    uploads,
)

BLUEPRINTS = (
    acts.bp,
    attendance.bp,
    cases.bp,
    conferences.bp,
    firms.bp,
    guest.bp,
    guests.bp,
    home.bp,
    languages_page.bp,
    moments.bp,
    papers.bp,
    plans.bp,
    room.bp,
    series_form.bp,
    sheets.bp,
    uploads.bp,
)
