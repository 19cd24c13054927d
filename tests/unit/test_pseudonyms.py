"""The key that children's pseudonyms are made with: one a folder, whoever comes first."""

from __future__ import annotations

import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pipelines.pseudonyms import Pseudonyms, _write_key
from returns.places import Places

PEOPLE, FOLDERS = 8, 40


def test_all_who_need_a_new_folders_key_at_the_same_moment_have_the_same_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)  # threads take turns often, as on a busy server
    try:
        with ThreadPoolExecutor(PEOPLE) as people:
            for number in range(FOLDERS):
                places, start = Places.of(tmp_path / str(number)), threading.Barrier(PEOPLE)

                def first_load(_: int, places: Places = places, start: threading.Barrier = start) -> list[str]:
                    start.wait()
                    return Pseudonyms.of(places).of_identifiers("council", ["1"])

                found = list(people.map(first_load, range(PEOPLE)))
                assert found == [found[0]] * PEOPLE
                assert [one.name for one in places.data.iterdir()] == [places.key.name], "nothing is left beside it"
    finally:
        sys.setswitchinterval(interval)


def test_where_there_are_no_hard_links_the_first_key_counts_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise OSError("this file system has no hard links")

    monkeypatch.setattr("os.link", refused)
    places = Places.of(tmp_path)
    first = Pseudonyms.of(places).of_identifiers("council", ["1"])
    _write_key(places.key)
    assert Pseudonyms.of(places).of_identifiers("council", ["1"]) == first


def test_pseudonyms_made_many_at_a_time_are_those_that_every_data_folder_has(tmp_path: Path) -> None:
    made = Pseudonyms.of(Places.of(tmp_path))
    ids = ["1", "00017", "Zoë 3", "\ud800", "x" * 200]
    alone = [made.of_bytes(b"council\x1f" + each.encode("utf-8", "surrogatepass")) for each in ids]
    assert made.of_identifiers("council", ids) == alone
