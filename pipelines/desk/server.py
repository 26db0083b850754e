"""The desk as a served page: on the loopback address, under a secret address, writing nothing but decisions.

Whoever opens the address that the command prints can decide. A page elsewhere cannot: it does not know the token, its
requests bear another `Origin`, and a name of its own that leads here is no `Host` of this machine. Nothing changes by
GET.
"""

from __future__ import annotations

import functools
import hmac
import http.server
import json
import secrets
from collections.abc import Callable, Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Annotated, Any, Literal, get_args
from urllib.parse import parse_qs, urlsplit

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from pipelines.catalog.bilingual import LANGUAGES
from pipelines.catalog.reasons import reason_in
from pipelines.desk.cards import card, classes, parents
from pipelines.desk.causes import cause_cards, decide_cause
from pipelines.desk.choices import choices
from pipelines.desk.desk import Desk
from pipelines.desk.loading import Loader
from pipelines.desk.misprints import Status, correct
from pipelines.desk.page import page
from pipelines.desk.words import DeskWords
from pipelines.errors import FupinError
from pipelines.figures.figure import LinkKind
from pipelines.publishing.site.render import POLICY
from pipelines.publishing.site.serve import SiteHandler, make_server
from pipelines.review.causes import HandledState
from pipelines.review.edit import OtherDecidedError
from pipelines.review.files import Attribute, Line

PREFIX = "/review/"
LARGEST_BODY = 16_384
_DEEPEST = 8
_SECONDS = 10.0
# so many figures are in the queue of a session
_LONGEST_QUEUE = 500
_STATIC = Path(__file__).with_name("static")
_TYPES = {"desk.js": "text/javascript; charset=utf-8", "desk.css": "text/css; charset=utf-8"}
_DESK_POLICY = POLICY.replace("connect-src 'none'", "connect-src 'self'") + "; frame-ancestors 'none'"

_Report = Annotated[str, StringConstraints(min_length=1, max_length=1000)]
_Short = Annotated[str, StringConstraints(max_length=500)]
_Seen = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class _Decide(_Asked):
    """One decision: a change of one attribute, `reading` as a whole, or a parent by its figure and link."""

    report: _Report
    figure: Annotated[int, Field(ge=1, le=10**9)]
    attribute: Attribute | Literal["reading"]
    value: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    link: LinkKind | None = None
    by: Line
    reason: _Short = ""
    seen: _Seen


class _Misprint(_Asked):
    report: _Report
    figure: Annotated[int, Field(ge=1, le=10**9)]
    value: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    status: Status = "accepted"
    by: Line
    reason: _Short = ""
    seen: _Seen


class _Cause(_Asked):
    """What became of a root cause, which one of its failures names."""

    failure: Annotated[str, StringConstraints(pattern=r"^F-[0-9a-f]{6,16}$")]
    state: HandledState | Literal["open"]
    by: Line
    reason: _Short = ""
    seen: _Seen


class _Undo(_Asked):
    by: Line


class _Nothing(_Asked):
    pass


class RefusedError(Exception):
    """A request that is not answered, with the status that says why."""

    def __init__(self, status: HTTPStatus, message: str) -> None:
        self.status, self.message = status, message
        super().__init__(message)


class Served:
    """The desk behind the server, with its token and its loader.

    Args:
        desk: the desk.
        loader: loads what was decided.
    """

    def __init__(self, desk: Desk, loader: Loader) -> None:
        self.desk, self.loader = desk, loader
        self.token = secrets.token_urlsafe(24)

    @property
    def path(self) -> str:
        """Where the page lies."""
        return f"{PREFIX}{self.token}/"

    def get(self, name: str, query: Mapping[str, str]) -> dict[str, Any]:
        """What a GET asks for; it changes nothing."""
        words = DeskWords(query["language"])
        if name == "queue":
            return self._queue(query.get("report") or None)
        if name == "causes":
            return {"causes": cause_cards(self.desk, query.get("report") or None, words)}
        report, figure = query.get("report", ""), int(query.get("figure", "0"))
        if name == "card":
            return self._card(report, figure, words)
        if name == "choices":
            attribute, wanted = query.get("attribute", ""), query.get("wanted", "")
            if attribute == "parent":
                links = [{"code": code, "name": words.of("link", code)} for code in get_args(LinkKind)]
                return {"choices": parents(self.desk.open(report), figure, words), "links": links}
            if attribute == "reading":
                return {"choices": classes(words)}
            return {"choices": [one._asdict() for one in choices(attribute, wanted, words)]}
        if name == "load":
            return self._loading(words)
        raise RefusedError(HTTPStatus.NOT_FOUND, "no such thing")

    def post(self, name: str, body: bytes, language: str) -> dict[str, Any]:
        """What a POST decides; the answer is in the language.

        Raises:
            RefusedError: it is malformed.
            OtherDecidedError: somebody else has decided.
            FupinError: it cannot be decided so.
        """
        words = DeskWords(language)
        if name == "decide":
            asked = _parsed(_Decide, body)
            value: Any = asked.value
            if asked.attribute == "parent" and asked.value != "none":
                if asked.link is None or not asked.value.isdecimal():
                    raise RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, "a parent needs a link and a figure")
                value = self.desk.parent(asked.report, asked.link, int(asked.value))
            changes = {asked.attribute: value}
            self.desk.decide(asked.report, asked.figure, changes, asked.by, asked.reason, asked.seen)
            self.loader.decided()
            return self._card(asked.report, asked.figure, words)
        if name == "misprint":
            misprint = _parsed(_Misprint, body)
            given = misprint.model_dump(include={"by", "reason", "status", "seen"})
            correct(self.desk, misprint.report, misprint.figure, misprint.value, **given)
            self.loader.decided()
            return self._card(misprint.report, misprint.figure, words)
        if name == "cause":
            cause = _parsed(_Cause, body)
            state = None if cause.state == "open" else cause.state
            decide_cause(self.desk, cause.failure, state, cause.by, cause.reason, cause.seen)
            self.loader.decided()
            return {"kept": cause.state}
        if name == "undo":
            taken = self.desk.undo(_parsed(_Undo, body).by)
            if taken is None:
                return {"undone": None}
            self.loader.decided()
            return {"undone": self._card(taken.report, taken.figure_id, words)}
        if name == "load":
            _parsed(_Nothing, body)
            self.loader.load_now()
            return self._loading(words)
        raise RefusedError(HTTPStatus.NOT_FOUND, "no such thing")

    def _card(self, report: str, figure: int, words: DeskWords) -> dict[str, Any]:
        return card(self.desk, self.desk.open(report), figure, words)

    def _loading(self, words: DeskWords) -> dict[str, Any]:
        told = self.loader.told()
        return told | {"failed": reason_in(str(told["failed"]), words.language)}

    def _queue(self, report: str | None) -> dict[str, Any]:
        found = self.desk.queue(report, _LONGEST_QUEUE)
        reports = [name for name, _ in self.desk.reports()]
        return {
            "items": [[item.report, item.figure_id] for item in found.items],
            "left": found.left,
            "reports": reports,
        }


def _parsed(model: type[Any], body: bytes) -> Any:  # noqa: ANN401 - an instance of the model
    try:
        found = json.loads(body.decode("utf-8"), parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise RefusedError(HTTPStatus.BAD_REQUEST, "the body is no JSON") from error
    try:
        return model.model_validate(found)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, f"{place}: {first['msg']}"[:200]) from error


def _no_number(_text: str) -> float:
    raise ValueError("no such number in JSON")


class _DeskHandler(SiteHandler):
    """The site, and the desk under its secret address."""

    timeout = _SECONDS

    def __init__(self, *args: Any, served: Served, **kwargs: Any) -> None:  # noqa: ANN401
        self._served = served
        super().__init__(*args, **kwargs)

    def do_GET(self) -> None:  # noqa: N802 - as the library names it
        """Gives out a file of the site, or what the desk shows."""
        if not urlsplit(self.path).path.startswith(PREFIX):
            super().do_GET()
            return
        self._answered(self._get)

    def do_HEAD(self) -> None:  # noqa: N802
        """Says what a GET of a file would; of the desk nothing."""
        if urlsplit(self.path).path.startswith(PREFIX):
            self._say(HTTPStatus.NOT_FOUND, {"error": "no such thing"})
        else:
            super().do_HEAD()

    def do_POST(self) -> None:  # noqa: N802
        """Takes a decision."""
        self._answered(self._post)

    def _answered(self, answer: Callable[[], None]) -> None:
        try:
            if not self.is_here():
                raise RefusedError(HTTPStatus.MISDIRECTED_REQUEST, "not this machine")
            answer()
        except RefusedError as refused:
            # what was sent and not read must not be taken for the next request
            self.close_connection = True
            self._say(refused.status, {"error": refused.message})
        except OtherDecidedError as error:
            self._say_why(HTTPStatus.CONFLICT, str(error))
        except (FupinError, ValueError, KeyError) as error:
            said = error.errors()[0]["msg"] if isinstance(error, ValidationError) else str(error)
            self._say_why(HTTPStatus.UNPROCESSABLE_ENTITY, said)

    def _say_why(self, status: HTTPStatus, why: str) -> None:
        self._say(status, {"error": reason_in(" ".join(why.split()), self._query()["language"])[:300]})

    def _name(self) -> str:
        """What is asked for below the secret address.

        Raises:
            RefusedError: the address has no token, or not this one; it is not said which.
        """
        rest = urlsplit(self.path).path.removeprefix(PREFIX)
        token, _, name = rest.partition("/")
        is_known = hmac.compare_digest(token.encode("utf-8", "replace"), self._served.token.encode())
        if not is_known or "/" not in rest:
            raise RefusedError(HTTPStatus.NOT_FOUND, "no such thing")
        return name

    def _get(self) -> None:
        name = self._name()
        if self.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin"):
            raise RefusedError(HTTPStatus.FORBIDDEN, "a page elsewhere asks")
        if name in _TYPES:
            self._send(HTTPStatus.OK, _TYPES[name], (_STATIC / name).read_bytes())
        elif name in ("", "zh/"):
            text = page("zh" if name else LANGUAGES[0])
            self._send(HTTPStatus.OK, "text/html; charset=utf-8", text.encode())
        else:
            self._say(HTTPStatus.OK, self._served.get(name, self._query()))

    def _query(self) -> dict[str, str]:
        """What stands behind the address, with the language of who asks.

        Raises:
            RefusedError: it is malformed, or there is no such language.
        """
        try:
            found = parse_qs(urlsplit(self.path).query, max_num_fields=8)
        except ValueError as error:
            raise RefusedError(HTTPStatus.BAD_REQUEST, "too much is asked") from error
        query = {"language": LANGUAGES[0]} | {key: values[0] for key, values in found.items()}
        if query["language"] not in LANGUAGES:
            raise RefusedError(HTTPStatus.BAD_REQUEST, "no such language")
        return query

    def _post(self) -> None:
        if not urlsplit(self.path).path.startswith(PREFIX):
            raise RefusedError(HTTPStatus.METHOD_NOT_ALLOWED, "nothing is sent here")
        name, language = self._name(), self._query()["language"]
        if self.headers.get_all("Origin", []) != [f"http://{self.headers['Host']}"]:
            raise RefusedError(HTTPStatus.FORBIDDEN, "a page elsewhere asks")
        if self.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
            raise RefusedError(HTTPStatus.FORBIDDEN, "a page elsewhere asks")
        if self.headers.get_all("Content-Type", []) != ["application/json"]:
            raise RefusedError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "only application/json is read")
        if "Transfer-Encoding" in self.headers:
            raise RefusedError(HTTPStatus.LENGTH_REQUIRED, "the length must be said")
        lengths = self.headers.get_all("Content-Length", [])
        if len(lengths) != 1 or not lengths[0].isascii() or not lengths[0].isdigit() or len(lengths[0]) > _DEEPEST:
            raise RefusedError(HTTPStatus.LENGTH_REQUIRED, "the length must be said")
        if int(lengths[0]) > LARGEST_BODY:
            raise RefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"at most {LARGEST_BODY} bytes are read")
        body = self.rfile.read(int(lengths[0]))
        if len(body) < int(lengths[0]):
            raise RefusedError(HTTPStatus.BAD_REQUEST, "the body was cut off")
        self._say(HTTPStatus.OK, self._served.post(name, body, language))

    def _say(self, status: HTTPStatus, found: Mapping[str, Any]) -> None:
        self._send(status, "application/json", json.dumps(found, ensure_ascii=False).encode("utf-8", "replace"))

    def _send(self, status: HTTPStatus, kind: str, body: bytes) -> None:
        self.policy = _DESK_POLICY
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("Cross-Origin-Opener-Policy", "same-origin")
        self.end_headers()
        self.wfile.write(body)


def make_desk_server(site: Path, port: int, served: Served) -> http.server.ThreadingHTTPServer:
    """A server of the site and the desk that only this machine reaches; the caller runs and closes it.

    Args:
        site: the folder of the site.
        port: 0 takes a free one.
        served: the desk.

    Raises:
        FupinError: the port is taken.
    """
    return make_server(site, port, functools.partial(_DeskHandler, served=served))
