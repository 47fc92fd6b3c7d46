"""Numbers with what they count: value, unit, item, approximation, scope, parts and totals.

In: a report whose identifiers, organisations and dates are found (or a bare text). Out: :class:`~miner.document.Quantity` objects. :func:`parse_numeral` and
:mod:`miner.components.quantities.numerals` are usable alone.
"""

from __future__ import annotations

from typing import Any

from miner.components.quantities.numerals import Numeral, parse_numeral

__all__ = ["Numeral", "find_quantities", "parse_numeral"]


def find_quantities(text: str) -> list[dict[str, Any]]:
    """The quantities of a bare text.

    Parameters
    ----------
    text
        Any text: normalised or not, full-width or traditional.

    Returns
    -------
    list of dict
        The public form of a quantity (``start``, ``end`` count code points of `text`), with ``normalised_value``, ``normalised_unit``,
        ``normalised_item``, ``item_phrase`` and ``sum_check`` beside it.
    """
    from miner.components.quantities.find import find_in
    from miner.layout import lay_out

    layout = lay_out(text)
    found = []
    for q in find_in(layout.text, layout.sentences):
        start, end = layout.source_map.span(q.start, q.end)
        found.append({"start": start, "end": end, "text": layout.source_text(q.start, q.end), "value": q.value, "high": q.high, "unit": q.unit, "item": q.item,
                      "items": q.items, "each": q.each, "qualifier": q.qualifier, "scope": q.scope, "part_of": q.part_of, "date_from": None, "date_to": None,
                      "normalised_value": q.normalised_value, "normalised_unit": q.normalised_unit, "normalised_item": q.normalised_item,
                      "item_phrase": q.item_phrase, "sum_check": q.sum_check})
    return found
