"""Where the sign-in and the guide meet: the pages under `/auth`. A result is only an answer and gives no right."""

import secrets
from collections.abc import Mapping
from typing import Any, Final

from flask import Blueprint, Response, abort, current_app, request

from assistant.config import Config
from assistant.signin import Outcome, SignIn
from assistant.web import responses
from assistant.web.cookies import SealedCookies
from assistant.web.health import Tally
from assistant.web.mailaddress import MAXIMUM, NotAnAddress, difference, masked, read_address, same
from assistant.web.origin import Home
from assistant.web.pending import PendingSignIns
from assistant.web.private import PrivatePages
from assistant.web.routes import Routes
from assistant.web.sealing import Seal
from assistant.web.wayback import Way, Ways

RESULT_LASTS: Final = 60
# Seconds in which somebody comes back from signing out; later nobody is told that they are signed out.
END_LASTS: Final = 600
OTHER: Final = "other-account"
_RESULT: Final = "result"


class Seals:
    """The seals of an installation: one for each purpose, all from one secret."""

    def __init__(self, config: Config) -> None:
        """Use the installation's secret, or one that nobody else has and that is gone with the process."""
        secret = config.secret_key or secrets.token_urlsafe(32)
        path = f"{config.prefix}/auth/"
        self.way: Final = Seal(secret, "way back")
        self.end: Final = Seal(secret, "signed out")
        self.pending: Final = SealedCookies(Seal(secret, f"pending {config.base_url}"), path, secure=config.secure)
        self.result: Final = SealedCookies(Seal(secret, f"result {config.base_url}"), path, secure=config.secure)


class SignInViews:
    """The views of signing in and out, over the parts that they need; without a `sign_in` they say so."""

    def __init__(
        self,
        sign_in: SignIn | None,
        seals: Seals,
        home: Home,
        routes: Routes,
        ways: Ways,
        pages: PrivatePages,
        tally: Tally,
    ) -> None:
        """Keep the parts."""
        self._sign_in: Final = sign_in
        self._seals: Final = seals
        self._pending: Final = PendingSignIns(seals.pending)
        self._home: Final = home
        self._routes: Final = routes
        self._ways: Final = ways
        self._pages: Final = pages
        self._tally: Final = tally

    def blueprint(self) -> Blueprint:
        """Return the blueprint of `/auth`."""
        blueprint = Blueprint("signin", __name__, url_prefix="/auth")
        blueprint.add_url_rule("/start", view_func=self.start, methods=["POST"])
        blueprint.add_url_rule("/start", view_func=self.front, methods=["GET"])
        blueprint.add_url_rule("/callback", view_func=self.callback, methods=["GET"])
        blueprint.add_url_rule("/result", view_func=self.result, methods=["GET"])
        blueprint.add_url_rule("/end", view_func=self.ending, methods=["GET"])
        blueprint.add_url_rule("/end", view_func=self.end, methods=["POST"])
        return blueprint

    def front(self) -> Response:
        """Lead who opens the address of the form itself to where forms are."""
        return self._home.sent_there() or responses.see("/")

    def start(self) -> Response:
        """Begin a sign-in from a page of the guide, and lead on to the provider.

        The answer is a page, not a redirect: browsers apply `form-action` to redirects, too (measured). Microsoft
        silently takes whoever is signed in already; without an address, or after another account, it shows the list.
        """
        if not self._home.proven():
            abort(403)
        way = self._ways.read(request.form)
        if isinstance(way, str):
            return responses.see(way)
        if not self._home.at_home():
            return self._lead_on(way, self._home.base_url + way.path, elsewhere=True)
        if way.invoke != "sign-in" or self._sign_in is None:
            return responses.see(way.path)
        try:
            address = read_address(request.form.get("address", ""))
        except NotAnAddress:
            typed = request.form.get("address", "")[:MAXIMUM]
            return self._pages.answer("auth/address.html", way.language, 422, way=way, typed=typed)
        another = any(answer.trigger == OTHER for answer in way.position.answers)
        silent = address is None and self._sign_in.config.is_microsoft
        choose = "choose" in request.form or another or silent
        return self._begin(self._sign_in, way, address, choose=choose)

    def _begin(self, sign_in: SignIn, way: Way, address: str | None, *, choose: bool) -> Response:
        state = self._seals.way.sign([*way.packed(), secrets.token_urlsafe(16)])
        begun = sign_in.begin(state, hint=address, choose=choose)
        if isinstance(begun, Outcome):
            return self._arrive(way, begun)
        kept = {name: value for name, value in begun.kept.items() if name != "state"}
        response = self._lead_on(way, begun.address)
        self._pending.keep(response, state, {"kept": kept, "address": address})
        return response

    def _lead_on(self, way: Way, address: str, *, elsewhere: bool = False) -> Response:
        return self._pages.answer("auth/start.html", way.language, way=way, address=address, elsewhere=elsewhere)

    def callback(self) -> Response:
        """Take the provider's answer and lead back to the guide, whatever it is; the way is in its `state`."""
        state = request.args.get("state", "")
        packed = self._seals.way.signed(state)
        if packed is None or request.method != "GET":
            abort(400)
        way = self._ways.unpack(packed[:-1])
        taken = self._pending.take(state)
        if isinstance(way, str):
            response = responses.see(way)
        elif taken is None or self._sign_in is None:
            response = self._arrive(way, Outcome("expired", "nothing kept for this state"))
        else:
            outcome = self._sign_in.complete({"state": state, **taken["kept"]}, request.args.to_dict())
            response = self._arrive(way, outcome, taken["address"])
        self._pending.give_up(response, state)
        return response

    def _arrive(self, way: Way, outcome: Outcome, address: str | None = None) -> Response:
        """Lead to the page of a result; an address other than the typed one is first shown to the person alone."""
        log = current_app.logger.warning if outcome.ours else current_app.logger.info
        self._tally.count_sign_in(outcome.result)
        log("sign-in from page %d: %s%s", way.number, outcome.result, outcome.reason and f" ({outcome.reason})")
        if outcome.result != "signed-in" or address is None or not _differs(address, outcome):
            return responses.see(way.after(outcome.result))
        named = outcome.addresses[0]
        shown = {
            "way": way.packed(),
            "typed": masked(address),
            "signed_in": masked(named),
            "differs": difference(address, named),
        }
        response = responses.see("/auth/result")
        self._seals.result.put(response, _RESULT, shown, RESULT_LASTS)
        return response

    def result(self) -> Response:
        """Show that the address signed in with is not the one of the notice mail, for a minute."""
        shown = self._seals.result.get(_RESULT, RESULT_LASTS)
        if shown is None:
            language = self._routes.preferred(request.accept_languages)
            return self._pages.answer("auth/gone.html", language, 410)
        way = self._ways.unpack(shown["way"])
        if isinstance(way, str):
            return responses.see(way)
        links = {trigger: request.script_root + way.after(trigger) for trigger in (OTHER, "signed-in")}
        return self._pages.answer("auth/result.html", way.language, way=way, shown=shown, links=links)

    def ending(self) -> Response:
        """Offer to sign out, or say that it is done when the provider sends people back here."""
        language = self._seals.end.signed(request.args.get("state", ""), END_LASTS)
        done = language is not None
        return self._home.sent_there() or self._ended(language or self._language(request.args), done=done)

    def end(self) -> Response:
        """Forget what this browser keeps of us, and lead on to where the provider signs people out."""
        if not self._home.proven():
            abort(403)
        language = self._language(request.form)
        address = None
        if self._sign_in is not None:
            back = f"{self._sign_in.redirect_uri.removesuffix('callback')}end"
            address = self._sign_in.end(back, self._seals.end.sign(language))
        response = (
            self._ended(language, failed=self._sign_in is not None)
            if address is None
            else self._pages.answer("auth/leaving.html", language, address=address)
        )
        self._pending.give_up_all(response)
        self._seals.result.forget(response, _RESULT)
        return response

    def _ended(self, language: str, *, done: bool = False, failed: bool = False) -> Response:
        return self._pages.answer(
            "auth/end.html", language, done=done, failed=failed, available=self._sign_in is not None
        )

    def _language(self, fields: Mapping[str, Any]) -> str:
        asked = str(fields.get("language", ""))
        return asked if asked in self._routes.languages else self._routes.preferred(request.accept_languages)


def _differs(address: str, outcome: Outcome) -> bool:
    """Say whether a person signed in with another address; a provider that names none gives nothing to compare."""
    return bool(outcome.addresses) and not same(address, outcome.addresses)
