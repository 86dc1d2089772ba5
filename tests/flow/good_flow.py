"""One small flow that has everything the language knows and no problem, for tests that break it."""

from pathlib import Path

from assistant.flow.common import Common, Fact, Note
from assistant.flow.screen import Screen

GOOD = """\
title: お手伝い
language: ja
start: ask
stages: {first: ①入力}
lost:
  - {to: help, when: {not: {help: lost}}}
  - to: ended
outcomes: {resolved: できました}
states:
  ask:
    no: 1
    stage: first
    screen: entry
    source: {manual: "12, 34-41"}
    title: 何が出ましたか
    text:
      - "{phone}に電話します。[案内](https://example.com/)を見ます。"
      - {text: もう一度です。, when: {check: back}}
    notes: [hint, {note: hint, when: {check: back}}]
    script: 読み上げます。
    choices:
      seen: {label: 出た, to: check, screen: entry}
      again:
        label: また出た
        to:
          - {to: check, when: {check: [back]}}
          - try
  check:
    no: 2
    was: [checked]
    title: 確かめます
    choices:
      back: {label: 戻る, to: ask}
      fine: {label: よい, to: try}
  help:
    no: 3
    title: 助けます
    choices:
      found: {label: あった, to: ask}
  try:
    no: 4
    title: 試します
    invoke: sign-in
    results: {signed-in: ended, default: check}
    choices:
      closed: {label: 閉じた, to: ask}
  old:
    no: 5
    gone: check
  ended:
    no: 6
    title: おわり
    outcome: resolved
    message: {to: helpdesk, subject: 件名, text: 本文}
results: {code-1: ask}
"""

COMMON = Common(
    facts={"phone": Fact(about="電話", text="窓口の番号")},
    notes={"hint": Note(title="ヒント", text=("ヒントです。",))},
    screens={
        "entry": Screen.model_validate(
            {"name": "画面", "frame": "window", "wording": {"ja": {"drawing": [{"title": "入力"}], "look": "入力"}}}
        )
    },
)

SHARED = {
    "facts.yaml": "facts: {phone: {about: 電話, text: 窓口の番号}}\n",
    "notes.yaml": "notes: {hint: {title: ヒント, text: ヒントです。}}\n",
    "screens.yaml": (
        "screens: {entry: {name: 画面, frame: window, wording: {ja: {drawing: [title: 入力], look: 入力, "
        "says: [入れるところ, 入力と出た, 何か書く画面]}}}}\n"
    ),
}
STORY = """\
scenarios:
  - {title: 話, answers: [ask.again, try.signed-in], ends: resolved}
  - {title: 長い話, answers: [ask.seen, check.back, ask.again, check.fine, try.closed], ends: ask}
  - {title: 迷った話, answers: [ask.lost, help.found, ask.again, try.expired], ends: check}
"""


def write_flows(folder: Path, flow: str = GOOD, name: str = "demo") -> Path:
    """Write a folder of flows with this flow, its story and what flows share; returns the folder."""
    (folder / "common").mkdir(parents=True, exist_ok=True)
    (folder / name).mkdir()
    for file, text in SHARED.items():
        (folder / "common" / file).write_text(text, "utf-8")
    (folder / name / "flow.yaml").write_text(flow, "utf-8")
    (folder / name / "scenarios.yaml").write_text(STORY, "utf-8")
    return folder
