"""Loading: files in, submissions out; every row accounted for; one version of the warehouse for all the files.

Each file stands alone: one that is refused stops none of the others. Nothing that a cell says is logged.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from pipelines.accepting import Identity, remove_rows, write_rows
from pipelines.batch import STANDING, Batch, batch, now, today
from pipelines.code_lists import every_list
from pipelines.difference import Difference, difference, with_held_rows
from pipelines.faults import without_words
from pipelines.file_report import Each, FileReport
from pipelines.findings import Finding, finding
from pipelines.last_quarter import Earlier, rows_sent, totals_sent
from pipelines.opening import open_workbook
from pipelines.pseudonyms import Pseudonyms
from pipelines.raw_files import keep_raw
from pipelines.reading_ahead import Opening
from pipelines.receiving import Desk, ReceivedFile, ReceivedReturn, nil_returns, receive
from pipelines.replay import OF_THE_LOADING, catch_up
from pipelines.submissions import IgnoredSheet, LoadReport, SubmissionReport
from pipelines.values_held import values_held
from pipelines.whose_and_when import Told
from returns.catalogue import the_return
from returns.partnership import SettingsError
from returns.periods import Period
from returns.places import Places
from warehouse import store
from warehouse.ledger import ANSWERS, Ledger, SubmissionRecord, answer_lines, asked_about

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Sending:
    """A file, or a nil return without one, and what is known of it; None is left to the file and the ledger.

    `name` is what the sender called a file that is kept under another name; `sheets` are the only ones wanted of it;
    `password` opens this file, where that of the Options does not.
    """

    path: Path | None
    agency: str | None = None
    period: Period | None = None
    extracted: date | None = None
    nil: frozenset[str] = frozenset()
    name: str | None = None
    sheets: frozenset[str | None] | None = None
    password: str | None = None

    @property
    def called(self) -> str:
        """The file's name as its sender gave it; empty for a nil return without a file."""
        return self.name or (self.path.name if self.path else "")


@dataclass(frozen=True)
class CheckedAgainst:
    """What files were checked against before they are loaded: the version of the warehouse (None for none yet), and
    the ledger's last answer about codes, headers and agencies (0 for none)."""

    version: int | None
    answer: int = 0

    @classmethod
    def now(cls, places: Places) -> CheckedAgainst:
        """What files checked from now on are checked against. Raises a WarehouseError."""
        version = store.current_version(places)
        if not places.journal.exists():  # to open it would make one
            return cls(version)
        told = Ledger(places).events((*ANSWERS, "agency_remembered"))
        return cls(version, max((event.event_id for event in told), default=0))


class ChangedSince(store.WarehouseError):
    """The warehouse has moved on since the files were checked: they are to be looked at again before they count."""


@dataclass(frozen=True)
class Options:
    """What holds for all the files of a load: answers to unclear codes {(code list, spelling): group}, and to
    unknown headers {(return, header in plain words): field, or "" for none}; a password.

    `demonstration` is the seed of a made-up county whose files these are: what holds them is marked so for good.
    `checked` stops the load, with ChangedSince, when another has come between checking and loading. `opening` opens
    the files.
    """

    answers: Mapping[tuple[str, str], str] = field(default_factory=dict)
    headers: Mapping[tuple[str, str], str] = field(default_factory=dict)
    password: str | None = None
    demonstration: int | None = None
    checked: CheckedAgainst | None = None
    opening: Opening = open_workbook


Progress = Callable[[int, int, str], None]


def check_files(
    places: Places, sendings: Sequence[Sending], *, options: Options | None = None, each: Each | None = None,
    step: Callable[[float], None] | None = None,
) -> LoadReport:
    """What loading the files would come to. Nothing is written, here or in the ledger.

    `each` is given every file as soon as it is checked; `step` is told how far the file in hand is, from 0 to 1.
    """
    options = options or Options()
    ledger = Ledger(places) if places.journal.exists() else None  # to open it would make one
    records = ledger.submissions() if ledger else []
    desk = _desk(places, options, Pseudonyms.for_checking(places), ledger, lambda: records)
    if step:
        desk = replace(desk, step=step)
    shown = ledger is not None and any(ledger.events("demo"))
    reports: list[SubmissionReport] = []
    ignored: list[IgnoredSheet] = []
    for sending in sendings:
        received = _receive(sending, desk)
        ignored += received.ignored
        found = [_as_it_would_be(received, item, records) for item in received.returns]
        reports += found
        if each:
            each(FileReport(received, tuple(found), shown))
    return LoadReport(tuple(reports), tuple(ignored), store.current_version(places))


def load_files(
    places: Places, sendings: Sequence[Sending], *, options: Options | None = None, progress: Progress | None = None,
    each: Each | None = None,
) -> LoadReport:
    """What became of each file. One version of the warehouse holds them all; none is made when nothing changed.

    Raises a WarehouseError (LoadRunning when another load is running). `progress` is told (done, all, file); `each`
    is given every file as soon as it is taken, before the version is whole.
    """
    options = options or Options()
    reports: list[SubmissionReport] = []
    ignored: list[IgnoredSheet] = []
    with batch(places) as made:
        _refuse_when_changed(places, options)
        catch_up(made)
        if options.demonstration is not None and not any(event.kind == "demo" for event in made.events):
            made.line("demo", seed=options.demonstration)
        known = any(record.rows_read for record in made.records())
        desk = _desk(places, options, Pseudonyms.of(places, expected=known), made.ledger, made.records)
        for done, sending in enumerate(sendings):
            if progress:
                progress(done, len(sendings), sending.called)
            received = _receive(sending, desk)
            ignored += received.ignored
            found = _Taking(made, desk, options, sending).take(received)
            reports += found
            if each:
                shown = any(event.kind == "demo" for event in (*made.events, *made.pending))
                each(FileReport(received, tuple(found), shown))
        if progress:
            progress(len(sendings), len(sendings), "")
    return LoadReport(tuple(reports), tuple(ignored), store.current_version(places))


def _as_it_would_be(
    received: ReceivedFile, item: ReceivedReturn, records: Iterable[SubmissionRecord]
) -> SubmissionReport:
    """What would become of a return if it were loaded now."""
    same, replaced = _same_file(received, item, records), _standing(item, records)
    report = _report(received, item, None, "unchanged" if same else "accepted")
    return report if same or replaced is None else replace(report, replaces=replaced.id)


def holds_demonstration(places: Places) -> bool:
    """Whether the data folder holds the made-up county: real files loaded into it would be counted with it."""
    return places.journal.exists() and any(Ledger(places).events("demo"))


def _refuse_when_changed(places: Places, options: Options) -> None:
    then, current = options.checked, CheckedAgainst.now(places)
    if then is not None and then.version != current.version:
        raise ChangedSince(
            f"The warehouse has changed since these files were checked (version {then.version or 0} then, "
            f"{current.version or 0} now). Nothing was loaded: look at them again."
        )
    if then is not None and then.answer != current.answer:
        raise ChangedSince(
            "A question about a code, a header or an agency was answered since these files were checked. Nothing was "
            "loaded: look at them again."
        )


def _desk(
    places: Places, options: Options, pseudonyms: Pseudonyms, ledger: Ledger | None,
    records: Callable[[], Iterable[SubmissionRecord]],
) -> Desk:
    return Desk(
        codes=every_list(places.reference), pseudonyms=pseudonyms, password=options.password,
        answers=lambda agency: {**(ledger.answers(agency) if ledger else {}), **options.answers},
        headers=lambda agency: {**(ledger.header_answers(agency) if ledger else {}), **options.headers},
        remembered=ledger.remembered_agency if ledger else lambda _name, _layout: None,
        earlier=Earlier(rows_sent(records), totals_sent(places)), held=values_held(places),
        opening=options.opening,
    )


def _receive(sending: Sending, desk: Desk) -> ReceivedFile:
    told = Told(today(), sending.agency, sending.period, sending.extracted, sending.nil)
    if sending.path is None:
        return nil_returns(told)
    if sending.password is not None:
        desk = replace(desk, password=sending.password)
    try:
        received = receive(sending.path, told, desk, name=sending.name)
        if sending.sheets is None:
            return received
        wanted = tuple(item for item in received.returns if item.sheet in sending.sheets)
        return replace(received, returns=wanted)
    except (store.WarehouseError, SettingsError):
        raise
    except Exception as error:  # noqa: BLE001 - logged by its kind alone; see below
        # The other files must load. What the error says may quote a cell, so only its kind is written down.
        _log.error("a file could not be read: %s", without_words(error))
        fault = finding("program-fault", kind=without_words(error))
        refused = ReceivedReturn(None, None, None, None, (fault,))
        return ReceivedFile(sending.path, sending.called, None, None, (refused,))


@dataclass
class _Taking:
    """Takes one file's returns into the batch."""

    made: Batch
    desk: Desk
    options: Options
    sending: Sending
    stored_as: str | None = None

    def take(self, received: ReceivedFile) -> list[SubmissionReport]:
        records = self.made.records()
        self._remember_answers(received)
        return [self._take_one(received, item, records) for item in received.returns]

    def _take_one(
        self, received: ReceivedFile, item: ReceivedReturn, records: Sequence[SubmissionRecord]
    ) -> SubmissionReport:
        if item.refused:
            return self._refuse(received, item)
        same = None if self._answers_are_new(item) else _same_file(received, item, records)
        if same is not None:
            self.made.line("unchanged", None, same_as=same.id, file=received.name, sha256=received.sha256)
            note = finding("same-file", sheet=item.sheet, period=same.period, submission=same.id)
            return _report(received, replace(item, findings=(note, *item.findings)), same.id, "unchanged")
        return self._accept(received, item, _standing(item, records))

    def _refuse(self, received: ReceivedFile, item: ReceivedReturn) -> SubmissionReport:
        number = self.made.ledger.next_submission_id()
        codes = sorted({found.code for found in item.findings if found.severity == "block"})
        self.made.line("refused", number, **_facts(received, item), reason=" ".join(codes))
        return _report(received, item, number, "refused")

    def _accept(
        self, received: ReceivedFile, item: ReceivedReturn, replaced: SubmissionRecord | None
    ) -> SubmissionReport:
        number = self.made.ledger.next_submission_id()
        if received.workbook is not None and self.stored_as is None:
            self.stored_as = keep_raw(self.made, received, str(item.when.period) if item.when else "")
        facts = _facts(received, item)
        self.made.line("received", number, **facts, stored_as=self.stored_as, received_at=now())
        counts = _counts(item)
        self.made.line(
            "nil" if item.nil else "accepted", number, **counts, supersedes=replaced.id if replaced else None
        )
        self._remember_agency(item)
        connection = self.made.builder.connection
        if item.checked is not None and item.agency is not None and item.when is not None:
            identity = Identity(number, item.agency.name, str(item.when.period), item.when.extracted)
            write_rows(
                connection, item.checked, identity, pseudonyms=self.desk.pseudonyms,
                findings=(found for found in item.findings if found.code not in OF_THE_LOADING),
            )
        if replaced is None:
            return _report(received, item, number, "accepted")
        found = self._replace(item, number, replaced)
        said = _said_of(found, item, replaced)
        report = _report(received, replace(item, findings=(*said, *item.findings)), number, "accepted")
        return replace(report, replaces=replaced.id, difference=found)

    def _replace(self, item: ReceivedReturn, number: str, replaced: SubmissionRecord) -> Difference:
        """How the new submission differs from the earlier one, whose rows are out."""
        connection = self.made.builder.connection
        found = difference(connection, the_return(item.return_name or ""), new=number, old=replaced.id)
        if item.checked is not None:
            found = with_held_rows(
                found, connection, item.checked, self.desk.pseudonyms, new=number, old=replaced.id
            )
        remove_rows(connection, replaced.id)
        self.made.line("superseded", replaced.id, superseded_by=number, **found.as_ledger())
        return found

    def _remember_answers(self, received: ReceivedFile) -> None:
        for agency in sorted({item.agency.name for item in received.returns if item.agency}):
            returns = {item.return_name for item in received.returns if item.agency and item.agency.name == agency}
            known = {asked_about(e.payload): e.payload for e in self.made.ledger.answers_in_force(agency)}
            known |= {asked_about(e.payload): e.payload for e in self.made.pending if e.kind in ANSWERS}
            for kind, about in answer_lines(self.options.answers, self.options.headers, returns):
                payload = {"agency": agency, **about}
                if known.get(asked_about(payload)) != payload:
                    self.made.line(kind, **payload)

    def _answers_are_new(self, item: ReceivedReturn) -> bool:
        """Whether an answer was given, or withdrawn, since the agency's last submission: the file then says more."""
        agency = item.agency.name if item.agency else None
        lines = [*self.made.events, *self.made.pending]
        answers = (e.event_id for e in lines if e.kind in ANSWERS and e.payload.get("agency") == agency)
        answered = max(answers, default=0)
        standing = _standing(item, self.made.records())
        return standing is not None and answered > standing.ledger_event

    def _remember_agency(self, item: ReceivedReturn) -> None:
        if self.sending.agency and item.layout and item.return_name:
            known = self.made.ledger.remembered_agency(item.return_name, item.layout)
            if known != self.sending.agency:
                self.made.line(
                    "agency_remembered", return_name=item.return_name, layout_hash=item.layout,
                    agency=self.sending.agency,
                )


def _said_of(found: Difference, item: ReceivedReturn, replaced: SubmissionRecord) -> Iterator[Finding]:
    """What the analyst is told of a submission that takes another's place."""
    yield finding(
        "supersedes", sheet=item.sheet, submission=replaced.id, added=len(found.added), gone=len(found.gone),
        changed=len(found.changed),
    )
    if found.resolved:
        yield finding(
            "held-rows-resolved", sheet=item.sheet, submission=replaced.id, count=len(found.resolved),
            held=found.held_before, still=found.still_held,
        )


def _facts(received: ReceivedFile, item: ReceivedReturn) -> dict[str, Any]:
    """What the ledger says of a submission that was received: never a cell."""
    return {
        "return_name": item.return_name or "", "agency": item.agency.name if item.agency else "",
        "period": str(item.when.period) if item.when else "",
        "extracted": item.when.extracted.isoformat() if item.when else None,
        "file": received.name, "sha256": received.sha256, "sheet": item.sheet, "edition": item.edition,
    }


def _counts(item: ReceivedReturn) -> dict[str, int]:
    if item.checked is None:
        return {"rows_read": 0, "rows_accepted": 0, "rows_held": 0}
    clean = item.checked.clean
    return {"rows_read": clean.rows_read, "rows_accepted": item.checked.rows_accepted, "rows_held": len(clean.held)}


def _standing(item: ReceivedReturn, records: Iterable[SubmissionRecord]) -> SubmissionRecord | None:
    """The submission that counts now for the same return, agency and period."""
    if item.agency is None or item.when is None:
        return None
    wanted = (item.return_name, item.agency.name, str(item.when.period))
    found = [r for r in records if r.status in STANDING and (r.return_name, r.agency, r.period) == wanted]
    return found[-1] if found else None


def _same_file(
    received: ReceivedFile, item: ReceivedReturn, records: Iterable[SubmissionRecord]
) -> SubmissionRecord | None:
    """The submission that carries this very file, extract date included, and counts now."""
    standing = _standing(item, records)
    if item.refused or standing is None or received.sha256 is None or standing.sha256 != received.sha256:
        return None
    same_day = item.when is not None and standing.extracted == item.when.extracted.isoformat()
    return standing if same_day and item.nil == (standing.status == "nil") else None


def _report(received: ReceivedFile, item: ReceivedReturn, number: str | None, status: str) -> SubmissionReport:
    counts = _counts(item)
    return SubmissionReport(
        id=number, return_name=item.return_name, agency=item.agency.name if item.agency else None,
        period=str(item.when.period) if item.when else None, extracted=item.when.extracted if item.when else None,
        file=received.name, sheet=item.sheet, status="refused" if item.refused else status, findings=item.findings,
        rows_read=counts["rows_read"], rows_accepted=counts["rows_accepted"], rows_held=counts["rows_held"],
    )
