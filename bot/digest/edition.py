"""Make an edition: rank the stories, tell each in copied words, audit the whole."""

from dataclasses import replace

from bot.digest import furniture
from bot.digest.audit import audit, item_problems
from bot.digest.background import background
from bot.digest.bullet import Setting
from bot.digest.choose import QUIET_BELOW, Page, choose
from bot.digest.coming import coming_up
from bot.digest.habits import habits_of
from bot.digest.household import household
from bot.digest.material import EditionRequest, Material
from bot.digest.quote_of_the_day import quote_of_the_day
from bot.digest.select import ranked
from bot.digest.signature import Rarity
from bot.digest.story import stories_of
from bot.digest.telling import Teller
from bot.digest.window import Window, is_fresh, window_of
from bot.errors import AuditError
from bot.model.editions import Edition, Item
from bot.text.zones import zone as zone_named


def make_edition(material: Material, request: EditionRequest) -> Edition:
    """Return the edition that *request* asks for, out of *material* alone.

    The same material and request give the same edition, whatever the order of mappings. It is audited: what cannot be
    explained is left out, and a verdict names the rule that kept or dropped each story. Linear in the window's reports;
    sentences are read only of stories that may be shown.

    Raises:
        AuditError: the finished edition holds something that no article explains; it must not be posted.
        UserError: there is no such time zone.
    """
    zone = zone_named(request.zone)
    window = window_of(request)
    stories = stories_of(material, window)
    accounts = [account for story in stories for account in story.fresh]
    day = window[1].astimezone(zone).date()
    setting = Setting(material.articles, household(accounts), day.year, habits_of(accounts))
    teller = Teller(material, setting, Rarity.among(accounts), zone)
    outlets = len({account.outlet for account in accounts})
    page = choose(ranked(stories, window[1]), request.length, teller, outlets)
    read = _counts(material, window)
    frame = Edition(furniture.title_of(window[1], zone), day, request.zone, window, articles=read[0], outlets=read[1])
    frame = replace(frame, topic=request.topic, length=request.length)
    return _audited(_filled(frame, page, teller), material)


def _counts(material: Material, window: Window) -> tuple[int, int]:
    """Return how many articles and outlets were read in the window."""
    if material.counts is not None:
        return material.counts
    fresh = [one for one in material.articles.values() if one.status == "published" and is_fresh(one, window)]
    return len(fresh), len({one.outlet.owner or one.outlet.name for one in fresh})


def _filled(edition: Edition, page: Page, teller: Teller) -> Edition:
    """Return the edition with the page's items and what stands around them."""
    bulleted = page.shown[: len(page.bullets)]
    quote = _sound(quote_of_the_day([one for one, _ in bulleted], frozenset(page.used), teller.setting), teller)
    if quote is not None:
        page.use(quote, teller)
    coming = coming_up([one for one, _ in page.shown], frozenset(page.used), edition.day, teller.setting)
    before = background([one.story for one, _ in bulleted], teller, edition.window, frozenset(page.used))
    return replace(
        edition,
        background=tuple(item for item in before if _sound(item, teller)),
        bullets=tuple(page.bullets),
        also=tuple(page.also),
        quote=quote,
        coming=tuple(item for item in coming if _sound(item, teller)),
        quiet=len(page.bullets) < QUIET_BELOW,
        verdicts=tuple(page.verdicts.values()),
    )


def _sound(item: Item | None, teller: Teller) -> Item | None:
    """Return *item* if every character of it is explained, else None: a line less is better than a wrong one."""
    if item is None or item_problems(item, teller.material.articles, teller.material.analyses):
        return None
    return item


def _audited(edition: Edition, material: Material) -> Edition:
    checked = audit(edition, material.articles, material.analyses)
    if not checked.ok:
        raise AuditError(f"the edition cannot be explained: {'; '.join(checked.problems)}")
    return replace(edition, audit=checked)
