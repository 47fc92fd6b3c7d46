"""``miner corpus``: check, compare, describe, export and import annotated reports."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from miner.cli import exits

if TYPE_CHECKING:
    from miner.learning.annotation import AnnotatedReport, AnnotationError
    from miner.learning.corpus import Split


class Exported(StrEnum):
    """Formats that reports are exported to."""

    label_studio = "label-studio"
    doccano = "doccano"
    jsonl = "jsonl"


Folders = Annotated[list[Path], typer.Argument(metavar="DIR...", help="Folders of .ann files, one per split.")]
commands = typer.Typer(no_args_is_help=True, help="Check, compare, describe, export and import annotated reports (.ann files).")


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.add_typer(commands, name="corpus")


def _failure(message: str, status: int) -> typer.Exit:
    typer.echo(f"miner corpus: {message}", err=True)
    return typer.Exit(status)


def _print_utf8() -> None:
    import sys

    sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]


def _splits(folders: list[Path]) -> tuple[list[Split], list[AnnotationError]]:
    from miner.learning.corpus import read_splits

    try:
        return read_splits(folders)
    except FileNotFoundError as fault:
        raise _failure(str(fault), exits.USAGE) from None


def _sound_splits(folders: list[Path]) -> list[Split]:
    splits, faults = _splits(folders)
    if faults:
        raise _failure("; ".join(map(str, faults)), exits.SOME_REJECTED)
    return splits


@commands.command()
def check(
    folders: Folders,
    traps: Annotated[int, typer.Option(min=0, metavar="N", help="Demand every known trap in at least N reports of each folder.")] = 0,
) -> None:
    """Check annotated reports; every fault names its file and line.

    Exit status: 0 all sound, 1 faults were found, 2 wrong usage.
    """
    from miner.learning.corpus import check_report, missing_traps

    _print_utf8()
    splits, faults = _splits(folders)
    for split in splits:
        for report in split.reports:
            faults += check_report(report, Path(report.path).read_text("utf-8"))
    missing = missing_traps(splits, traps)
    for line in [*sorted(map(str, faults)), *missing]:
        typer.echo(line)
    typer.echo(f"{sum(len(split.reports) for split in splits)} reports could be read; {len(faults)} faults, {len(missing)} traps too rare", err=True)
    raise typer.Exit(exits.SOME_REJECTED if faults or missing else exits.OK)


@commands.command()
def overlap(folders: Folders) -> None:
    """List sentences and long stretches of text that two reports share.

    Exit status: 0 no sentence of 12 characters or more is shared, 1 one is, 2 wrong usage.
    """
    from miner.learning.overlap import SENTENCE, STRETCH, shared_sentences, shared_stretches

    _print_utf8()
    reports = [(f"{split.name}/{Path(report.path).name}", report.text) for split in _sound_splits(folders) for report in split.reports]
    sentences, stretches = shared_sentences(reports), shared_stretches(reports)
    for kind, found in (("sentence", sentences), ("stretch", stretches)):
        for shared in found:
            typer.echo(f"{kind}\t{shared.first}\t{shared.second}\t{shared.text}")
    typer.echo(f"{len(reports)} reports: {len(sentences)} shared sentences of {SENTENCE} characters or more, "
               f"{len(stretches)} shared stretches of {STRETCH} or more", err=True)
    raise typer.Exit(exits.SOME_REJECTED if sentences else exits.OK)


@commands.command()
def card(
    folders: Folders,
    into: Annotated[Path | None, typer.Option(metavar="FILE", help="Put the card between <!-- card --> and <!-- /card --> of this page.")] = None,
) -> None:
    """Print what a corpus holds as a Markdown table: sizes, marks, domains, layouts and traps per split."""
    from miner.learning.corpus import card as corpus_card
    from miner.learning.corpus import with_card

    _print_utf8()
    table = corpus_card(_sound_splits(folders))
    if into is None:
        typer.echo(table, nl=False)
        return
    try:
        into.write_text(with_card(into.read_text("utf-8"), table), "utf-8", newline="")
    except (OSError, ValueError) as fault:
        raise _failure(f"{into}: {fault}", exits.USAGE) from None


@commands.command(name="export")
def export_(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of .ann files.")],
    format: Annotated[Exported, typer.Option(help="jsonl is the annotation guide's own form: a folder with gold/*.gold.jsonl and reports/*.txt.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="File to write; for jsonl a folder.")],
) -> None:
    """Export annotated reports for Label Studio or doccano, or in the form of the annotation guide."""
    import json

    from miner.learning import exchange_doccano, exchange_label_studio
    from miner.learning.gold import write_gold

    reports = [report for split in _sound_splits([folder]) for report in split.reports]
    names = [Path(report.path).stem for report in reports]
    try:
        if format is Exported.jsonl:
            write_gold(reports, out)
        elif format is Exported.label_studio:
            out.write_text(json.dumps(exchange_label_studio.to_tasks(reports, names), ensure_ascii=False, indent=1) + "\n", "utf-8", newline="")
        else:
            rows = exchange_doccano.to_rows(reports, names)
            out.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8", newline="")
    except OSError as fault:
        raise _failure(f"{fault.filename or out}: {fault.strerror}", exits.USAGE) from None
    typer.echo(f"{len(reports)} reports written to {out}", err=True)


@commands.command(name="import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The tool's export; for jsonl a folder with gold/ and reports/.")],
    format: Annotated[Exported, typer.Option(help="The tool that wrote the file.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for the .ann files; it is made if needed.")],
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace .ann files that are there already.")] = False,
) -> None:
    """Turn what Label Studio or doccano exported into .ann files.

    Fields that nobody filled in are proposed by the program, and named on standard error.

    Exit status: 0 all well, 1 a report could not be imported (the others were), 2 wrong usage.
    """
    from miner.learning.annotation import write_annotated
    from miner.learning.exchange import file_name

    failed, taken = False, set()
    try:
        out.mkdir(parents=True, exist_ok=True)
        for number, item in enumerate(_items(file, format), 1):
            try:
                report, remarks = _report(item, number, format)
                content, target = write_annotated(report), out / f"{file_name(report.path)}.ann"
                if target in taken or (target.exists() and not overwrite):
                    raise ValueError(f"{target} is there already" + ("" if target in taken else "; --overwrite replaces it"))
            except ValueError as fault:
                typer.echo(f"miner corpus: {fault}", err=True)
                failed = True
                continue
            taken.add(target)
            target.write_text(content, "utf-8", newline="")
            for remark in remarks:
                typer.echo(f"miner corpus: {remark}", err=True)
    except OSError as fault:
        raise _failure(f"{fault.filename or file}: {fault.strerror or fault}", exits.USAGE) from None
    except ValueError as fault:
        raise _failure(str(fault), exits.USAGE) from None
    typer.echo(f"{len(taken)} reports written to {out}", err=True)
    raise typer.Exit(exits.SOME_REJECTED if failed else exits.OK)


def _items(file: Path, format: Exported) -> list[Any]:
    import json

    from miner.learning.evaluation import read_examples, read_jsonl

    if format is Exported.jsonl:
        return read_examples(file)
    if format is Exported.doccano:
        return read_jsonl(file)
    try:
        tasks = json.loads(file.read_text("utf-8"))
    except json.JSONDecodeError as fault:
        raise ValueError(f"{file}:{fault.lineno}: {fault}") from None
    if not isinstance(tasks, list) or not all(isinstance(task, dict) for task in tasks):
        raise ValueError(f"{file}: a list of tasks is wanted (Label Studio's JSON export)")
    return tasks


def _report(item: Any, number: int, format: Exported) -> tuple[AnnotatedReport, list[str]]:
    from miner.learning import exchange_doccano, exchange_label_studio
    from miner.learning.gold import from_gold

    if format is Exported.doccano:
        return exchange_doccano.from_row(item, number)
    if format is Exported.label_studio:
        return exchange_label_studio.from_task(item, number)
    if item.text is None:
        raise ValueError(f"{item.file} has no report beside it (reports/{item.name}.txt)")
    return from_gold(item.gold, item.text, item.name)


@commands.command(name="label-config")
def label_config() -> None:
    """Print the labelling configuration (XML) of a Label Studio project for exported tasks."""
    from miner.learning.exchange_label_studio import label_config as config

    _print_utf8()
    typer.echo(config(), nl=False)
