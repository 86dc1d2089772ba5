"""Pages as people paste them: a drawn screen's words among those around it, with the faults of copying and reading."""

from collections.abc import Iterator
from random import Random
from typing import Final

from assistant.flow.common import Common
from assistant.flow.screen import Screen

ADDRESSES: Final = ("anata@example.co.jp", "soumu@example.com", "keiri-bu@example.jp", "you@example.org")
BEFORE: Final = (
    *("これが出ました", "この画面で止まっています。", "画面をコピーしました↓", "please help, this came up:"),
    *("https://login.microsoftonline.com/common/oauth2/v2.0/authorize", "(no subject)", "下記の通りです", ""),
)
AFTER: Final = (
    *("利用規約 プライバシーと Cookie …", "Terms of use Privacy & cookies ...", "©2026 Microsoft", "OneDrive Teams"),
    *("株式会社サンプル 経理部 TEL 03-0000-0000", "新しいタブ ブックマーク 設定", "2026/01/15 9:30", ""),
)
# What character recognition reads for what, and letters that come half-width.
MISREAD: Final = {
    **dict(zip("ーロカニハタエトッャュョ", "一口力二八夕工卜ツヤユヨ", strict=True)),
    **dict(zip("lI1O0oiae", "1l|0Oo1oc", strict=True)),
}
NARROW: Final = dict(zip("アカサストンイクセメル", "ｱｶｻｽﾄﾝｲｸｾﾒﾙ", strict=True))


def pasted(common: Common, seed: int, copies: int) -> Iterator[tuple[str, str, str]]:
    """Yield (language, screen, text): `copies` noisy pages for each screen and language, the same for the same seed."""
    random = Random(seed)
    for name, screen in common.screens.items():
        for language in screen.wording:
            for _ in range(copies):
                yield language, name, page(screen, language, random)


def page(screen: Screen, language: str, random: Random) -> str:
    """Return one page of a screen in a language with noise of three kinds: words around it, breaks, misread letters."""
    wording = screen.wording[language]
    lines = [line for line in wording.labels() if line == wording.look or random.random() < 0.95]
    if random.random() < 0.3 and len(screen.wording) > 1:
        other = random.choice([each for each in screen.wording if each != language])
        lines.append(random.choice(list(screen.wording[other].labels())))
    around = [random.choice(BEFORE), *random.sample(ADDRESSES, 1), *lines, *random.sample(AFTER, 2)]
    return "\n".join(faulty(line, random) for line in around if line)


def faulty(line: str, random: Random) -> str:
    """Return a line as it arrives: misread, split, spaced out, half-width or full-width."""
    letters = [
        random.choice(("", MISREAD.get(letter, letter), letter + "\n")) if random.random() < 0.05 else letter
        for letter in line
    ]
    letters = [MISREAD.get(letter, letter) if random.random() < 0.15 else letter for letter in letters]
    kind = random.random()
    if kind < 0.1:
        letters = [NARROW.get(letter, letter) for letter in letters]
    elif kind < 0.2:
        letters = [chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in "".join(letters)]
    return (" " if kind > 0.9 else "").join(letters)
