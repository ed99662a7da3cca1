"""Headers and checks every answer and every request of the product goes through."""

from urllib.parse import urlsplit

from flask import Flask, Response, abort, request

from app.settings import Settings

MOST_BYTES = 10 * 1024 * 1024
# A form with a file is taken whole far beyond what a file may have: only then can the page come
# back with all that was typed and the reason beside the field.
MOST_BYTES_WITH_FILES = 32 * 1024 * 1024
# No other form has one.
TAKES_FILES = frozenset({"acts.by_form", "exchange.read", "uploads.by_itself"})
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "font-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
    )
)


def init_app(app: Flask, settings: Settings) -> None:
    hosts = {urlsplit(origin).netloc for origin in settings.allowed_origins}
    app.config["MAX_CONTENT_LENGTH"] = MOST_BYTES

    @app.before_request
    def take_files() -> None:
        if request.endpoint in TAKES_FILES and request.mimetype == "multipart/form-data":
            request.max_content_length = MOST_BYTES_WITH_FILES

    @app.before_request
    def refuse_unknown_host() -> None:
        if request.host not in hosts:
            abort(400)

    @app.after_request
    def harden(response: Response) -> Response:
        headers = response.headers
        headers["Content-Security-Policy"] = POLICY
        headers["X-Content-Type-Options"] = "nosniff"
        headers.setdefault("Referrer-Policy", "same-origin")
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
        if settings.secure_cookies:
            headers["Strict-Transport-Security"] = "max-age=31536000"
        if not request.path.startswith("/static/"):
            headers.setdefault("Cache-Control", "no-store")
        return response
