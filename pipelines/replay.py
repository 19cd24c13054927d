"""Making the warehouse what the ledger says: after a load that was killed, a retraction, or from nothing.

Files are read again from `data/raw/` with what was told and known when they were first loaded, so the same
rows come out. Only which submissions stand decides what the warehouse holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from pipelines.accepting import Identity, remove_rows, write_rows
from pipelines.batch import STANDING, Batch, batch
from pipelines.code_lists import every_list
from pipelines.file_report import FileReport
from pipelines.findings import Finding
from pipelines.pseudonyms import Pseudonyms
from pipelines.raw_files import raw_path
from pipelines.receiving import Desk, ReceivedFile, ReceivedReturn, receive
from pipelines.submissions import SubmissionReport
from pipelines.whose_and_when import Told
from returns.periods import Period
from returns.places import Places
from warehouse import store
from warehouse.ledger import Ledger, SubmissionRecord
from warehouse.problems import WarehouseError

# What is said of a submission when it is loaded, and is not a fact about its file.
OF_THE_LOADING = frozenset({
    "supersedes", "held-rows-resolved", "same-file", "nil-recorded", "count-far-from-last", "conference-not-listed",
    "school-not-listed",
})

Progress = Callable[[int, int, str], None]


class ReplayFailed(WarehouseError):
    """A received file no longer gives what was accepted from it."""


class NotPossible(WarehouseError):
    """The submission cannot be retracted or restored as it stands."""

    exit_code = 2


@dataclass(frozen=True)
class Rebuilt:
    """What a rebuild did: how many submissions stand, those whose rows differ from the ledger's, the new version."""

    submissions: int
    differing: tuple[str, ...]
    version: int | None


def catch_up(made: Batch) -> bool:
    """Whether the version lacked something that the ledger says was done; it does not any more."""
    if not store.behind(made.places, made.ledger):
        return False
    settle(made)
    return True


def rebuild(places: Places, *, password: str | None = None, progress: Progress | None = None) -> Rebuilt:
    """A new version made from nothing but the ledger and the files received."""
    with batch(places, from_scratch=True) as made:
        differing = settle(made, password=password, progress=progress)
        standing = sum(record.status in STANDING for record in made.records())
    return Rebuilt(standing, differing, store.current_version(places))


def retract(places: Places, submission: str, *, why: str) -> SubmissionRecord:
    """The submission as it stood; it counts no more. Raises NotPossible."""
    with batch(places) as made:
        record = _the_record(made, submission)
        if record.status not in STANDING:
            raise NotPossible(f"{record.id} is {record.status}: only a submission that counts can be retracted.")
        made.line("retracted", record.id, reason=why)
        settle(made)
    return record


def restore(places: Places, submission: str, *, why: str) -> SubmissionRecord | None:
    """The submission that made way for the restored one, if any. Raises NotPossible."""
    with batch(places) as made:
        record = _the_record(made, submission)
        if record.status not in ("retracted", "superseded"):
            raise NotPossible(f"{record.id} is {record.status}: only one retracted or replaced can be restored.")
        replaced = made.standing(record.return_name, record.agency, record.period)
        if replaced is not None:
            made.line("superseded", replaced.id, superseded_by=record.id)
        made.line("restored", record.id, reason=why)
        settle(made)
    return replaced


def settle(
    made: Batch, *, password: str | None = None, progress: Progress | None = None
) -> tuple[str, ...]:
    """The version holds exactly the submissions that stand. Gives those whose rows now count differently."""
    connection = made.builder.connection
    rows = connection.execute("SELECT id FROM main.submissions WHERE status = 'accepted'").fetchall()
    there = {str(row[0]) for row in rows}
    standing = [record for record in made.records() if record.status in STANDING]
    for gone in sorted(there - {record.id for record in standing}):
        remove_rows(connection, gone)
    missing = [record for record in standing if record.id not in there and record.status == "accepted"]
    replay_published(made)
    return tuple(_replay(made, missing, password, progress))


def _the_record(made: Batch, submission: str) -> SubmissionRecord:
    for record in made.records():
        if record.id == submission:
            return record
    raise NotPossible(f"There is no submission {submission!r}. `python -m pipelines submissions` lists them.")


def _replay(
    made: Batch, missing: list[SubmissionRecord], password: str | None, progress: Progress | None
) -> Iterator[str]:
    """Each submission's rows, read again from its file; gives back those whose counts differ."""
    pseudonyms = Pseudonyms.of(made.places, expected=bool(missing))
    together = [list(group) for _same, group in groupby(missing, key=_sent_together)]
    for done, records in enumerate(together):
        if progress:
            progress(done, len(together), records[0].file or "")
        for record, received in _read_again(made, records, pseudonyms, password):
            if received.checked is None or received.agency is None or received.when is None:
                raise ReplayFailed(_cannot(record, received.findings))
            identity = Identity(record.id, record.agency, record.period, received.when.extracted)
            findings = (found for found in received.findings if found.code not in OF_THE_LOADING)
            write_rows(
                made.builder.connection, received.checked, identity, findings=findings, pseudonyms=pseudonyms
            )
            counted = (record.rows_read, record.rows_accepted)
            if counted != (received.checked.clean.rows_read, received.checked.rows_accepted):
                yield record.id


def _sent_together(record: SubmissionRecord) -> tuple[str | None, str, str, str | None]:
    return record.stored_as, record.agency, record.period, record.extracted


def file_report_of(places: Places, submission: str, *, password: str | None = None) -> FileReport:
    """A submission's kept file, its cells and findings, read again with what was known when it was loaded.

    Raises NotPossible where no file was kept (a nil return, a refusal); RawFileChanged; ReplayFailed.
    """
    ledger = Ledger(places)
    record = ledger.submission(submission) if places.journal.exists() else None
    if record is None or record.stored_as is None:
        raise NotPossible(f"No file was kept of a submission {submission}.")
    received = receive_again(places, ledger, record, Pseudonyms.for_checking(places), password)
    item = _of_record(record, received)
    report = SubmissionReport(
        id=record.id, return_name=record.return_name, agency=record.agency, period=record.period,
        extracted=item.when.extracted if item.when else None, file=received.name, sheet=record.sheet,
        status=record.status, rows_read=record.rows_read, rows_accepted=record.rows_accepted,
        rows_held=record.rows_held, findings=item.findings,
    )
    shown = any(ledger.events("demo"))
    return FileReport(replace(received, returns=(item,), ignored=()), (report,), shown)


def _read_again(
    made: Batch, records: list[SubmissionRecord], pseudonyms: Pseudonyms, password: str | None
) -> Iterator[tuple[SubmissionRecord, ReceivedReturn]]:
    """The returns of one file, as its submissions have them."""
    received = receive_again(made.places, made.ledger, records[0], pseudonyms, password)
    for record in records:
        yield record, _of_record(record, received)


def _of_record(record: SubmissionRecord, received: ReceivedFile) -> ReceivedReturn:
    wanted = (record.return_name, record.sheet)
    for item in received.returns:
        if (item.return_name, item.sheet) == wanted:
            return item
    raise ReplayFailed(_cannot(record, (found for item in received.returns for found in item.findings)))


def receive_again(
    places: Places, ledger: Ledger, first: SubmissionRecord, pseudonyms: Pseudonyms, password: str | None
) -> ReceivedFile:
    """The file of a submission as it was received: with what was told of it, and the answers of its time."""
    if first.stored_as is None or first.extracted is None:
        raise ReplayFailed(f"The ledger does not say which file {first.id} came in.")
    path = raw_path(places, first.stored_as, first.sha256)
    desk = Desk(
        codes=every_list(places.reference), pseudonyms=pseudonyms, password=password,
        answers=lambda agency: ledger.answers(agency, before=first.ledger_event),
        headers=lambda agency: ledger.header_answers(agency, before=first.ledger_event),
        remembered=lambda _name, _layout: None,
    )
    told = Told(
        today=date.fromisoformat((first.received_at or first.extracted)[:10]), agency=first.agency,
        period=Period.parse(first.period), extracted=date.fromisoformat(first.extracted),
    )
    return receive(path, told, desk, name=first.file)


def _cannot(record: SubmissionRecord, findings: Iterable[Finding]) -> str:
    codes = ", ".join(sorted({item.code for item in findings if item.severity == "block"})) or "nothing recognised"
    return (
        f"{record.id} ({record.stored_as}) can no longer be read as it was accepted: {codes}. Nothing was changed. "
        f"Take it out with `python -m pipelines retract {record.id} --why TEXT`, which keeps its file, ask its sender "
        "for it again, and go on with what you were doing."
    )


def replay_published(made: Batch) -> None:
    """The published statistics in the version are those of the last file of each source that the ledger has."""
    from pipelines.published import reload_published

    latest = {e.payload["source"]: e.payload for e in made.events if e.kind == "published"}
    held = dict(made.builder.connection.execute("SELECT source, sha256 FROM main.published_files").fetchall())
    for source, payload in latest.items():
        if held.get(source) != payload["sha256"]:
            reload_published(made.builder, made.places, file=str(payload["file"]), stored_as=str(payload["stored_as"]))
