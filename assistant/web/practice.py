"""The pages of the provider to practise with: choose who signs in, or how it fails.

They look nothing like Microsoft's and ask for no password, so that nobody learns to type one into a copy.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from flask import Flask, Response, abort, jsonify, request
from werkzeug.test import Client

from assistant import resources
from assistant.catalog import Catalog
from assistant.config import Config
from assistant.flow.common import UNKNOWN
from assistant.practice import CLIENT, REDIRECTED, REFUSED, SIGNED_IN, TENANT, WRONG_TENANT, Provider
from assistant.signin.exchange import Reply, Request
from assistant.web.assets import Assets
from assistant.web.front import HEADERS
from assistant.web.responses import HTML
from assistant.web.static_files import create_static
from assistant.web.templating import Templates

INVITED: Final = "guest@customer.example"
OTHER: Final = "colleague@customer.example"
_ENDS: Final = (*REFUSED, WRONG_TENANT)


class Practice:
    """A provider with its pages: `app` is what browsers open at `address`, `send` answers the requests of MSAL."""

    def __init__(
        self, provider: Provider, address: str, redirect_uri: str, templates: Templates, assets: Assets
    ) -> None:
        """Be there for one application, which comes back at `redirect_uri`."""
        self.provider: Final = provider
        self._address: Final = address
        self._redirect_uri: Final = redirect_uri
        self._templates: Final = templates
        self._assets: Final = assets
        self.app: Final = self._application()
        self._client: Final = Client(self.app)

    def send(self, asked: Request) -> Reply:
        """Answer a request for the provider within this process (see `exchange.Send`)."""
        answer = self._client.open(
            urlsplit(asked.url).path,
            method=asked.method,
            query_string=asked.params,
            data=asked.data,
            headers=dict(asked.headers or {}),
        )
        return Reply(answer.status_code, dict(answer.headers), answer.get_data(as_text=True))

    def _application(self) -> Flask:
        app = Flask("assistant.practice", static_folder=None, template_folder=None)
        app.register_blueprint(create_static(self._assets))
        app.add_url_rule(f"/{TENANT}/v2.0/.well-known/openid-configuration", view_func=self.metadata)
        app.add_url_rule(f"/{TENANT}/keys", view_func=self.keys)
        app.add_url_rule(f"/{TENANT}/token", view_func=self.token, methods=["POST"])
        app.add_url_rule("/authorize", view_func=self.authorize)
        app.add_url_rule("/answer", view_func=self.answer)
        app.add_url_rule("/stopped", view_func=self.stopped)
        app.add_url_rule("/logout", view_func=self.logout)

        @app.after_request
        def keep_nothing(response: Response) -> Response:
            for name, value in {"Cache-Control": "no-store", **HEADERS}.items():
                response.headers.setdefault(name, value)
            return response

        return app

    def metadata(self) -> Response:
        """Describe the provider."""
        return jsonify(self.provider.metadata(self._address))

    def keys(self) -> Response:
        """Publish the key."""
        return jsonify(self.provider.key_set())

    def token(self) -> Response:
        """Redeem a code."""
        status, answer = self.provider.redeem(request.form)
        response = jsonify(answer)
        response.status_code = status
        return response

    def authorize(self) -> Response:
        """Let one choose who signs in, or how it fails."""
        asked = self._asked()
        hint = asked.get("login_hint", "")
        people = dict.fromkeys(filter(None, (hint, INVITED, OTHER)))
        return self._page(
            "practice/choose.html",
            hint=hint,
            people=[{"address": person, "href": _link("answer", asked, who=person)} for person in people],
            failures=[{"how": how, "href": _link("answer", asked, how=how)} for how in (*REDIRECTED, *_ENDS)],
            codes=[
                {
                    "number": number,
                    "name": name,
                    "back": _link("answer", asked, how=f"code-{number}"),
                    "stopped": _link("stopped", asked, number=number),
                }
                for number, name in self.provider.names.items()
            ],
        )

    def answer(self) -> Response:
        """Come back to the application with what was chosen."""
        asked, how = self._asked(), request.args.get("how", SIGNED_IN)
        refusal = self.provider.refusal(how)
        if refusal is not None:
            return self._back(asked, refusal)
        if how not in (*_ENDS, SIGNED_IN):
            abort(400)
        who = request.args.get("who") or asked.get("login_hint") or INVITED
        return self._back(asked, {"code": self.provider.grant(asked, who, how)})

    def stopped(self) -> Response:
        """Show an error from which nothing comes back, with the words that Microsoft's own page has."""
        asked, number = self._asked(), request.args.get("number", "")
        if number not in self.provider.names:
            abort(404)
        back = _link("authorize", asked)
        return self._page("practice/stopped.html", details=self.provider.details(number), back=back)

    def logout(self) -> Response:
        """Sign out, and offer the way back to the application (OpenID Connect RP-Initiated Logout 2)."""
        back = request.args.get("post_logout_redirect_uri", "")
        if not back.startswith(self._redirect_uri.removesuffix("callback")):
            abort(400)
        query = urlencode({"state": request.args.get("state", "")})
        return self._page("practice/signed-out.html", back=f"{back}?{query}")

    def _asked(self) -> dict[str, str]:
        """Return a request for a sign-in; only our own application is served (RFC 6749 4.1.2.1, RFC 7636 4.3)."""
        names = ("client_id", "redirect_uri", "state", "nonce", "code_challenge", "login_hint", "prompt")
        asked = {name: request.args[name] for name in names if request.args.get(name)}
        if asked.get("client_id") != CLIENT or asked.get("redirect_uri") != self._redirect_uri:
            abort(400)
        if request.args.get("code_challenge_method", "S256") != "S256" or not {"code_challenge", "nonce"} <= set(asked):
            abort(400)
        return asked

    def _back(self, asked: Mapping[str, str], answer: Mapping[str, str]) -> Response:
        given = {name: value for name, value in {**answer, "state": asked.get("state", "")}.items() if value}
        response = Response(status=302)
        response.headers["Location"] = f"{self._redirect_uri}?{urlencode(given)}"
        return response

    def _page(self, template: str, **values: Any) -> Response:
        language = request.accept_languages.best_match(self._templates.languages) or self._templates.languages[0]
        body = self._templates.render(
            template, language, static=lambda name: f"/{self._assets.path(name)}", languages=[], **values
        )
        return Response(body, content_type=HTML)


def practise(config: Config, catalog: Catalog, port: int) -> tuple[Config, Practice]:
    """Return a configuration that signs in at a provider to practise with, and the provider, to be served at a port.

    Its host is another site than the guide's, as Microsoft's is: on one site cookies and policies are more forgiving.
    """
    host = "127.0.0.1" if urlsplit(config.base_url).hostname == "localhost" else "localhost"
    names = {number: code.name or "" for number, code in catalog.common.codes.items() if number != UNKNOWN}
    provider = Provider(names)
    practice = Practice(
        provider,
        f"http://{host}:{port}",
        f"{config.base_url}/auth/callback",
        Templates(resources.folder("templates")),
        Assets.read(resources.static_folder()),
    )
    return replace(config, sign_in=provider.config), practice


def _link(path: str, asked: Mapping[str, str], **more: str) -> str:
    return f"{path}?{urlencode({**asked, **more})}"
