"""The second door: what Microsoft's own error page says, typed or pasted, leads on by its number; nothing is kept."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, Final

from flask import Blueprint, Response, abort, request
from markupsafe import Markup

from assistant.flow import markup
from assistant.flow.common import UNKNOWN
from assistant.flow.failure import Failure, read_failure
from assistant.flow.model import CODE_UNKNOWN
from assistant.web import responses
from assistant.web.mailto import mailto
from assistant.web.origin import Home
from assistant.web.private import PrivatePages
from assistant.web.speech import CODE_RESULT, PAGE_NUMBER, Speech
from assistant.web.wayback import Way, Ways

MAXIMUM_TEXT: Final = 10_000
CORRELATION_ID: Final = "関連付け ID（Correlation Id）"
REQUEST_ID: Final = "要求 ID（Request Id）"
TIME: Final = "時刻"
TIME_IN_JAPAN: Final = "時刻（日本時間）"
SUBJECT: Final = "サインインのエラーについて（{service-name}）"
# The ready text, paragraph by paragraph, by who can help; what is known of the error stands in place of None.
MESSAGES: Final[Mapping[str, tuple[str | None, ...]]] = {
    "administrator": (
        "システム管理者 様",
        "{service-name}にサインインできません。サインイン ログで次の記録を確認し、原因を直してください。",
        None,
        "名前・部署・対象のアドレス: （書いてください）",
        "{service-name}は、{service-provider}が当社に提供しているものです。本物かどうかは、社内にある契約書などの電話番号にかけて、お確かめください。パスワードは、だれにも送らないでください。",
    ),
    "helpdesk": (
        "{helpdesk-name} 御中",
        "{service-name}にサインインできません。次のエラーを調べてください。",
        None,
        "会社名・名前・通知のメールが届いたアドレス: （書いてください）",
    ),
}
_JAPAN: Final = timezone(timedelta(hours=9))


class DoorViews:
    """The view that answers for an error number."""

    def __init__(self, home: Home, ways: Ways, pages: PrivatePages) -> None:
        """Keep the parts."""
        self._home: Final = home
        self._ways: Final = ways
        self._pages: Final = pages

    def blueprint(self) -> Blueprint:
        """Return the blueprint of `/auth/code`."""
        blueprint = Blueprint("door", __name__, url_prefix="/auth")
        blueprint.add_url_rule("/code", view_func=self.code, methods=["POST"])
        blueprint.add_url_rule("/code", view_func=self.front, methods=["GET"])
        return blueprint

    def front(self) -> Response:
        """Lead who opens the address of the form itself to where forms are."""
        return responses.see("/")

    def code(self) -> Response:
        """Say what a number means, who can help and what they will ask for, and lead on."""
        if not self._home.proven():
            abort(403)
        way = self._ways.read(request.form)
        if isinstance(way, str):
            return responses.see(way)
        if way.invoke is None:
            return responses.see(way.path)
        codes = self._pages.pages.catalog.common.codes
        failure = read_failure(request.form.get("text", "")[:MAXIMUM_TEXT], codes)
        if failure.number is None:
            onward = request.script_root + way.after(CODE_UNKNOWN)
            return self._pages.answer("auth/no-number.html", way.language, 422, way=way, onward=onward)
        return self._pages.answer("auth/code.html", way.language, **self._explained(way, failure, failure.number))

    def _explained(self, way: Way, failure: Failure, number: str) -> dict[str, Any]:
        speech = self._pages.speech(way)
        listed = number in self._pages.pages.catalog.common.codes
        code = speech.code(number if listed else UNKNOWN)
        voice = speech.voice(None)
        known = [
            (CODE_RESULT, f"AADSTS{number}"),
            (CORRELATION_ID, failure.correlation_id),
            (REQUEST_ID, failure.request_id),
            *_moments(failure.time, way.language),
            (PAGE_NUMBER, str(way.number)),
        ]
        facts = [(self._pages.say(way.language, name), value) for name, value in known if value]
        onward = request.script_root + way.after(f"code-{number}" if listed else CODE_UNKNOWN)
        return {
            "way": way,
            "number": number,
            "who": code.who if code else "helpdesk",
            "explanation": Markup("\n".join(markup.html(text, voice) for text in code.text)) if code else "",
            "facts": facts,
            "message": self._message(speech, way.language, code.who if code else "helpdesk", facts),
            "onward": onward,
        }

    def _message(self, speech: Speech, language: str, who: str, facts: list[tuple[str, str]]) -> dict[str, str] | None:
        """Return the ready text for who can help; None where the customer can help themselves."""
        if who not in MESSAGES:
            return None
        subject = speech.voice(None).fill(self._pages.say(language, SUBJECT))
        known = "\n".join(f"{name}: {value}" for name, value in facts)
        paragraphs = [known if words is None else self._pages.say(language, words) for words in MESSAGES[who]]
        body = speech.voice(None).fill("\n\n".join(paragraphs))
        address = speech.fact("helpdesk-mail") if who == "helpdesk" else ""
        return {"to": who, "subject": subject, "body": body, "mailto": mailto(address, subject, body)}


def _moments(written: str | None, language: str) -> Iterator[tuple[str, str]]:
    """Yield when it was in UTC, as the logs of both administrators have it; for Japanese readers first in Japan."""
    try:
        moment = datetime.fromisoformat(written or "").astimezone(UTC)
    except (ValueError, OverflowError):
        return
    if language == "ja":
        yield TIME_IN_JAPAN, f"{moment.astimezone(_JAPAN):%Y-%m-%d %H:%M:%S}"
    yield TIME, f"{moment:%Y-%m-%d %H:%M:%S} UTC"
