"""Features by templates: written as names where a model is trained, read from nested tables where it is used.

In: templates such as ``wn={word}|{following}`` and the values of their fields. Out: the names of the features that hold (training), or their weights without
the names ever being written (inference): the weights of all templates that begin with one field lie in one table, so that an example costs one look-up per
field and one per pair of fields that the model knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from miner.components.linear import BinaryModel, ChoiceModel, thousandths

_FIELD = re.compile(r"\{(\w+)\}")
_Slots = tuple[tuple[Any, int], ...]


class Templates:
    """Templates over named fields.

    Parameters
    ----------
    fields
        The names of the fields, in the order in which their values are given.
    templates
        ``label={field}`` or ``label={field}|{field}``. Values are strings; where two stand in one template, the first holds no ``|``.

    Raises
    ------
    ValueError
        If a template names an unknown field, or more than two.
    """

    __slots__ = ("fields", "parts", "written")

    def __init__(self, fields: Sequence[str], templates: Sequence[str]) -> None:
        self.fields, self.written = tuple(fields), tuple(_FIELD.sub(lambda m: f"{{{fields.index(m[1])}}}", template) for template in templates)
        self.parts: list[tuple[str, int, int]] = []
        for template in templates:
            named = _FIELD.findall(template)
            label = template[: template.index("{")]
            if not 1 <= len(named) <= 2 or template != label + "|".join(f"{{{name}}}" for name in named):
                raise ValueError(f"template {template!r}: write label={{field}} or label={{field}}|{{field}}")
            self.parts.append((label, fields.index(named[0]), fields.index(named[1]) if len(named) == 2 else -1))

    def names(self, values: Sequence[str]) -> list[str]:
        """The names of the features of an example, one per template."""
        return [template.format(*values) for template in self.written]

    def tables(self, weights: Mapping[str, Any], add: Any) -> list[Any]:
        """For each field the look-up of a value: None, or what the value weighs by itself with the look-ups of second fields ``(get, index)``.

        Parameters
        ----------
        weights
            Weight of each feature by its name.
        add
            Adds two weights.
        """
        alone: list[dict[str, Any]] = [{} for _ in self.fields]
        pairs: list[dict[str, dict[int, dict[str, Any]]]] = [{} for _ in self.fields]
        for number, (label, first, second) in enumerate(self.parts):
            for name, weight in weights.items():
                if not name.startswith(label):
                    continue
                value = name[len(label) :]
                if second < 0:
                    alone[first][value] = add(alone[first][value], weight) if value in alone[first] else weight
                    continue
                value, bar, other = value.partition("|")
                if bar:
                    pairs[first].setdefault(value, {}).setdefault(number, {})[other] = weight
        found = []
        for own, joint in zip(alone, pairs, strict=True):
            table = {}
            for value in own.keys() | joint.keys():
                slots: _Slots = tuple((known.get, self.parts[number][2]) for number, known in sorted(joint.get(value, {}).items()))
                table[value] = (own.get(value), slots)
            found.append(table.get)
        return found


class TemplateModel:
    """A binary model (see :class:`~miner.components.linear.BinaryModel`) over templates and further features.

    Parameters
    ----------
    model
        The weights by name.
    templates
        The templates.
    """

    __slots__ = ("bias", "tables", "weights")

    def __init__(self, model: BinaryModel, templates: Templates) -> None:
        self.weights, self.bias = thousandths(model.weights), round(model.bias * 1000)
        self.tables = templates.tables(self.weights, int.__add__)

    def score(self, values: Sequence[str], others: Iterable[str]) -> float:
        """The log-odds of the positive class, from the values of the templates' fields and the names of all other features."""
        total = self.bias + sum(filter(None, map(self.weights.get, others)))
        for get, value in zip(self.tables, values, strict=True):
            record = get(value)
            if record is not None:
                own, slots = record
                if own is not None:
                    total += own
                for second, index in slots:
                    total += second(values[index], 0)
        return total / 1000


class TemplateChoice:
    """A choice model (see :class:`~miner.components.linear.ChoiceModel`) over templates and further features.

    Parameters
    ----------
    model
        The weights by name, one row per feature.
    templates
        The templates.
    """

    __slots__ = ("biases", "columns", "rows", "tables")

    def __init__(self, model: ChoiceModel, templates: Templates) -> None:
        self.columns = model.columns
        self.biases = tuple(round(bias * 1000) for bias in model.biases)
        self.rows = {name: tuple(round(weight * 1000) for weight in row) for name, row in model.rows.items()}
        self.tables = templates.tables(self.rows, lambda one, other: tuple(map(int.__add__, one, other)))

    def scores(self, values: Sequence[str], others: Iterable[str]) -> dict[str, float]:
        """The scores (log-odds) of all classes that the model knows."""
        found = [self.biases, *filter(None, map(self.rows.get, others))]
        for get, value in zip(self.tables, values, strict=True):
            record = get(value)
            if record is not None:
                own, slots = record
                if own is not None:
                    found.append(own)
                for second, index in slots:
                    row = second(values[index])
                    if row is not None:
                        found.append(row)
        totals = map(sum, zip(*found, strict=True))
        return {name: total / 1000 for name, total in zip(self.columns, totals, strict=True)}
