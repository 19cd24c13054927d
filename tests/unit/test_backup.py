"""What cannot be rebuilt is copied, whole, and put back: `python -m warehouse backup` and `restore`."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from loading import annex_a, load
from typer.testing import CliRunner

from pipelines.replay import rebuild
from returns.places import Places
from warehouse import backup
from warehouse.__main__ import app
from warehouse.entries import Journal
from warehouse.ledger import Ledger
from warehouse.store import reader

REFERRALS = [
    {"child_id": f"00{child}", "referred": date(2025, 7, 1 + child), "source": "6", "no_further_action": "No"}
    for child in range(6)
]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a return in it and a decision."""
    folder = tmp_path_factory.mktemp("filled")
    load(folder / "data", annex_a(folder / "sent.xlsx", referrals=REFERRALS), period="2025-26-Q2",
         extracted=date(2025, 10, 6))  # fmt: skip
    Journal(Places(folder / "data")).add("decision", author="Chair", payload={"text": "Kept.", "outcome": ""})
    return folder / "data"


def command(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(app, [str(one) for one in arguments])
    return done.exit_code, done.output


def counted(data: Path) -> list[tuple[object, ...]]:
    with reader(Places(data)) as opened:
        return opened.query("SELECT child_id, referred FROM known.referrals ORDER BY ALL")


def test_a_backup_put_back_and_rebuilt_gives_the_same_children_and_words(filled: Path, tmp_path: Path) -> None:
    code, said = command("backup", tmp_path / "kept", "--data", filled)
    assert code == 0, said
    (made,) = (tmp_path / "kept").iterdir()
    assert str(made) in said.replace("\n", "")
    code, said = command("restore", made, "--data", tmp_path / "new")
    assert code == 0 and "python -m pipelines rebuild" in said
    places = Places(tmp_path / "new")
    rebuild(places)
    assert counted(places.data) == counted(filled)
    kinds = [[event.kind for event in Ledger(each).events()] for each in (places, Places(filled))]
    assert kinds[0] == kinds[1]
    assert [one.payload["text"] for one in Journal(places).latest("decision")] == ["Kept."]


def test_the_list_names_every_file_and_no_version_of_the_warehouse(filled: Path, tmp_path: Path) -> None:
    code, said = command("backup", tmp_path, "--data", filled, "--json")
    made = Path(json.loads(said)["folder"])
    listed = json.loads((made / backup.LIST).read_text())["files"]
    there = {path.relative_to(made).as_posix() for path in made.rglob("*") if path.is_file()}
    assert code == 0 and set(listed) == there - {backup.LIST}
    assert {"journal.db", "pseudonym.key"} < set(listed) and not any("duckdb" in name for name in listed)
    assert sum(name.startswith("raw/") for name in listed) == 1


def test_a_data_folders_own_reference_tables_go_with_it_and_the_projects_do_not(filled: Path, tmp_path: Path) -> None:
    assert not any(name.startswith("reference/") for name in backup.backup(Places(filled), tmp_path / "plain").files)
    own = Path(shutil.copytree(filled, tmp_path / "own"))
    (own / "reference").mkdir()
    (own / "reference" / "population.csv").write_text("area_code,year\n")
    made = backup.backup(Places(own), tmp_path / "kept")
    backup.restore(Places(tmp_path / "new"), made.folder)
    assert (tmp_path / "new" / "reference" / "population.csv").read_text() == "area_code,year\n"
    (tmp_path / "other" / "reference").mkdir(parents=True)
    code, said = command("restore", made.folder, "--data", tmp_path / "other")
    assert code == 2 and "nothing of it is overwritten" in said


def test_a_folder_that_holds_anything_is_not_overwritten(filled: Path, tmp_path: Path) -> None:
    made = backup.backup(Places(filled), tmp_path).folder
    code, said = command("restore", made, "--data", filled)
    assert code == 2 and "nothing of it is overwritten" in said


def test_a_backup_that_was_changed_or_lacks_a_file_is_not_put_back(filled: Path, tmp_path: Path) -> None:
    made = backup.backup(Places(filled), tmp_path).folder
    (raw,) = (path for path in (made / "raw").rglob("*") if path.is_file())
    raw.chmod(0o600)
    whole = raw.read_bytes()
    for damage in (lambda: raw.write_bytes(whole[:-1]), raw.unlink):
        damage()
        code, said = command("restore", made, "--data", tmp_path / "new")
        assert code == 1 and "not what was backed up" in said
        assert not (tmp_path / "new" / "journal.db").exists()


@pytest.mark.parametrize("listed", ["", "[]", '{"made_at": "then", "files": {}}', '{"files": {}}'])
def test_a_folder_that_is_no_backup_is_refused(tmp_path: Path, listed: str) -> None:
    (tmp_path / backup.LIST).write_text(listed)
    code, said = command("restore", tmp_path, "--data", tmp_path / "new")
    assert code == 2 and "is no backup" in said and "Traceback" not in said


def test_a_list_that_names_files_outside_its_folder_is_refused(tmp_path: Path) -> None:
    for name in ("../key", "/etc/passwd"):
        (tmp_path / backup.LIST).write_text(json.dumps({"made_at": "2025-10-06T09:00:00+00:00", "files": {name: ""}}))
        code, said = command("restore", tmp_path, "--data", tmp_path / "new")
        assert code == 2 and "outside itself" in said


def test_nothing_to_keep_and_a_place_inside_the_data_folder_are_sentences(filled: Path, tmp_path: Path) -> None:
    code, said = command("backup", tmp_path / "kept", "--data", tmp_path / "empty")
    assert code == 2 and "There is nothing to back up" in said and not (tmp_path / "kept").exists()
    code, said = command("backup", filled / "kept", "--data", filled)
    assert code == 2 and "would be lost with it" in said


def test_a_disk_that_is_full_leaves_no_half_backup(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", full)
    code, said = command("backup", tmp_path / "kept", "--data", filled)
    assert code == 1 and "no room left" in said
    assert list((tmp_path / "kept").iterdir()) == []
