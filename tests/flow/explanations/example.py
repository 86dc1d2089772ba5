"""Completes the short examples of explanations to files, as the top of `assistant/flow/explanations/file.yaml` says."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from textwrap import indent

from assistant.flow.explanation import Explanation

STATE = {"no": "no: 1", "title": "title: 出ましたか", "choices": "choices: {seen: {label: 出た, to: done}}"}
# Where a whole folder is checked, nothing in it is there for nothing.
USED = "screen: password-entry\nnotes: half-width\n"
DONE = {"done": "done: {no: 99, title: おわり, outcome: resolved}"}
FLOW = {"title": "title: お手伝い", "language": "language: ja", "start": "start: ask", "lost": "lost: done"}
SHARED = {
    "facts": "facts: {helpdesk-phone: {about: 窓口の電話番号, text: 窓口の電話}}\n",
    "notes": "notes: {half-width: {title: 半角で入れます, text: 半角で入れます。}}\n",
    "screens": (
        "screens:\n  password-entry:\n    name: パスワードの画面\n    host: login.example.com\n    wording:\n"
        "      ja:\n        drawing: [title: パスワードの入力, field: パスワード, buttons: [サインイン]]\n"
        "        look: サインイン\n        says: [パスワードを入れるところ, 合言葉の画面, 鍵を聞かれた]\n"
    ),
}
WORDS = {
    "title": ("お手伝い", "Help"),
    "ask.title": ("出ましたか", "Did it appear?"),
    "ask.choices.seen": ("出た", "It did"),
    "done.title": ("おわり", "The end"),
}


def write_wrong(folder: Path, explanation: Explanation) -> Path:
    """Write the wrong example and what it needs into an empty folder; returns the path to check."""
    return _write(folder, explanation, explanation.wrong * explanation.repeated, explanation.encoding)


def write_right(folder: Path, explanation: Explanation) -> Path:
    """Write the right example and what it needs into an empty folder; returns the path to check."""
    return _write(folder, explanation, explanation.right, "utf-8")


def _write(folder: Path, explanation: Explanation, example: str, encoding: str) -> Path:
    if explanation.file == "tree":
        return _write_tree(folder, example)
    flow = example if explanation.file == "flow" else ""
    used = USED if explanation.checked == "folder" else ""
    translated = explanation.translates
    files = {f"common/{name}.yaml": text for name, text in SHARED.items()}
    files["demo/flow.yaml"] = _flow(flow, explanation.at) if flow else _flow(_text(translated) + used, "state")
    if explanation.file == "po":
        files["demo/locales/en.po"] = _po(example)
    elif explanation.file == "scenarios":
        files["demo/scenarios.yaml"] = example
    elif explanation.file != "flow":
        files[f"common/{explanation.file}.yaml"] = example
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode(encoding if text == example or name == "demo/flow.yaml" else "utf-8"))
    return folder if explanation.checked == "folder" else folder / "demo"


def _flow(example: str, at: str) -> str:
    if at == "file":
        return example
    if at == "state":
        states = f"ask:\n{indent(_completed(example, STATE), '  ')}{DONE['done']}\n"
    else:
        states = _completed(example if at == "states" else f"ask: {{{', '.join(STATE.values())}}}\n", DONE)
    start = {"start": f"start: {re.findall(r'(?m)^[a-z0-9-]+', example)[0]}"} if at == "states" else {}
    return _completed(example if at == "flow" else "", {**FLOW, **start, "states": f"states:\n{indent(states, '  ')}"})


def _completed(example: str, parts: Mapping[str, str]) -> str:
    """Put the parts before an example whose key stands nowhere at its margin."""
    missing = [part for key, part in parts.items() if not re.search(rf"(?m)^{key}\b", example)]
    return "".join(f"{part.rstrip()}\n" for part in missing) + example


def _text(words: str) -> str:
    return f"text: {json.dumps(words, ensure_ascii=False)}\n" if words else ""


def _po(example: str) -> str:
    entries = [
        f'msgctxt "{context}"\nmsgid "{source}"\nmsgstr "{words}"\n'
        for context, (source, words) in WORDS.items()
        if f'msgctxt "{context}"' not in example
    ]
    return "\n".join([*entries, example])


def _write_tree(folder: Path, example: str) -> Path:
    for name in example.split("\n"):
        path = folder / name.partition("#")[0].strip()
        if name.partition("#")[0].strip().endswith("/"):
            path.mkdir(parents=True, exist_ok=True)
        elif name.strip():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(_flow("", "flow") if path.name == "flow.yaml" else "", "utf-8")
    return next(path for path in folder.iterdir())
