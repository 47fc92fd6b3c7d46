"""Label Studio: tasks with annotations (its JSON export), and the labelling configuration they need.

In: annotated reports. Out: a list of tasks, and back. A mark is a region of type ``labels``; its fields are ``choices`` and ``textarea`` of the same
region (``perRegion``), the row of a quantity a ``relation``. Facts about the format: labelstud.io/guide/task_format and labelstud.io/tags.

Offsets are code points; older releases counted UTF-16 units, which the text stored with a region gives away.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from xml.sax.saxutils import quoteattr

from miner.learning.annotation import AnnotatedReport
from miner.learning.annotation_fields import CODES, FIELDS
from miner.learning.exchange import ROW, ExchangeError, Mark, field_names, flag_names, header_of, is_coded, marks_of, report_of
from miner.schema.codes import ACTIONS, GRAINS, MODALITIES, ORGANISATION_TYPES, QUALIFIERS, SCOPES

_TEXT, _MARK = "text", "mark"
_LABELS = {("org", "type"): ORGANISATION_TYPES, ("date", "grain"): GRAINS, ("qty", "qualifier"): QUALIFIERS, ("qty", "scope"): SCOPES,
           ("act", "type"): ACTIONS, ("act", "modality"): MODALITIES}
_COLOURS = {"org": "#2f6f9f", "date": "#5a8f3c", "qty": "#b8741a", "act": "#a03a4a"}


def label_config() -> str:
    """The labelling configuration (XML) of a Label Studio project for these tasks."""
    lines = ["<View>", "  <Style>.htx-text { white-space: pre-wrap; }</Style>", f'  <Relations><Relation value="{ROW}"/></Relations>',
             f'  <Labels name="{_MARK}" toName="{_TEXT}">']
    lines += [f'    <Label value="{kind}" background="{_COLOURS[kind]}"/>' for kind in FIELDS]
    lines += ["  </Labels>", f'  <Text name="{_TEXT}" value="${_TEXT}" granularity="symbol"/>']
    for kind in FIELDS:
        lines.append(f'  <View visibleWhen="region-selected" whenTagName="{_MARK}" whenLabelValue="{kind}">')
        for name in field_names(kind):
            lines.append(f'    <Header size="5" value="{name}"/>')
            lines += _choices(f"{kind}_{name}", _LABELS[kind, name]) if is_coded(kind, name) else [_textarea(f"{kind}_{name}")]
        lines += _choices(f"{kind}_flags", {flag: {} for flag in flag_names(kind)})
        if kind != "act":
            lines += ['    <Header size="5" value="alt"/>', _textarea(f"{kind}_alt")]
        lines.append("  </View>")
    return "\n".join([*lines, "</View>", ""])


def _choices(name: str, codes: dict[str, dict[str, str]]) -> list[str]:
    rows = [f"      <Choice value={quoteattr(code)}{' hint=' + quoteattr(label['zh']) if label else ''}/>" for code, label in codes.items()]
    return [f'    <Choices name="{name}" toName="{_TEXT}" perRegion="true" choice="multiple" showInline="true">', *rows, "    </Choices>"]


def _textarea(name: str) -> str:
    return f'    <TextArea name="{name}" toName="{_TEXT}" perRegion="true" maxSubmissions="1" editable="true" displayMode="region-list"/>'


def to_tasks(reports: Iterable[AnnotatedReport], names: Iterable[str]) -> list[dict[str, Any]]:
    """The tasks of reports; `names` are theirs, in order."""
    return [{"data": {_TEXT: report.text, "name": name, **header_of(report)}, "annotations": [{"result": _results(report)}]}
            for report, name in zip(reports, names, strict=True)]


def _results(report: AnnotatedReport) -> list[dict[str, Any]]:
    results: list[dict[str, Any]] = []
    marks = marks_of(report)
    for index, mark in enumerate(marks):
        span = {"start": mark.start, "end": mark.end, "text": report.text[mark.start : mark.end]}

        def add(control: str, kind: str, value: dict[str, Any], region: str = f"m{index}") -> None:
            results.append({"id": region, "from_name": control, "to_name": _TEXT, "type": kind, "value": value})

        add(_MARK, "labels", {**span, "labels": [mark.kind]})
        for name, cell in mark.fields.items():
            if is_coded(mark.kind, name):
                add(f"{mark.kind}_{name}", "choices", {**span, "choices": cell.split("/")})
            else:
                add(f"{mark.kind}_{name}", "textarea", {**span, "text": [cell]})
        if mark.flags:
            add(f"{mark.kind}_flags", "choices", {**span, "choices": mark.flags})
        if mark.alt:
            add(f"{mark.kind}_alt", "textarea", {**span, "text": [mark.alt]})
    results += [{"type": "relation", "from_id": f"m{index}", "to_id": f"m{mark.act}", "direction": "right", "labels": [ROW]}
                for index, mark in enumerate(marks) if mark.act is not None]
    return results


def from_task(task: dict[str, Any], number: int) -> tuple[AnnotatedReport, list[str]]:
    """The annotated report of a task, and remarks.

    Of several annotations the last one that was not cancelled counts.

    Parameters
    ----------
    task
        A task of the JSON export.
    number
        Its place in the file, from 1: its name if it has none.

    Raises
    ------
    ExchangeError
        If the task is not of this form, or its marks break the annotation format.
    """
    data = task.get("data")
    if not isinstance(data, dict) or not isinstance(data.get(_TEXT), str):
        raise ExchangeError(f"task {number} has no data.{_TEXT}; export the project as JSON (not JSON-MIN)")
    name, text = str(data.get("name") or f"task-{task.get('id', number)}"), data[_TEXT]
    submitted = [annotation for annotation in task.get("annotations") or [] if not annotation.get("was_cancelled")]
    remarks = [f"{name}: the last of {len(submitted)} annotations was taken"] if len(submitted) > 1 else []
    if not submitted:
        remarks.append(f"{name}: nobody has annotated it")
    try:
        marks = _read_marks(submitted[-1]["result"] if submitted else [], name, text)
    except (KeyError, TypeError, AttributeError) as fault:
        raise ExchangeError(f"{name}: the annotation is not of Label Studio's form ({type(fault).__name__}: {fault})") from fault
    report, more = report_of(name, text, data, marks)
    return report, remarks + more


def _read_marks(results: list[dict[str, Any]], name: str, text: str) -> list[Mark]:
    marks: dict[str, Mark] = {}
    for result in results:
        if result["type"] == "labels":
            value = result["value"]
            start, end = _span(value, name, text)
            marks[result["id"]] = Mark(start, end, value["labels"][0])
    for result in results:
        if result["type"] in ("choices", "textarea") and result["id"] in marks:
            mark, (kind, _, control) = marks[result["id"]], result["from_name"].partition("_")
            if kind == mark.kind:
                _fill(mark, control, _values(result))
    order = {region: index for index, region in enumerate(marks)}
    for result in results:
        if result["type"] == "relation":
            ends = [marks.get(result["from_id"]), marks.get(result["to_id"])]
            quantity = next((mark for mark in ends if mark and mark.kind == "qty"), None)
            act = next((region for region in (result["to_id"], result["from_id"]) if region in marks and marks[region].kind == "act"), None)
            if quantity is not None and act is not None:
                quantity.act = order[act]
    return list(marks.values())


def _values(result: dict[str, Any]) -> list[str]:
    found = result["value"]["choices" if result["type"] == "choices" else "text"]
    return [found] if isinstance(found, str) else [str(one) for one in found]


def _fill(mark: Mark, control: str, values: list[str]) -> None:
    if control == "flags":
        mark.flags = values
    elif control == "alt":
        mark.alt = values[-1] if values else None
    elif (mark.kind, control) in CODES:
        mark.fields[control] = "/".join(values)
    elif values:
        mark.fields[control] = values[-1]


def _span(value: dict[str, Any], name: str, text: str) -> tuple[int, int]:
    """The span in code points."""
    start, end, marked = int(value["start"]), int(value["end"]), value.get("text")
    if not isinstance(marked, str) or text[start:end] == marked:
        return start, end
    units = text.encode("utf-16-le")
    if units[2 * start : 2 * end] == marked.encode("utf-16-le"):
        return tuple(len(units[: 2 * place].decode("utf-16-le")) for place in (start, end))  # type: ignore[return-value]
    raise ExchangeError(f"{name}: {marked!r} does not stand at {start}–{end}, where {text[start:end]!r} stands")
