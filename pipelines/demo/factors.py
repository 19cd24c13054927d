"""What assessments found: factors that go with what the family's episode is about."""

from __future__ import annotations

from random import Random

from pipelines.demo.county import County
from pipelines.demo.listing import Code
from pipelines.demo.partner_records import Record, Stream
from pipelines.demo.records import Episode

# How often an assessment that found something has each factor.
_USUAL = {
    "3B": 0.32, "3A": 0.13, "4B": 0.34, "4A": 0.22, "1B": 0.16, "2B": 0.17, "5A": 0.08, "6A": 0.05, "7A": 0.04,
    "10A": 0.04, "11A": 0.05, "14A": 0.08, "15A": 0.06, "16A": 0.2, "17A": 0.2, "18C": 0.12, "19B": 0.03, "19C": 0.04,
    "24A": 0.05, "13A": 0.02,
}  # fmt: skip
_NONE_FOUND = 0.14


def assessment_factors(county: County) -> Stream:
    """Every factor of every authorised assessment: those of a family's children are the family's."""
    rng = Random(f"{county.seed}/assessment factors")
    records: list[Record] = []
    for episode in county.episodes:
        assert episode.assessment
        for assessment in (episode.assessment, *episode.reassessments):
            factors = _factors(rng, episode, needed=assessment.needs_support)
            for child in episode.children:
                own = [*factors, *(["6A"] if child.disabled and "6A" not in factors and factors != ["21"] else [])]
                records += [
                    Record(assessment.authorised, assessment.end_recorded, {
                        "child_id": child.number, "authorised": assessment.authorised,
                        "factor": Code("assessment_factor", factor),
                    })
                    for factor in own
                ]  # fmt: skip
    records.sort(key=lambda record: (record.happened, str(record.cells["child_id"])))
    return Stream("assessment_factors", "council", records)


def _factors(rng: Random, episode: Episode, *, needed: bool) -> list[str]:
    """The codes of one assessment, in order; 21 alone where it found none."""
    if rng.random() < (_NONE_FOUND if needed else 0.4):
        return ["21"]
    plan = episode.plan
    of_plan = {"a": "16A", "b": "18C", "c": "19C", "d": "17A"}.get(plan.latest_category if plan else "")
    found = [
        code for code, share in _USUAL.items() if rng.random() < share * (1.25 if needed else 0.6) or code == of_plan
    ]
    if not found:
        found = ["16A" if episode.need == "N1" else "20"]
    return found
