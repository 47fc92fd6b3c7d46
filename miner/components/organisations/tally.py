"""How often and where a report names one division: what :mod:`.places` counts and :mod:`.jurisdiction` weighs.

In: nothing but counts. Out: :class:`Tally`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

_FEW = 2  # public bodies


@dataclass(slots=True)
class Tally:
    """How often and where a report names one division.

    Attributes
    ----------
    first
        The clean span of its first occurrence.
    title_body, title
        In the title: before a body's name, as a place.
    heading
        Before a body's name in other headings.
    body, other
        Before the name of a public body, of any other body.
    place
        By itself.
    target
        After a word of sending or going (驰援大埔县).
    visited
        After a word of arriving (来到马山口镇).
    line
        In a line that tells source, author or date.
    signed
        Before the name of a body that fills a block: a signature, a sender.
    branch, branch_title
        By its short name inside the name of a body of a higher division (漳州市公安局芗城分局), or before one that may be named after a town (海门派出所).
    short
        By its short name before a word of public office, of news, or alone in its line; `short_title`: in the title.
    media, dateline
        Of these the names of media (介休新闻网), the place that a report was sent from (本报灌阳讯).
    parent
        Occurrences right before the name of a division that lies in it (漳州市 in 漳州市芗城区).
    over, title_over
        Of these those before the name of a public body of that division, those in the title.
    page
        In page furniture: the path of the page, who runs the site.
    source
        Before the name of a body in a line of source or author.
    parts
        Of one that only its short name tells, how many divisions inside it the report names.
    hosted
        Before the name of a school, a hospital or a firm in the title, in a signature or in a line of source: it reports from there, but does not govern.
    guest
        Before the name of those that come from there (考察组, 代表团).
    foot
        Before the name of a body in the last line, where that is no sentence.
    loose
        By its short name anywhere, where the report speaks of its own division of that level and names none in full.
    away
        Whether help or people go there, or to a division that it lies in.
    spots
        Where it stands, ascending.
    """

    first: tuple[int, int]
    title_body: int = 0
    title: int = 0
    heading: int = 0
    body: int = 0
    other: int = 0
    place: int = 0
    target: int = 0
    visited: int = 0
    parts: int = 0
    line: int = 0
    signed: int = 0
    branch: int = 0
    branch_title: int = 0
    short: int = 0
    short_title: int = 0
    media: int = 0
    dateline: int = 0
    parent: int = 0
    over: int = 0
    title_over: int = 0
    page: int = 0
    source: int = 0
    hosted: int = 0
    guest: int = 0
    foot: int = 0
    loose: int = 0
    away: bool = False
    spots: list[int] = field(default_factory=list)

    @property
    def bodies(self) -> int:
        """Before how many names of bodies."""
        return self.body + self.other

    @property
    def elsewhere(self) -> bool:
        """Whether it is named only as where something goes or happens."""
        return bool(self.target) and self.target == self.full and not (self.title or self.line or self.short or self.branch)

    @property
    def abroad(self) -> bool:
        """Whether help or people go there and the report names one body there or two, and nothing else (赴阿克苏市, 阿克苏市农业技术推广中心).

        Of 695 annotated reports 43 name places where help or people go; not one of these that is named in no other way is the jurisdiction.
        """
        shown = (self.title or self.title_body or self.short_title or self.branch_title or self.title_over or self.heading or self.source or self.signed
                 or self.foot or self.line or self.short or self.branch or self.page or self.parts or self.over or self.loose or self.media or self.dateline)
        return self.away and self.body <= _FEW and not shown

    @property
    def page_only(self) -> bool:
        """Whether only page furniture names it."""
        return not self.spots

    @property
    def full(self) -> int:
        """Occurrences by the full name."""
        return self.bodies + self.place + self.parent
