"""Error pages in both languages, and errors as data where a program asked."""

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException, InternalServerError

from assistant.web.address import segments
from assistant.web.pages import Pages
from assistant.web.responses import HTML, problem
from assistant.web.routes import Routes
from assistant.web.templating import Templates, language_name
from assistant.web.twin import PREFIX


def handle_errors(app: Flask, pages: Pages, templates: Templates, routes: Routes) -> None:
    """Answer every error of an application with a page that leads back."""

    @app.errorhandler(HTTPException)
    def error(failure: HTTPException) -> Response:
        status = failure.code or 500
        if f"{request.path}/".startswith(f"{PREFIX}/"):
            answer = problem(status, failure.description or failure.name)
        else:
            answer = Response(page(status), status, content_type=HTML)
        for name, value in failure.get_headers(request.environ):
            if name == "Allow":
                answer.headers[name] = value
        answer.headers["Cache-Control"] = "no-store"
        return answer

    @app.errorhandler(Exception)
    def fault(failure: Exception) -> Response:
        # The path is a list of answers and holds nothing personal; the query string is left out all the same.
        app.logger.error("%s %s failed", request.method, request.path, exc_info=failure)
        return error(InternalServerError())

    def page(status: int) -> str:
        first = next(iter(segments(request.path)), "")
        language = first if first in routes.languages else routes.preferred(request.accept_languages)
        root = f"{request.script_root}/"
        languages = [
            {"code": code, "name": language_name(code), "href": f"{root}{code}/" if code in routes.languages else root}
            for code in dict.fromkeys((language, *templates.languages))
        ]
        return templates.render(
            "error.html", language, status=status, languages=languages, static=lambda name: root + pages.static(name)
        )
