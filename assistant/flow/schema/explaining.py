"""What each key means, for hover and completion: in Japanese first, then in English, because editors know no locale."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from assistant.flow.schema.generator import DEFINITIONS


class Explained(NamedTuple):
    """What a key is for, in both languages, and examples of what may stand behind it."""

    japanese: str
    english: str
    examples: tuple[Any, ...] = ()


def explained(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema with what each of its keys means."""
    parts = {name: _told(part) for name, part in schema[DEFINITIONS].items()}
    return {**_told(schema), DEFINITIONS: parts}


def _told(part: Mapping[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in part.items() if key not in ("title", "description")}
    properties = {key: _described(f"{part['title']}.{key}", value) for key, value in part.get("properties", {}).items()}
    return {**kept, "properties": properties} if properties else kept


def _described(name: str, value: Mapping[str, Any]) -> dict[str, Any]:
    told = EXPLANATIONS.get(name)
    if told is None:
        return dict(value)
    both = f"{told.japanese}\n\n{told.english}"
    words = {"description": both, "markdownDescription": both}
    return {**value, **words, "examples": list(told.examples)} if told.examples else {**value, **words}


_WHEN: Final = Explained(
    "前の答えがこの通りのときだけ使います。`{ページ: 選択肢}`。並べるとすべて、選択肢をリストにするとどれか。"
    "`not:` は反対、`any:` はどれか。`guards:` に書いた名前でもかまいません。",
    "Only after these answers: `{state: choice}`. Several keys: all of them; a list of choices: any of them. "
    "`not:`, `any:` and `all:` combine. Or the name of one of the flow's `guards:`.",
    ({"pc-history": "returning"}, {"not": {"which-screen": ["lost"]}}),
)
_TO: Final = Explained(
    "行き先のページ。前の答えで変わるときは `- {to: ページ, when: ...}` を並べ、最後に `when` のない行き先を書きます。"
    "上から見て、はじめに合うものへ進みます。",
    "The state it leads to. If that depends on earlier answers: a list of `- {to: state, when: ...}`; "
    "the first that fits wins, so the last one has no `when`.",
    ("consent",),
)
_RESULTS: Final = Explained(
    "サインインなどの結果ごとの行き先。`default` は、ほかのすべての結果の行き先です。",
    "Where each result of the sign-in leads; `default` is for all that are not named.",
    ({"signed-in": "got-in", "default": "sign-in-failed"},),
)
_SCREEN: Final = Explained(
    "flows/common/screens.yaml にある画面の絵の名前。",
    "The drawing to show: its name in flows/common/screens.yaml.",
    ("password-entry",),
)
_TEXT: Final = Explained(
    "本文。段落のリストにもできます。**太字**、`- ` の箇条書き、[言葉](https://...) のリンク、{差し込み} が使えます。"
    "押すものは [次へ] のように書きます。",
    "The text; may be a list of paragraphs, each with its own `when`. **bold**, lists, [links](https://...) and "
    "{facts} work. What is to be pressed stands in [ ].",
    ("[次へ] を押します。",),
)

EXPLANATIONS: Final[Mapping[str, Explained]] = {
    "Flow.title": Explained("ご案内の名前。", "The name of the guide, as customers read it."),
    "Flow.language": Explained("このファイルの言葉。", "The language that this file is written in.", ("ja", "en")),
    "Flow.start": Explained("はじめのページ。", "The state to begin with."),
    "Flow.source": Explained(
        "このフローが言い表すマニュアルの行。どの行にも、それをもとにしたページがあるかを確かめます。",
        "Lines of the manual that the flow says as a whole; the checker finds those that no state comes from.",
        ({"manual": "1-59"},),
    ),
    "Flow.stages": Explained(
        "ページの上に出る段階。名前と言葉。",
        "The stages shown at the top of pages: id and words.",
        ({"account": "①アカウント"},),
    ),
    "Flow.lost": Explained(
        "「この画面ではない・わからない」の行き先。すべての質問につきます。",
        "Where `This is not what I see` leads, which every question gets by itself.",
    ),
    "Flow.guards": Explained(
        "くり返し使う条件に、名前を付けます。使うところでは `when: 名前` と書きます。",
        "Names for guards that are used more than once; where one is used, write `when: name`.",
        ({"used-before": {"pc-history": "returning"}},),
    ),
    "Flow.outcomes": Explained(
        "終わり方。名前と言葉。書けば、ここにない名前は間違いとして示されます。",
        "How the guide can end: id and words. If given, no other ids may be used.",
        ({"resolved": "できました"},),
    ),
    "Flow.results": Explained(
        "サインインなどの結果の行き先のうち、どのページでも同じもの。ページの `results` が先に使われます。",
        "Where results lead from every state that has no branch of its own for them.",
        ({"code-50126": "password"},),
    ),
    "Flow.states": Explained("ページのすべて。", "The states; each is one page."),
    "State.no": Explained(
        "ページの下に出る番号。1から9999まで。どのフローとも重ならず、変えず、使い回しません。",
        "The number printed on the page, 1 to 9999: unique over all flows, never changed, never used again.",
    ),
    "State.title": Explained("見出し。お客さまがはじめに読む文です。", "The heading: what the person reads first."),
    "State.text": _TEXT,
    "State.stage": Explained("`stages` にある段階の名前。", "The stage, by its id in `stages`."),
    "State.screen": _SCREEN,
    "State.source": Explained(
        "もとになったマニュアルの行。",
        "Lines of the manual that it comes from.",
        ({"manual": "12, 34-41"},),
    ),
    "State.script": Explained("電話で読み上げる文。", "What a helpdesk agent reads out on the phone."),
    "State.notes": Explained(
        "折りたたんで出す補足。flows/common/notes.yaml の名前。",
        "Remarks folded under the text, by their names in flows/common/notes.yaml.",
        (["half-width"],),
    ),
    "State.choices": Explained(
        "選択肢。名前のあとに、言葉 `label` と行き先 `to`。6つまでが読みやすい数です。",
        "The choices: an id, then its words (`label`) and where it leads (`to`). Up to six are easy to survey.",
        ({"entered": {"label": "次の画面が出た", "to": "consent"}},),
    ),
    "State.results": _RESULTS,
    "State.invoke": Explained(
        "ここで動かすもの。`sign-in` は本物のサインイン、`error-code` はエラー番号の入力。",
        "What runs here: `sign-in` is the real sign-in, `error-code` takes an error number.",
    ),
    "State.outcome": Explained(
        "終わり方。これを書いたページでご案内が終わります。`choices` は書きません。",
        "How the guide ends here; a state with an outcome has no choices.",
        ("resolved",),
    ),
    "State.message": Explained(
        "お客さまが写して送れる文。終わりのページにだけ書けます。",
        "A ready-made text for the customer to send; endings only.",
    ),
    "State.was": Explained(
        "前の名前。名前を変えても、前のアドレスが使えます。",
        "Former ids of the state, so that addresses saved before still work.",
    ),
    "State.gone": Explained(
        "なくしたページのかわりの行き先。ほかには `no` だけを残します。",
        "The state to go to, now that this one is removed; keep only `no` beside it.",
    ),
    "Choice.label": Explained("お客さまが読む言葉。", "The words that the person reads."),
    "Choice.to": _TO,
    "Choice.when": _WHEN,
    "Choice.screen": _SCREEN,
    "Target.to": _TO,
    "Target.when": _WHEN,
    "Paragraph.text": _TEXT,
    "Paragraph.when": _WHEN,
    "NoteUse.note": Explained("補足の名前。", "The name of the note."),
    "NoteUse.when": _WHEN,
    "Source.manual": Explained("行の番号。", "Line numbers.", ("12, 34-41",)),
    "Message.to": Explained(
        "送る相手。会社のシステム管理者か、窓口。",
        "Who it is for: the customer's administrator or the helpdesk.",
    ),
    "Message.subject": Explained("件名。", "The subject."),
    "Message.text": _TEXT,
    "Guard.any": Explained("どれか1つが合うとき。", "At least one of these.", ([{"a": "yes"}, {"b": "yes"}],)),
    "Guard.all": Explained("すべてが合うとき。", "All of these."),
    "Guard.not": Explained("合わないとき。", "None of this.", ({"which-screen": ["lost"]},)),
    "Guard.at-least": Explained(
        "いくつ以上が合うとき。数と、条件のリスト。",
        "So many of these, or more: a number and a list of guards.",
        ({"2": [{"a": "yes"}, {"b": "yes"}, {"c": "yes"}]},),
    ),
    "Scenarios.scenarios": Explained("シナリオ（お客さまの話）。", "Stories of customers."),
    "Scenario.title": Explained("話を1文で。", "The story in a sentence, as the customer tells it."),
    "Scenario.answers": Explained(
        "答えを順に。`ページ.選択肢`。わからないは `ページ.lost`。",
        "The answers in order: `state.choice`; `state.lost` for those who are lost.",
        (["situation.screen", "which-screen.password"],),
    ),
    "Scenario.ends": Explained("着くページか、終わり方の名前。", "The state or outcome where the answers lead."),
    "Scenario.through": Explained("途中で通るページ。", "States on the way."),
    "Scenario.mentions": Explained("最後のページにある言葉。", "Words that stand on the last page."),
    "Scenario.mentions-not": Explained("最後のページにない言葉。", "Words that do not stand on the last page."),
    "Screens.screens": Explained("画面。会いそうな順に書きます。", "The screens, in the likely order of meeting them."),
    "Screen.name": Explained("画面の呼び名。訳されます。", "What we call the screen; translated."),
    "Screen.frame": Explained(
        "枠。ブラウザー、メール、スマートフォン、窓。",
        "What is drawn around it: a browser (the default), a mail, a phone or a window.",
    ),
    "Screen.host": Explained(
        "アドレス欄に出る名前。ブラウザーの画面には必ず書きます。",
        "What the address bar shows; a browser's screen needs it.",
        ("login.microsoftonline.com",),
    ),
    "Screen.wording": Explained(
        "画面の言葉。言語ごとに、同じ部品を同じ順で。",
        "What stands on the screen, by language: the same elements in the same order.",
    ),
    "Wording.drawing": Explained(
        "絵。上から順に、部品とその言葉。",
        "The drawing from top to bottom: an element and its words.",
        ([{"title": "パスワードの入力"}, {"buttons": ["サインイン"]}],),
    ),
    "Wording.look": Explained(
        "見るところ。絵の中に1つだけある言葉。",
        "The one place to look at: words that stand in the drawing once.",
    ),
    "Wording.aliases": Explained("同じ画面の、ほかの言葉。", "Other wordings of the same screen."),
    "Wording.says": Explained("お客さまの言い方。3つ以上。", "How customers speak of it; at least three."),
    "Wording.unconfirmed": Explained("出どころの確かでない言葉。", "Words of which no public source is known."),
    "Element.logo": Explained("ロゴの場所。", "Where a logo stands."),
    "Element.identity": Explained("アカウントや差出人。", "The account, or the sender of a mail."),
    "Element.title": Explained("見出し。", "The heading."),
    "Element.text": Explained("文。", "Words."),
    "Element.error": Explained("赤いエラーの文。", "An error in red."),
    "Element.field": Explained("入力欄。", "A field to type in."),
    "Element.tile": Explained("押せる一覧の1つ。", "One of a list to choose from."),
    "Element.number": Explained("大きく出る数字。", "A number shown large."),
    "Element.link": Explained("リンク。", "A link."),
    "Element.check": Explained("チェックボックス。", "A box to tick."),
    "Element.buttons": Explained("並んだボタン。", "Buttons side by side.", (["キャンセル", "次へ"],)),
    "Element.detail": Explained("小さな字。", "Small print."),
    "Element.icon": Explained("次の `tile` のアイコン。", "The icon of the tile that follows."),
    "Notes.notes": Explained("いくつものページで使う補足。", "Remarks that several pages share."),
    "Note.title": Explained("折りたたんだときの題。", "What is read while it is folded."),
    "Note.text": _TEXT,
    "Facts.facts": Explained(
        "差し込み。導入先ごとに変わる短い言葉で、文では {名前} と書きます。",
        "Short texts that each installation fills in; written {name} in texts.",
    ),
    "Fact.about": Explained("運用する人への説明。", "What it is, for the operator."),
    "Fact.text": Explained("まだ決まっていないときに出る言葉。", "What is shown until it is filled in."),
    "Codes.codes": Explained(
        "AADSTS のあとの番号。`unknown` は、ほかのすべて。",
        "The numbers behind AADSTS; `unknown` is for every other.",
    ),
    "Code.name": Explained("Microsoft の呼び名。", "What Microsoft calls it."),
    "Code.who": Explained(
        "直せる人。お客さま、会社の管理者、窓口、番号だけではわからない。",
        "Who can mend it: customer, administrator, helpdesk, or it depends.",
    ),
    "Code.text": Explained("お客さまへの言葉。", "What it means, for the customer."),
    "Elsewhere.elsewhere": Explained(
        "どの画面とも関係のない言葉。言語ごとに。",
        "What people say that has to do with none of the screens, by language.",
    ),
}
