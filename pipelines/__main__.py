"""`python -m pipelines`: files in, submissions out. Run with --help for the commands.

Exit codes: 0 done; 1 something was held or refused, and the findings say what; 2 wrong usage; 3 another load is
running; 4 a file was refused as unsafe. A user's mistake is a sentence, never a traceback.
"""

from __future__ import annotations

import gc
import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any

import typer

from pipelines.command_words import (
    Usage,
    answers_given,
    day_given,
    files_given,
    folder_given,
    headers_given,
    nil_given,
    password_given,
    period_given,
    what_to_forget,
)
from pipelines.faults import step_by_step
from returns.places import Places

app = typer.Typer(
    name="pipelines", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
    help="Files that agencies send, loaded into the warehouse.",
)

Files = Annotated[
    list[Path] | None, typer.Argument(metavar="FILE…", help="Workbooks or tables of text, or folders of them.")
]
Data = Annotated[Path | None, typer.Option("--data", help="The data folder; else SCORECARD_DATA, else data/.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON value and nothing else.")]
PeriodText = Annotated[str | None, typer.Option("--period", help="The quarter it is for, as 2025-26-Q2.")]
AgencyName = Annotated[str | None, typer.Option("--agency", help="Who sent it, by its name in config/agencies.yaml.")]
Extracted = Annotated[str | None, typer.Option("--extracted", help="The extract's day, as 30/09/2025 or 2025-09-30.")]
Nil = Annotated[list[str] | None, typer.Option("--nil", help="A return for which there was nothing to report.")]
Answer = Annotated[
    list[str] | None, typer.Option("--answer", help="What an unclear code means: 'LIST: SPELLING = GROUP'. Remembered.")
]
Header = Annotated[
    list[str] | None,
    typer.Option("--header", help="Which column a header is: 'RETURN: THEIR HEADER = FIELD', or none. Remembered."),
]
Out = Annotated[
    Path | None, typer.Option("--out", help="Write the findings, a marked copy and a message for each file here.")
]
Agency = Annotated[str, typer.Option("--agency", help="Whose, by its name in config/agencies.yaml.")]
Why = Annotated[str, typer.Option("--why", help="The reason, kept in the ledger.")]
Identifier = Annotated[str, typer.Argument(metavar="ID", help="The submission, as S000123.")]

FAULT = "A fault in the program. Please report it with the lines below, which hold nothing of any file."
MIXED = (
    "This data folder holds the demonstration, a made-up county: what is loaded is counted together with its made-up "
    "children. For real returns give a folder of their own with --data."
)


@app.command()
def check(
    files: Files = None, period: PeriodText = None, agency: AgencyName = None, extracted: Extracted = None,
    nil: Nil = None, answer: Answer = None, header: Header = None, out: Out = None, data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Say what loading the files, or all the files of a folder, would come to. The warehouse is left as it is."""
    with _sentences(), _read_ahead(files) as opening:
        from pipelines.load import check_files

        work = _told(files, period, agency, extracted, nil, answer, header, out, data, opening)
        report = check_files(work.places, work.sendings, options=work.options, each=work.replies)
        _tell(report, work, as_json=as_json, checked=True)


@app.command()
def load(
    files: Files = None, period: PeriodText = None, agency: AgencyName = None, extracted: Extracted = None,
    nil: Nil = None, answer: Answer = None, header: Header = None, out: Out = None, data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Load the files, or all the files of a folder, into a new version of the warehouse, every row accounted for."""
    with _sentences(), _read_ahead(files) as opening:
        from pipelines.load import holds_demonstration, load_files

        work = _told(files, period, agency, extracted, nil, answer, header, out, data, opening)
        if holds_demonstration(work.places):
            typer.echo(MIXED, err=True)
        progress = None if as_json or not sys.stderr.isatty() else _say_progress
        report = load_files(work.places, work.sendings, options=work.options, progress=progress, each=work.replies)
        _tell(report, work, as_json=as_json, checked=False)


@app.command()
def remember(
    agency: Agency, header: Header = None, answer: Answer = None, data: Data = None,
) -> None:
    """Remember what an agency's own headers and codes mean, for its later files."""
    with _sentences():
        from pipelines.remembering import Answers
        from pipelines.remembering import remember as keep

        places = Places.of(data)
        answers = Answers(answers_given(answer, places.reference), headers_given(header))
        if not answers.codes and not answers.headers:
            raise Usage("Say what to remember: --header 'THEIR HEADER = FIELD', or --answer 'LIST: CODE = GROUP'.")
        new = keep(places, agency, answers)
        typer.echo(f"{new} remembered of {agency}." if new else f"Nothing new: it is already known of {agency}.")


@app.command()
def remembered(agency: AgencyName = None, data: Data = None, as_json: AsJson = False) -> None:
    """List what is remembered of the agencies' own headers and codes."""
    with _sentences():
        from pipelines.command_output import remembered_table
        from pipelines.remembering import remembered as what_is_known

        known = what_is_known(Places.of(data), agency)
        _print([item.as_json() for item in known] if as_json else remembered_table(known))


@app.command()
def forget(
    agency: Agency, why: Why,
    header: Annotated[str | None, typer.Option("--header", help="'RETURN: THEIR HEADER'.")] = None,
    answer: Annotated[str | None, typer.Option("--answer", help="'LIST: SPELLING'.")] = None, data: Data = None,
) -> None:
    """Withdraw what is remembered of an agency's header or code. What was loaded with it stays as it is."""
    with _sentences():
        from pipelines.remembering import find, withdraw

        kind, about, asked = what_to_forget(header, answer)
        withdraw(Places.of(data), find(Places.of(data), agency, kind=kind, about=about, asked=asked), why=why)
        typer.echo(f"{asked} is asked about again when {agency} next sends it.")


@app.command()
def submissions(data: Data = None, as_json: AsJson = False) -> None:
    """List every submission as it now stands."""
    with _sentences():
        from pipelines.command_output import submissions_json, submissions_table
        from warehouse.ledger import Ledger, fold

        places = Places.of(data)
        events = list(Ledger(places).events()) if places.journal.exists() else []
        records = fold(events)
        if not as_json:
            _print(submissions_table(records))
            return
        from pipelines.expectations import due_dates
        from pipelines.story import stories

        shown = any(event.kind == "demo" for event in events)
        due = due_dates(places, records, demonstration=shown)
        _print(submissions_json(records, stories=stories(events), due=due))


@app.command()
def chase(period: PeriodText = None, data: Data = None, as_json: AsJson = False) -> None:
    """List what each agency still owes for a quarter, with the message to it written."""
    with _sentences():
        from pipelines.chase import chase as what_is_owed
        from pipelines.chase import chase_text

        asked = period_given(period)
        if asked is None:
            raise Usage("Say which quarter with --period, as 2025-26-Q2.")
        found = what_is_owed(Places.of(data), period=asked)
        if as_json:
            _print([each.as_json() for each in found])
        else:
            _print(chase_text(found, period=asked.quarter()))


@app.command()
def retract(submission: Identifier, why: Why, data: Data = None) -> None:
    """Take a submission out of every figure. It stays in the ledger and can be restored."""
    with _sentences():
        from pipelines.replay import retract as take_out

        record = take_out(Places.of(data), submission, why=why)
        typer.echo(f"{record.id} ({record.return_name}, {record.period}) no longer counts.")
        if record.supersedes:
            typer.echo(f"It had replaced {record.supersedes}: `restore {record.supersedes}` brings that back.")


@app.command()
def restore(submission: Identifier, why: Why, data: Data = None) -> None:
    """Let a submission that was retracted or replaced count again."""
    with _sentences():
        from pipelines.replay import restore as bring_back

        replaced = bring_back(Places.of(data), submission, why=why)
        typer.echo(f"{submission} counts again." + (f" {replaced.id} made way for it." if replaced else ""))


@app.command()
def rebuild(data: Data = None) -> None:
    """Make the warehouse again from the ledger and the files received."""
    with _sentences():
        from pipelines.replay import rebuild as build_again

        progress = _say_progress if sys.stderr.isatty() else None
        made = build_again(Places.of(data), password=password_given(), progress=progress)
        typer.echo(f"Version {made.version} was made from {made.submissions} submissions.")
        if made.differing:
            typer.echo(f"Rows are counted differently than when first loaded in: {', '.join(made.differing)}.")
            raise typer.Exit(1)


@app.command()
def template(
    returns: Annotated[list[str] | None, typer.Argument(metavar="RETURN…", help="Which returns; else all.")] = None,
    out: Annotated[Path, typer.Option("--out", help="The folder to write to.")] = Path("."),
) -> None:
    """Write a workbook to fill in for each return."""
    with _sentences():
        from pipelines.template import template_command

        for path in template_command(returns or (), out=out):
            typer.echo(str(path))


@app.command()
def published(files: Files = None, data: Data = None, as_json: AsJson = False) -> None:
    """Load published statistics: Explore Education Statistics files and the LAIT extract."""
    with _sentences():
        from pipelines.published import published_command

        if not files:
            raise Usage("Name at least one file of published statistics.")
        report = published_command(files, Places.of(data))
        if as_json:
            _print(report.as_json())
        else:
            for file in report.files:
                counted = f", {file.figures:,} figures of {file.areas} areas" if file.figures else ""
                typer.echo(f"{file.file}: {file.outcome}{counted}. {file.sentence}".strip())
        raise typer.Exit(report.exit_code)


@app.command()
def demo(
    quarters: Annotated[int, typer.Option("--quarters", min=1, max=40, help="How many, the last 2025-26-Q2.")] = 16,
    seed: Annotated[int, typer.Option("--seed", help="The same seed gives the same county.")] = 1,
    out: Annotated[Path | None, typer.Option("--out", help="Also keep the workbooks here.")] = None,
    data: Data = None,
) -> None:
    """Make the demonstration county's workbooks and load them."""
    with _sentences():
        from pipelines.demo import demo_command

        progress = _say_progress if sys.stderr.isatty() else None
        demo_command(Places.of(data), quarters=quarters, seed=seed, out=out, progress=progress)


def _read_ahead(files: list[Path] | None) -> AbstractContextManager[Any]:
    from pipelines.reading_ahead import reading_ahead

    return reading_ahead(files or (), password=password_given())


@dataclass(frozen=True)
class _Work:
    """What a check or load was asked to do. `inside` are folders in the folders named, which are not looked into."""

    places: Places
    sendings: list[Any]
    options: Any
    out: Path | None
    replies: Any
    inside: list[Path]


def _told(
    files: list[Path] | None, period: str | None, agency: str | None, extracted: str | None, nil: list[str] | None,
    answer: list[str] | None, header: list[str] | None, out: Path | None, data: Path | None, opening: Any,
) -> _Work:
    """What the command line said, as load and check take it. Raises Usage."""
    from pipelines.load import Options, Sending
    from pipelines.reply import Replies

    places = Places.of(data)
    if agency is not None:
        from returns.partnership import agency as known_agency

        known_agency(agency)
    found, inside = files_given(files or ())
    paths: list[Path | None] = list(found)
    if not paths:
        if not nil:
            raise Usage("Name at least one file or folder, or a nil return with --nil.")
        paths = [None]
    options = Options(
        answers=answers_given(answer, places.reference), headers=headers_given(header), password=password_given(),
        opening=opening,
    )
    about = (agency, period_given(period), day_given(extracted), nil_given(nil))
    sendings = [Sending(path, *about) for path in paths]
    return _Work(places, sendings, options, folder_given(out), Replies(places) if out else None, inside)


def _tell(report: Any, work: _Work, *, as_json: bool, checked: bool) -> None:
    from pipelines.report_table import WIDTH, report_text
    from pipelines.submissions import IgnoredSheet

    unread = (IgnoredSheet(path.name, "", "a folder inside the one that was named") for path in work.inside)
    report = replace(report, ignored=(*report.ignored, *unread))
    told = _papers(work)
    if as_json:
        _print(report.as_json())
    else:
        width = max(WIDTH, shutil.get_terminal_size().columns) if sys.stdout.isatty() else WIDTH
        _print(report_text(report, width=min(width, 200), checked=checked, told=told))
    raise typer.Exit(report.exit_code)


def _papers(work: _Work) -> list[str]:
    """Writes what goes back about each file to the folder of --out; gives what to say of it."""
    from pipelines.findings import shown
    from pipelines.sender_words import in_number

    if work.replies is None:
        return []
    try:
        written = work.replies.write(work.out)
    except OSError as error:
        # What was loaded is loaded: the report must still be seen.
        return [f"The papers could not be written to {work.out}: {(error.strerror or 'the disk refuses').lower()}."]
    files = in_number(f"{len(work.replies.made):,} [file/files]", len(work.replies.made))
    said = [f"{len(written):,} papers about {files} are in {work.out}. They hold cells as sent: keep them safe."]
    return said + [f"The papers about {shown(name)} could not be made." for name in work.replies.failed]


def _print(value: Any) -> None:
    """One JSON value, or text, on standard output; a character that the terminal lacks is written as its number."""
    # Not set out in lines: json does that without its C part, and a file can have 10,000 findings.
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding) + "\n")


def _say_progress(done: int, whole: int, what: str) -> None:
    sys.stderr.write(f"\r{done} of {whole} {what[:60]:<60}" + ("\n" if done == whole else ""))
    sys.stderr.flush()


@contextmanager
def _sentences() -> Iterator[None]:
    """A mistake or a refusal is a sentence on standard error with its exit code."""
    from pipelines.reference import ReferenceUnreadable
    from returns.catalogue import UnknownReturn
    from returns.partnership import SettingsError
    from warehouse.problems import WarehouseError

    try:
        yield
    except Usage as mistake:
        typer.echo(str(mistake), err=True)
        raise typer.Exit(2) from None
    except (SettingsError, ReferenceUnreadable, UnknownReturn) as mistake:
        typer.echo(str(mistake), err=True)
        raise typer.Exit(2) from None
    except WarehouseError as refusal:
        typer.echo(str(refusal), err=True)
        raise typer.Exit(refusal.exit_code) from None
    except (typer.Exit, typer.Abort, typer.BadParameter):
        raise
    except Exception as fault:  # noqa: BLE001 - told without its words, which may quote a cell
        typer.echo(f"{FAULT}\n{step_by_step(fault)}", err=True)
        raise typer.Exit(1) from None


if __name__ == "__main__":
    # A command is short, and next to nothing it makes is rubbish before its end: looking for it takes a tenth of a load
    # of a hundred thousand rows.
    gc.set_threshold(1_000_000)
    # What silences a library while it reads a workbook takes away the usual standard error of the whole program.
    if sys.stderr is not None:
        sys.stderr = os.fdopen(os.dup(2), "w", 1, encoding=sys.stderr.encoding, errors=sys.stderr.errors)
    app()
