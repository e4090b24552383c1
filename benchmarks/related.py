"""Does the search find what people linked? `python benchmarks/related.py [ARCHIVE ...]`, beside BM25 over titles.

Each question that is linked to others is asked by its title; what it is linked with should come first (itself not
counted). Printed besides: what is lost by looking only at the newest 1,000 of a word, and ms a search.
"""

import os
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from math import log, log2
from pathlib import Path
from statistics import mean, median

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
ARCHIVES = "ai-stackexchange-2016-12.tar.gz", "conlang-meta-stackexchange-2020-08.tar.gz"
FIRST = 10
KINDS = "exchange", "response", "practice"
K1, B = 1.2, 0.75
USUAL, EVERYTHING = (1_000, 5_000), (2**31 - 1, 2**31 - 1)
Ask = Callable[[str], list[str]]


def main() -> None:
    archives = [Path(name) for name in sys.argv[1:]] or [DATA / name for name in ARCHIVES]
    archives = [archive for archive in archives if archive.exists()]
    if not archives:
        print("related: no archive here; give the path of a Stack Exchange dump")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["COMMONPLACE_DATA"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commonplace.web.settings")
        ready()
        for number, archive in enumerate(archives):
            measure(archive, f"site-{number}")


def ready() -> None:
    import django
    from django.conf import settings
    from django.db import connection

    django.setup()
    settings.DEBUG = False
    connection.creation.create_test_db(verbosity=0)


def measure(archive: Path, slug: str) -> None:
    community = bring_in(archive, slug)
    titles, linked = questions(community)
    print(f"{archive.name}: {len(titles):,} questions, {len(linked):,} linked")
    ours = asking(community)
    ways = {
        "BM25 over stemmed titles": bm25(titles),
        "search": ours,
        "of questions alone": asking(community, kinds=KINDS[:1]),
    }
    for name, ask in ways.items():
        ndcg, recall = judged(ask, titles, linked)
        print(f"{name:>28}   nDCG@10 {ndcg:.3f}   R@10 {recall:.3f}")
    print_loss(community, ours, titles, linked)
    print_times(ours, titles)


def bring_in(archive: Path, slug: str) -> "object":
    from commonplace.archiving.importing import Order
    from commonplace.archiving.importing import bring_in as write
    from commonplace.archiving.preparing import acting
    from commonplace.communities.models import Community
    from commonplace.ledger.jobs import run_due

    write(Order("stackexchange", archive, slug, slug), acting(""))
    run_due()
    return Community.objects.everywhere("benchmark").get(slug=slug)


def questions(community: "object") -> tuple[dict[str, str], dict[str, set[str]]]:
    """Titles by id, and which are linked with which, in either direction."""
    from commonplace.externalizing.models import Exchange, ExchangeLink

    here = Exchange.objects.filter(community=community).everywhere("benchmark")
    linked: dict[str, set[str]] = defaultdict(set)
    links = ExchangeLink.objects.filter(exchange__community=community).everywhere("benchmark")
    for one, other in links.values_list("exchange", "other"):
        linked[one].add(other)
        linked[other].add(one)
    return dict(here.values_list("pk", "title")), dict(linked)


def asking(community: "object", limits: tuple[int, int] = USUAL, kinds: Sequence[str] = KINDS) -> Ask:
    """The search itself, without its page: ids of exchanges, best first."""
    from commonplace.internalizing.search.find import find
    from commonplace.internalizing.search.typed import question
    from commonplace.internalizing.search.vocabulary import Places

    places = Places({community.pk: community.language}, kinds)

    def ask(title: str) -> list[str]:
        return [one.best.shown for one in find(question(title, [community.language]), places, *limits).ranked]

    return ask


def bm25(titles: Mapping[str, str]) -> Ask:
    """The oracle: Robertson's formula over the stems of the titles."""
    stemmed = {pk: Counter(stems_of(title)) for pk, title in titles.items()}
    usual = mean(words.total() for words in stemmed.values())
    often = Counter(stem for words in stemmed.values() for stem in words)

    def score(asked: Counter[str], words: Counter[str]) -> float:
        room = K1 * (1 - B + B * words.total() / usual)
        rare = {stem: log(1 + (len(titles) - often[stem] + 0.5) / (often[stem] + 0.5)) for stem in asked}
        return sum(rare[s] * words[s] * (K1 + 1) / (words[s] + room) for s in asked if s in words)

    def ask(title: str) -> list[str]:
        scores = {pk: score(Counter(stems_of(title)), words) for pk, words in stemmed.items()}
        return sorted((pk for pk in scores if scores[pk]), key=lambda pk: (-scores[pk], pk))

    return ask


def stems_of(title: str) -> list[str]:
    from commonplace.internalizing.words import fold, spelled, stems

    return [min(stems(token, "en"), default=fold(token)) for token in spelled(title)]


def judged(ask: Ask, titles: Mapping[str, str], linked: Mapping[str, set[str]]) -> tuple[float, float]:
    gains, recalls = [], []
    for pk, others in linked.items():
        first = [found for found in ask(titles[pk]) if found != pk][:FIRST]
        gain = sum(1 / log2(place + 2) for place, found in enumerate(first) if found in others)
        gains.append(gain / sum(1 / log2(place + 2) for place in range(min(FIRST, len(others)))))
        recalls.append(len(others.intersection(first)) / len(others))
    return mean(gains), mean(recalls)


def print_loss(community: "object", ours: Ask, titles: Mapping[str, str], linked: Mapping[str, set[str]]) -> None:
    """The same ranking over every posting, and over the newest only: the latter with less, as this archive is small."""
    everything = {pk: asking(community, EVERYTHING)(titles[pk])[:FIRST] for pk in linked}
    for newest in (1_000, 100, 20):
        cut = asking(community, (newest, 5 * newest))
        kept = mean(
            len(set(cut(titles[pk])[:FIRST]) & set(first)) / len(first) for pk, first in everything.items() if first
        )
        print(f"{f'newest {newest:,} of a word':>28}   {1 - kept:.1%} of the first 10 of everything are lost")


def print_times(ask: Ask, titles: Mapping[str, str]) -> None:
    often = Counter(word for title in titles.values() for word in set(stems_of(title)))
    words = {"a common word": often.most_common(1)[0][0], "a rare word": min(often, key=lambda w: (often[w], w))}
    for name, typed in (*words.items(), ("a title", max(titles.values(), key=len))):
        times = [timed(lambda: ask(typed)) for _ in range(20)]  # noqa: B023
        print(f"{name:>28}   {1000 * median(times):.1f} ms")


def timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
