"""An author's editor: it speaks the language server protocol with the real yaml-language-server from npm."""

import json
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import IO, Any, Final

from tests.real_parts import ROOT, missing, program

_BROWSER_TESTS: Final = ROOT / "tests" / "browser"
_SERVER: Final = _BROWSER_TESTS / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
_ANSWERS_WITHIN: Final = 30.0
# Nothing is fetched from anywhere: all schemas are files that documents name in their first line.
_SETTINGS: Final = {
    "yaml": {"schemaStore": {"enable": False}, "validate": True, "hover": True, "completion": True},
    "http": {"proxy": "", "proxyStrictSSL": False},
}


class Editor:
    """One session; documents are opened with their text and asked about by line and column, counted from 0."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._input = process.stdin
        self._received: Queue[dict[str, Any]] = Queue()
        self._asked = 0
        Thread(target=self._receive, args=(process.stdout,), daemon=True).start()

    def begin(self, folder: Path) -> None:
        """Introduce the editor to the server."""
        self._request("initialize", {"processId": None, "rootUri": folder.as_uri(), "capabilities": _CAPABILITIES})
        self._send("initialized", {})
        self._send("workspace/didChangeConfiguration", {"settings": _SETTINGS})

    def open(self, documents: Mapping[Path, str]) -> dict[Path, list[str]]:
        """Open documents with these texts and return what the server says is wrong in each."""
        for path, text in documents.items():
            document = {"uri": path.as_uri(), "languageId": "yaml", "version": 1, "text": text}
            self._send("textDocument/didOpen", {"textDocument": document})
        waiting = {path.as_uri(): path for path in documents}
        told = dict[Path, list[str]]()
        while waiting:
            answer = self._wait(lambda each: each.get("method") == "textDocument/publishDiagnostics")["params"]
            if answer["uri"] in waiting:
                told[waiting.pop(answer["uri"])] = [each["message"] for each in answer["diagnostics"]]
        return told

    def offers(self, path: Path, line: int, column: int) -> list[dict[str, Any]]:
        """Return what could be written at a place."""
        answer = self._request("textDocument/completion", _place(path, line, column))
        offered: list[dict[str, Any]] = answer["items"] if isinstance(answer, dict) else answer or []
        return offered

    def hover(self, path: Path, line: int, column: int) -> str:
        """Return what is said about the word at a place."""
        answer = self._request("textDocument/hover", _place(path, line, column))
        contents = (answer or {"contents": ""})["contents"]
        return str(contents["value"] if isinstance(contents, dict) else contents)

    def _request(self, method: str, parameters: dict[str, Any]) -> Any:
        self._asked += 1
        asked = self._asked
        self._send(method, parameters, id=asked)
        return self._wait(lambda each: each.get("id") == asked and "method" not in each)["result"]

    def _wait(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        while True:
            try:
                received = self._received.get(timeout=_ANSWERS_WITHIN)
            except Empty:
                raise AssertionError("the language server does not answer") from None
            if wanted(received):
                return received
            if "method" in received and "id" in received:
                self._answer(received)

    def _answer(self, request: dict[str, Any]) -> None:
        """Answer what the server asks: its settings, section by section; to anything else nothing."""
        items = request["params"].get("items", []) if request["method"] == "workspace/configuration" else None
        result = None if items is None else [_SETTINGS.get(item.get("section", ""), {}) for item in items]
        self._write({"jsonrpc": "2.0", "id": request["id"], "result": result})

    def _send(self, method: str, parameters: dict[str, Any], **more: int) -> None:
        self._write({"jsonrpc": "2.0", "method": method, "params": parameters, **more})

    def _write(self, message: dict[str, Any]) -> None:
        body = json.dumps(message).encode()
        self._input.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._input.flush()

    def _receive(self, output: IO[bytes]) -> None:
        while line := output.readline():
            length = int(line.split(b":")[1]) if line.lower().startswith(b"content-length") else 0
            while output.readline().strip():
                pass
            self._received.put(json.loads(output.read(length)))


_CAPABILITIES: Final = {
    "textDocument": {
        "completion": {"completionItem": {"snippetSupport": True, "documentationFormat": ["markdown"]}},
        "hover": {"contentFormat": ["markdown"]},
        "publishDiagnostics": {},
    },
    "workspace": {"configuration": True, "didChangeConfiguration": {"dynamicRegistration": True}},
}


def _place(path: Path, line: int, column: int) -> dict[str, Any]:
    return {"textDocument": {"uri": path.as_uri()}, "position": {"line": line, "character": column}}


@contextmanager
def editing(folder: Path) -> Iterator[Editor]:
    """Give an editor on a folder until the block ends; skips where Node or the server are not installed."""
    if not _SERVER.is_file():
        missing(f"yaml-language-server is not installed (npm ci in {_BROWSER_TESTS.relative_to(ROOT)})")
    node = program("node", install="nodejs.org")
    with subprocess.Popen([node, _SERVER, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        try:
            editor = Editor(process)
            editor.begin(folder)
            yield editor
        finally:
            process.terminate()
