"""Screens that were not recognised: kept masked, in both databases, few an hour and for 30 days."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.flow.recognising.masking import LONGEST, MARK, has_words, masked
from assistant.store import Store
from assistant.store.unknown_screens import DAYS_KEPT, TOLD_AN_HOUR
from tests.store.conftest import Clock


def texts(store: Store, days: int = DAYS_KEPT) -> list[str]:
    return [told.text for told in store.unknown_screens.told(days)]


def test_what_was_told_is_kept_with_its_time_language_and_flow(store: Store, clock: Clock) -> None:
    kept = store.unknown_screens.tell("en", "login", "It says 「Pick an account」")

    assert kept is not None
    assert store.unknown_screens.told() == [kept]
    assert (kept.told_at, kept.language, kept.flow) == (clock.now, "en", "login")
    assert store.unknown_screens.told()[0].told_at.tzinfo == UTC


def test_the_newest_comes_first(store: Store, clock: Clock) -> None:
    for text in ("一つ目", "二つ目", "三つ目"):
        store.unknown_screens.tell("ja", "login", text)
        clock.go_on(minutes=1)
    store.unknown_screens.tell("ja", "login", "同じ時刻の一つ目")
    store.unknown_screens.tell("ja", "login", "同じ時刻の二つ目")

    assert texts(store) == ["同じ時刻の二つ目", "同じ時刻の一つ目", "三つ目", "二つ目", "一つ目"]


def test_whatever_is_told_is_masked_before_it_is_kept(store: Store) -> None:
    kept = store.unknown_screens.tell("ja", "login", "taro@example.co.jp 123456 AADSTS50126 という画面 " + "長" * 300)

    assert kept is not None
    assert kept.text.startswith(f"{MARK} {MARK} AADSTS50126 という画面 長長")
    assert len(kept.text) == LONGEST
    assert texts(store) == [kept.text]


@pytest.mark.parametrize("text", ["", " \n", "taro@example.co.jp", "…"])
def test_a_text_that_says_nothing_is_no_text_to_keep(store: Store, text: str) -> None:
    with pytest.raises(ValueError, match="nothing to keep"):
        store.unknown_screens.tell("ja", "login", text)

    assert texts(store) == []


def test_after_30_days_a_text_is_never_shown_and_is_gone_when_the_next_is_told(store: Store, clock: Clock) -> None:
    store.unknown_screens.tell("ja", "login", "古い")
    clock.go_on(days=DAYS_KEPT)
    assert texts(store) == ["古い"]

    clock.go_on(seconds=1)
    store.unknown_screens.tell("ja", "login", "新しい")

    assert texts(store) == ["新しい"]
    assert store.unknown_screens.forget() == 1


def test_reading_the_report_or_opening_the_store_deletes_what_is_old(
    url: str, clock: Clock, open_store: Callable[[str], Store]
) -> None:
    for read in (True, False):
        store = open_store(url)
        store.unknown_screens.tell("ja", "login", "古い")
        clock.go_on(days=DAYS_KEPT, seconds=1)
        if read:
            assert texts(store) == []
        else:
            store = open_store(url)
        clock.go_on(days=-DAYS_KEPT)

        assert texts(store) == []


def test_the_last_days_can_be_read_alone_but_never_more_than_30(store: Store, clock: Clock) -> None:
    store.unknown_screens.tell("ja", "login", "三日前")
    clock.go_on(days=3)
    store.unknown_screens.tell("ja", "login", "今日")

    assert texts(store, days=1) == ["今日"]
    assert texts(store, days=3) == ["今日", "三日前"]
    clock.go_on(days=29)
    assert texts(store, days=1000) == ["今日"]


def test_all_can_be_forgotten_at_once(store: Store) -> None:
    store.unknown_screens.tell("ja", "login", "一つ目")
    store.unknown_screens.tell("ja", "login", "二つ目")

    assert store.unknown_screens.forget() == 2
    assert texts(store) == []
    assert store.unknown_screens.forget() == 0


def test_sixty_an_hour_are_enough(store: Store, clock: Clock) -> None:
    for _ in range(TOLD_AN_HOUR):
        assert store.unknown_screens.tell("ja", "login", "画面") is not None
        clock.go_on(seconds=50)
    assert store.unknown_screens.tell("ja", "login", "多すぎる") is None
    clock.go_on(seconds=601)

    assert store.unknown_screens.tell("ja", "login", "次の時間") is not None
    assert "多すぎる" not in texts(store)


def test_many_who_tell_at_once_are_counted_one_by_one(url: str, open_store: Callable[[str], Store]) -> None:
    nodes = [open_store(url), open_store(url)]
    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(lambda n: nodes[n % 2].unknown_screens.tell("ja", "login", "画面"), range(80)))

    assert sum(each is not None for each in told) == TOLD_AN_HOUR
    assert len(texts(nodes[0])) == TOLD_AN_HOUR


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=300))
def test_any_text_is_kept_exactly_as_it_is_masked(store: Store, clock: Clock, text: str) -> None:
    clock.go_on(hours=2)
    kept = masked(text, {"50126"})
    if has_words(kept):
        store.unknown_screens.tell("ja", "login", text)

        assert texts(store, days=1)[0] == kept
