"""What an editor offers to write at once: a question, an instruction, a sign-in, an ending, a choice, a story."""

from collections.abc import Mapping
from typing import Any, Final, TypeAlias

Snippet: TypeAlias = Mapping[str, Any]

STATES: Final[list[Snippet]] = [
    {
        "label": "質問 question",
        "description": "質問: 選択肢から1つ選んでもらいます。 / A question with two choices.",
        "body": {
            "${1:id}": {
                "no": "${2:1}",
                "title": "${3:どちらですか？}",
                "choices": {
                    "${4:yes}": {"label": "${5:はい}", "to": "${6:state}"},
                    "${7:no}": {"label": "${8:いいえ}", "to": "${9:state}"},
                },
            }
        },
    },
    {
        "label": "手順 instruction",
        "description": "手順: することを1つ書きます。 / An instruction with one way on.",
        "body": {
            "${1:id}": {
                "no": "${2:1}",
                "title": "${3:すること}",
                "text": "${4:[次へ] を押します。}",
                "choices": {"${5:done}": {"label": "${6:できた}", "to": "${7:state}"}},
            }
        },
    },
    {
        "label": "サインイン sign-in",
        "description": "本物のサインインを試すページ。 / A page that runs the real sign-in.",
        "body": {
            "${1:id}": {
                "no": "${2:1}",
                "title": "${3:サインインを試します}",
                "invoke": "sign-in",
                "results": {"signed-in": "${4:state}", "default": "${5:state}"},
            }
        },
    },
    {
        "label": "終わり ending",
        "description": "終わり: ここでご案内が終わります。 / An ending.",
        "body": {"${1:id}": {"no": "${2:1}", "title": "${3:できました}", "outcome": "${4:resolved}"}},
    },
]

CHOICES: Final[list[Snippet]] = [
    {
        "label": "選択肢 choice",
        "description": "選択肢: 言葉と行き先。 / A choice: its words and where it leads.",
        "body": {"${1:id}": {"label": "${2:言葉}", "to": "${3:state}"}},
    },
    {
        "label": "行き先が2つの選択肢 choice with two targets",
        "description": "前の答えで行き先が変わる選択肢。 / A choice that leads elsewhere after an earlier answer.",
        "body": {
            "${1:id}": {
                "label": "${2:言葉}",
                "to": [{"to": "${3:state}", "when": {"${4:state}": "${5:choice}"}}, {"to": "${6:state}"}],
            }
        },
    },
]

SCENARIOS: Final[list[Snippet]] = [
    {
        "label": "話 story",
        "description": "お客さまの話: 答えと、着くページ。 / A story: the answers, and where they end.",
        "body": [{"title": "${1:話}", "answers": ["${2:state.choice}"], "ends": "${3:state}"}],
    }
]
