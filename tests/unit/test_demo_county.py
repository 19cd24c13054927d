"""The demonstration's county, before it is written down: its totals, its journeys and its planted stories."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import imagined
import pytest

from pipelines.demo import figures, truth
from pipelines.demo.calendar import BEGINNING, MOST_QUARTERS, extract_date, extract_quarters
from pipelines.demo.county import County, simulate
from pipelines.demo.leavers import on_list
from pipelines.demo.sources import CODES
from pipelines.demo.stories import STORIES, Story
from pipelines.demo.teams import safeguarding_team
from returns.periods import Period, add_months

WITHIN = 0.03


@pytest.fixture(scope="module")
def county() -> County:
    return imagined.county()


# ---- totals ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("figure", figures.PUBLISHED, ids=lambda figure: f"{figure.measure}-{figure.year}")
def test_a_yearly_total_follows_the_published_one(county: County, figure: figures.Published) -> None:
    simulated = truth.measure(county, figure.measure, figure.year)
    assert simulated == pytest.approx(figure.value, rel=WITHIN), figure.source


@pytest.mark.parametrize("figure", figures.CHOSEN, ids=lambda figure: f"{figure.measure}-{figure.year}")
def test_a_number_that_nobody_published_is_the_chosen_one(county: County, figure: figures.Published) -> None:
    assert truth.measure(county, figure.measure, figure.year) == pytest.approx(figure.value, rel=WITHIN)
    published = {(item.measure, item.year) for item in figures.PUBLISHED}
    assert (figure.measure, figure.year) not in published


def test_the_headline_numbers_of_2024_25_are_the_published_ones() -> None:
    headline = {item.measure: item.value for item in figures.PUBLISHED if item.year == 2024}
    names = ("referrals", "section_47_enquiries", "conferences", "plans_started", "plans_open", "care_open")
    assert [headline[name] for name in names] == [1806, 804, 246, 202, 139, 344]


def test_another_seed_gives_another_county_with_the_same_totals(county: County) -> None:
    other = simulate(2)
    assert [e.referred for e in other.episodes[:50]] != [e.referred for e in county.episodes[:50]]
    far = [item for item in truth.followed(other) if item.difference > WITHIN]
    assert not far


def test_contacts_keep_to_their_usual_numbers(county: County) -> None:
    for quarter in extract_quarters(MOST_QUARTERS):
        assert 1050 <= sum(1 for contact in county.contacts if quarter.contains(contact.received)) <= 1350


# ---- journeys -------------------------------------------------------------------------------------------------------


def test_every_step_follows_the_one_before_it(county: County) -> None:
    for episode in county.episodes:
        assert episode.assessment
        assert episode.referred <= episode.assessment.started <= episode.assessment.authorised
        if episode.enquiry:
            assert episode.referred <= episode.enquiry.started
        if episode.plan:
            assert episode.enquiry
            assert episode.enquiry.conference == episode.plan.started
            assert episode.enquiry.made_plan
            assert episode.plan.ended is None or episode.plan.ended > episode.plan.started
        for care in episode.care:
            assert episode.referred <= care.started
            assert care.ceased is None or care.ceased > care.started
        if episode.closed:
            assert episode.closed >= episode.assessment.started


def test_every_conference_that_made_a_plan_has_its_plan(county: County) -> None:
    for episode in county.episodes:
        assert bool(episode.plan) == bool(episode.enquiry and episode.enquiry.made_plan)


def test_every_referral_has_a_contact_just_before_it(county: County) -> None:
    heard: dict[int, list[object]] = {}
    for contact in county.contacts:
        heard.setdefault(contact.child.number, []).append(contact.received)
    first = extract_quarters(MOST_QUARTERS)[0].start
    for episode in county.episodes:
        if episode.referred < first:
            continue
        for child in episode.children:
            days = [(episode.referred - day).days for day in heard[child.number]]  # type: ignore[operator]
            assert any(0 <= gap <= 6 for gap in days)


def test_a_familys_episodes_never_overlap(county: County) -> None:
    for family in county.families:
        for earlier, later in zip(family.episodes, family.episodes[1:], strict=False):
            assert earlier.closed is not None
            assert earlier.closed < later.referred


def test_a_first_plan_has_none_before_it_and_a_repeat_one_has(county: County) -> None:
    for episode in county.episodes:
        if episode.plan:
            assert (episode.plan.previous > 0) == episode.plan.repeat
            past = [old for old in episode.family.episodes if old.plan and old.referred < episode.referred]  # type: ignore[union-attr]
            assert episode.plan.previous == len(past) + episode.family.earlier_plans  # type: ignore[union-attr]


def test_nobody_is_looked_after_or_on_a_plan_as_an_adult(county: County) -> None:
    for episode in county.episodes:
        for child, care in zip(episode.children, episode.care, strict=False):
            assert child.birth == care.birth
            assert care.started >= child.birth
            assert (care.ceased or extract_date(extract_quarters(1)[0])) <= add_months(child.birth, 216)
        if episode.plan and episode.plan.ended:
            assert all(episode.plan.ended < add_months(child.birth, 216) for child in episode.children)


def test_brothers_and_sisters_are_born_of_one_mother(county: County) -> None:
    for family in county.families:
        births = sorted(child.birth for child in family.children)
        assert len({child.ethnicity for child in family.children}) == 1
        for older, younger in zip(births, births[1:], strict=False):
            gap = (younger - older).days
            assert gap > 240 or gap < 10


def test_every_child_has_an_identifier_of_their_own(county: County) -> None:
    numbers = Counter(child.number for family in county.families for child in family.children)
    assert max(numbers.values()) == 1


def test_everything_is_recorded_in_time_for_the_extract_after_next(county: County) -> None:
    for episode in county.episodes:
        if episode.referred >= BEGINNING:
            assert episode.referred <= episode.recorded <= episode.referred + timedelta(days=90)


def test_some_events_are_recorded_too_late_for_their_own_quarter(county: County) -> None:
    late = of = 0
    for quarter in extract_quarters(MOST_QUARTERS):
        day = extract_date(quarter)
        events = [contact for contact in county.contacts if quarter.contains(contact.received)]
        of += len(events)
        late += sum(1 for contact in events if contact.recorded > day)
    assert 0.01 < late / of < 0.08


# ---- stories --------------------------------------------------------------------------------------------------------


def _police(county: County, quarter: Period) -> float:
    referred = {
        (child.number, episode.referred) for episode in county.episodes for child in episode.children
        if quarter.start <= episode.referred <= quarter.end + timedelta(days=10)
    }
    heard = [c for c in county.contacts if c.source == "6" and quarter.contains(c.received)]
    became = sum(
        1 for c in heard if any((c.child.number, c.received + timedelta(days=gap)) in referred for gap in range(11))
    )
    return truth.percent(became, len(heard))


def _from(group: str) -> Callable[[County, Period], float]:
    codes = {code for code, _ in CODES[group]}
    return lambda county, quarter: sum(
        1 for contact in county.contacts if contact.source in codes and quarter.contains(contact.received)
    )


def _in_touch(county: County, quarter: Period) -> float:
    aged = truth.leavers_aged(county, extract_date(quarter))
    assert all(on_list(leaver, extract_date(quarter)) for leaver in aged)
    return truth.percent(sum(1 for leaver in aged if leaver.in_touch[str(quarter)] == "a"), len(aged))


def _reported_contacts(county: County, quarter: Period) -> float:
    day = extract_date(quarter)
    return sum(1 for contact in county.contacts if quarter.contains(contact.received) and contact.recorded <= day)


def _slow_team(county: County, quarter: Period) -> float:
    done = [(e, a) for e, a in truth.assessments(county, quarter) if e.locality == 0]
    return truth.percent(sum(e.size for e, a in done if a.in_time), sum(e.size for e, _ in done))


def _east(county: County, quarter: Period) -> float:
    now = truth.plans_open(county, extract_date(quarter))
    return sum(e.size for e, _ in now if safeguarding_team(e.locality, quarter) == "Safeguarding Team East")


def _repeat_plans(county: County, quarter: Period) -> float:
    started = [(e, p) for e, p in truth.plans(county) if quarter.contains(p.started)]
    return truth.percent(sum(e.size for e, p in started if p.previous), sum(e.size for e, _ in started))


def _visited(county: County, quarter: Period) -> float:
    day, key = extract_date(quarter), str(quarter)
    now = truth.plans_open(county, day)
    prompt = sum(e.size for e, p in now if p.states[key].visit and (day - p.states[key].visit).days <= 13)  # type: ignore[operator]
    return truth.percent(prompt, sum(e.size for e, _ in now))


def _re_referred(county: County, quarter: Period) -> float:
    made = list(truth.referrals(county, quarter))
    return truth.percent(sum(e.size for e in made if truth.re_referred(e)), sum(e.size for e in made))


def _conferences(county: County, quarter: Period) -> float:
    held = list(truth.conferences(county, quarter))
    return truth.percent(sum(e.size for e in held if truth.in_time(e)), sum(e.size for e in held))


SEEN_IN_TRUTH: dict[str, Callable[[County, Period], float]] = {
    "care_leavers_in_touch": _in_touch, "late_batch": _reported_contacts, "slow_team": _slow_team,
    "team_renamed": _east, "large_family": _repeat_plans, "schools_surge": _from("Schools"), "visits_slip": _visited,
    "police_stop_converting": _police, "anonymous_vanishes": _from("Anonymous"), "fewer_re_referrals": _re_referred,
    "conferences_slip": _conferences,
    "dental_collapse": lambda county, quarter: truth.checked(county, quarter, "dental"),
}


def test_at_least_eight_stories_are_planted_and_each_can_be_looked_for() -> None:
    assert len(STORIES) >= 8
    assert len({story.id for story in STORIES}) == len(STORIES)
    assert {story.id for story in STORIES} == set(SEEN_IN_TRUTH)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.id)
def test_a_story_shows_in_its_quarter_against_the_year_before(county: County, story: Story) -> None:
    figure = SEEN_IN_TRUTH[story.id]
    before = sum(figure(county, story.first.earlier(step)) for step in range(1, 5)) / 4
    rise = figure(county, story.first) - before
    assert (rise if story.way == "higher" else -rise) >= story.by_at_least


@pytest.mark.parametrize("story", [story for story in STORIES if story.last], ids=lambda story: story.id)
def test_a_story_of_one_quarter_is_over_in_the_next(county: County, story: Story) -> None:
    assert story.last
    following = story.last.earlier(-1)
    if following.start > extract_quarters(1)[0].start:
        return
    figure = SEEN_IN_TRUTH[story.id]
    assert abs(figure(county, following) - figure(county, story.first)) >= story.by_at_least / 2


def test_a_code_that_vanished_is_not_used_again(county: County) -> None:
    story = next(story for story in STORIES if story.id == "anonymous_vanishes")
    assert not any(c.source == "9" and c.received >= story.first.start for c in county.contacts)
