"""The features of actors: what speaks for a candidate, as aspects that a few values determine.

In: the key of an aspect. Out: the names of its features.
"""

from __future__ import annotations

from collections.abc import Callable

from miner.components.linear import Key


def of_actor(key: Key) -> list[str]:
    """The features of one aspect of a candidate."""
    return _ASPECTS[key[0]](*key[1:])


def _of_origin(origin: str, action: str, modality: str) -> list[str]:
    return [origin, f"{origin}|a={action}", f"{origin}|m={modality}"]


def _of_places(places: tuple[str, ...], told: tuple[str, str, str, bool]) -> list[str]:
    """Of the places outside the trigger's sentence that name the candidate, and whether the sentence has a subject of its own."""
    own, shape, chain, passive = told
    return [name for place in places for name in
            (place, f"{place}|{own}", f"{place}|h={shape}", f"{place}|{own}|h={shape}|c={chain}", f"{place}|passive={passive}")]


def _of_previous(gap: int, near: str, own: str, shape: str, origin: str, alike: bool) -> list[str]:
    return [f"prev{gap}", f"prev-{near}", f"prev-{near}|{own}", f"prev{gap}|{own}|h={shape}", f"prev-from={origin}|{near}", f"prev-alike={alike}|{near}"]


def _of_name(body: tuple[str, int, int, str, bool, str], action: str, where: str, acted: int, ago: str) -> list[str]:
    """Of the body itself: its type, how often the article names it, as a subject, as an actor so far, how long ago the last time."""
    kind, named, subject, main, titled, ours = body
    return [
        f"t={kind}|a={action}", f"t={kind}|{where}", f"named={named}|{where}", f"subject={subject}|{where}", f"acted={acted}|{where}", f"main={main}|{where}",
        f"titled={titled}|{where}", f"t={kind}|main={main}|titled={titled}|{where}",
        f"ours={ours}|{where}", f"ours={ours}|main={main}|{where}", f"ours={ours}|ago={ago}|{where}",
        f"ago={ago}|{where}", f"ago={ago}|acted={acted}|main={main}|{where}",
    ]


def _of_mention(side: str, apart: int, pre: str, kind: str, after: str, listed: bool, verb: bool) -> list[str]:
    return [f"listed={listed}|{side}", f"listed={listed}|pre={pre}", f"verb-before={verb}|{side}{apart}", f"verb-before={verb}|pre={pre}|{side}",
            f"{side}{apart}", f"{side}{apart}|pre={pre}", f"{side}|pre={pre}", f"pre={pre}", f"type={kind}", f"type={kind}|{side}", f"after={after}|{side}"]


def _of_gap(gap: str, pre: str, after: str, between: int) -> list[str]:
    return [f"gap={gap}", f"gap={gap}|pre={pre}", f"gap={gap}|after={after}", f"orgs-between={between}"]


def _of_relative(gap: str, pre: str, between: int) -> list[str]:
    """Before a verb that only tells what a noun is (收到乙捐赠的口罩)."""
    return [f"relative|gap={gap}", f"relative|pre={pre}", f"relative|orgs-between={between}"]


def _of_order(rank: int, subject: bool, subject_rank: int, others: bool, triggers: int, apart: int) -> list[str]:
    out = [f"rank{rank}", f"triggers={triggers}|{subject}", f"triggers={triggers}|{apart}"]
    if subject:
        return [*out, "subject", f"subject-rank{subject_rank}"]
    return [*out, f"no-subject|{'other' if others else 'none'}"]


def _of_surroundings(side: str, together: bool, before: str, behind: str, passive: bool, starts: str, shape: str) -> list[str]:
    place = f"{side}{int(together)}"
    return [f"tag-before={before}|{place}", f"tag-behind={behind}|{place}", f"tags={before}|{behind}|{place}", f"passive={passive}|{place}",
            f"passive={passive}|{place}|behind={behind}", f"starts={starts}|{place}", f"h={shape}|{place}", f"h={shape}|{place}|starts={starts}"]


def _of_nobody(own: str, others: int, modality: str, previous: str, kind: str, quoted: bool) -> list[str]:
    return [f"nobody|{own}", f"nobody|cands={others}", f"nobody|m={modality}", f"nobody|prev={previous}", f"nobody|prev={previous}|{own}", f"nobody|k={kind}",
            f"nobody|q={quoted}"]


def _of_nobodys_clause(own: str, shape: str, chain: str, after: str, passive: bool, action: str, ours: bool) -> list[str]:
    return [f"nobody|ours={ours}|{own}", f"nobody|ours={ours}|h={shape}",
            f"nobody|h={shape}", f"nobody|h={shape}|{own}", f"nobody|h={shape}|after={after}", f"nobody|c={chain}|h={shape}", f"nobody|passive={passive}|{own}",
            f"nobody|h={shape}|a={action}", f"nobody|a={action}"]


def _of_before_previous(gap: int, near: str, own: str, shape: str, origin: str, alike: bool) -> list[str]:
    return [f"second{gap}", f"second-{near}", f"second-{near}|{own}", f"second-alike={alike}|{near}", f"second-from={origin}"]


def _of_headed_by(kin: str, alone: bool, origin: str, own: str) -> list[str]:
    """How the candidate is related to the body that the nearest heading names."""
    return [f"headed={kin}|{alone}", f"headed={kin}|{alone}|{origin}", f"headed={kin}|{alone}|{own}"]


def _of_kin(kin: str, origin: str, own: str) -> list[str]:
    """How the candidate is related to the last actor."""
    return [f"kin={kin}|{origin}", f"kin={kin}|{origin}|{own}"]


def _of_nobodys_head(word: str, own: str) -> list[str]:
    return [f"nobody|hw={word}", f"nobody|hw={word}|{own}", f"nobody|hl={word[-1:]}", f"nobody|hl={word[-1:]}|{own}"]


_ASPECTS: dict[str, Callable[..., list[str]]] = {
    "origin": _of_origin, "places": _of_places, "previous": _of_previous, "before-previous": _of_before_previous, "name": _of_name, "mention": _of_mention,
    "word-before": lambda word, side, together: [f"wb={word}|{side}{int(together)}"],
    "word-behind": lambda word, side, together: [f"wa={word}|{side}{int(together)}"],
    "verb": lambda side, verb: [f"{side}0|w={verb}"], "nobody-verb": lambda verb: [f"nobody|w={verb}"], "nobody-head": _of_nobodys_head,
    "gap": _of_gap, "relative": _of_relative, "order": _of_order, "surroundings": _of_surroundings, "nobody": _of_nobody, "clause": _of_nobodys_clause,
    "headed-by": _of_headed_by, "kin": _of_kin,
}
