"""How one cell is read against the published code lists."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from returns.codes import CodeList, CodeLists, Match, code_lists, key, read_table
from returns.places import PROJECT

EET, NEET = "Education, employment or training", "Not in education, employment or training"
GUARDIANSHIP = "Special guardianship order"
REFERENCE = PROJECT / "data/reference"
LISTS = code_lists(REFERENCE)


@pytest.mark.parametrize(
    ("name", "cell", "code", "group", "how"),
    [
        ("sex", "b) Female", "b", "Female", "code"),
        ("sex", "Female", "b", "Female", "label"),
        ("sex", "M", None, "Male", "alias"),
        ("sex", 1.0, None, "Male", "alias"),
        ("ethnicity", "a) WBRI", "WBRI", "White", "code"),
        ("ethnicity", "s) REFU", "REFU", "Not stated", "code"),
        ("ethnicity", "s) NOBT", "NOBT", "Not stated", "code"),
        ("ethnicity", "WIRI - White - Irish", "WIRI", "White", "code"),
        ("ethnicity", "Chinese", "CHNE", "Asian or Asian British", "label"),
        ("ethnicity", "Hong Kong Chinese", None, "Asian or Asian British", "alias"),
        ("ethnicity", "d) Black or black British", None, "Black or Black British", "label"),
        ("source", "q) 6: Police", "6", "Police", "code"),
        ("source", "Police", "6", "Police", "label"),
        ("source", "b) 1B: Individual", "1B", "Individual", "code"),
        ("source", "Individual", None, "Individual", "label"),
        ("source", "d) Health Services", None, "Health services", "label"),
        ("source", "5D - LA Services – early help", "5D", "LA services", "code"),
        ("source", 6.0, "6", "Police", "code"),
        ("need", "N1 - Abuse or Neglect", "N1", "Abuse or neglect", "code"),
        ("need", "N1 - Abuse, neglect and exploitation", "N1", "Abuse or neglect", "code"),
        ("need", "Child’s disability", "N2", "Child's disability", "label"),
        ("need", "N2 Childâ€™s disability", "N2", "Child's disability", "code"),
        ("closure_reason", "RC9", "RC9", "Not in need after assessment", "code"),
        ("case_status", "c) Child in need plan", "c", "Child in need plan", "code"),
        ("case_status", "CLA&CPP", None, "Looked after child", "alias"),
        ("category", "Physical abuse", "b", "Physical abuse", "label"),
        ("category", "e) Multiple/not recommended", "e", "Multiple", "code"),
        ("category", "EMO", None, "Emotional abuse", "alias"),
        ("legal_status", "C2: FCO", "C2", "Full care order", "code"),
        ("legal_status", "C2 - Full care order", "C2", "Full care order", "code"),
        ("legal_status", "V3", "V3", "Short-term breaks", "code"),
        ("ceased_reason", "k) E47: Special Guardianship Orders - relative/friend", "E47", GUARDIANSHIP, "code"),
        ("ceased_reason", "E11", "E11", "Adopted", "code"),
        ("ceased_reason", "E17 - Staying Put", "E17", "Aged 18 and stayed with carers", "code"),
        ("ceased_reason", "e4a", "E4A", "Returned home", "code"),
        ("ceased_reason", "X1", "X1", "New episode the same day", "code"),
        ("placement_type", "n) H5: Residential accommodation", "H5", "Residential accommodation", "code"),
        ("placement_type", "K3", "K3", "Supported accommodation", "code"),
        ("placement_type", "zz) T4: Temporary placement - seven days or less", "T4", "Temporary placement", "code"),
        ("placement_provider", "Own provision\u00a0(by the LA)", None, "Own authority", "alias"),
        ("placement_provider", "PR1 : Own provision [PR1]", "PR1", "Own authority", "code"),
        ("placement_location", "b) Out", "b", "Out", "code"),
        ("eligibility", "b) Former relevant child", "b", "Former relevant", "code"),
        ("eligibility", "d) Eligible child", "d", "Eligible", "code"),
        ("eligibility", "e) Other", "e", "Other", "code"),
        ("in_touch", "a) Yes", "a", "In touch", "code"),
        ("in_touch", "c) Not recorded", None, "Not recorded", "alias"),
        ("in_touch", "RHOM", "f", "Excluded", "label"),
        ("accommodation", "U: Independent living", "U", "Independent living", "code"),
        ("accommodation", "b) Community home", "C", "Community home", "label"),
        ("accommodation", "K2", None, "Ordinary lodgings", "alias"),
        ("suitability", "b) Not suitable", "b", "Not suitable", "label"),
        ("activity", "F4: Young person engaged full time in an apprenticeship", "F4", EET, "code"),
        ("activity", "P5", "P5", EET, "code"),
        ("activity", "full time training", None, EET, "alias"),
        ("activity", "G5: Not in education, employment or training - other", "G5", NEET, "code"),
        ("yes_no", True, None, "Yes", "alias"),
        ("yes_no", "b. No", "b", "No", "code"),
        ("yes_no", "1 - Yes", None, "Yes", "alias"),
        ("no_further_action", "NFA", None, "Yes", "alias"),
        ("no_further_action", "Further action", None, "No", "alias"),
        ("disability", "AUTISM", None, "Yes", "alias"),
        ("disability", "NONE", None, "No", "alias"),
        ("interview_accepted", "Offered and Declined (by YP)", None, "No", "alias"),
    ],
)
def test_a_cell_is_read_as_its_code_and_group(name: str, cell: object, code: str | None, group: str, how: str) -> None:
    assert LISTS[name].match(cell) == Match(code, group, (), how)  # type: ignore[arg-type]


EMPTY = (
    None, "", "  ", "-", " - ", "..", "#N/A", "#MULTIVALUE", "#NAME?", "nan", "<blank>", "NULL", "N/A", "zNotRecorded",
)


@pytest.mark.parametrize("cell", [*EMPTY, "\u00a0"])
def test_what_systems_write_into_empty_cells_is_blank_and_no_mistake(cell: object) -> None:
    # In the section 11 audit, not applicable is an answer.
    names = [name for name in LISTS if (name, cell) != ("section_11_grade", "N/A")]
    assert {LISTS[name].match(cell).how for name in names} == {"blank"}


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("yes_no", "CS Assessment Updated"), ("yes_no", "No further action"), ("source", "zz"), ("sex", "WBRI"),
        ("need", "PSRMEM - Support with memory and cognition"), ("need", "~DO NOT USE ESCR TESTING ONLY!!!!"),
        ("ethnicity", "s"),
    ],
)
def test_a_spelling_nobody_knows_is_unknown_and_has_no_group(name: str, cell: str) -> None:
    assert LISTS[name].match(cell) == Match(None, None, (), "unknown")


def test_an_authoritys_own_number_is_not_taken_for_a_published_code() -> None:
    assert LISTS["source"].match("6 - Library") == Match(None, None, ("Police",), "unknown")


@pytest.mark.parametrize(
    ("name", "cell", "candidates"),
    [
        ("source", "CAFCASS", {"Other", "Other legal agency"}),
        ("source", "a) LADO", {"LA services", "Other"}),
        ("sex", "b) Male", {"Male", "Female"}),
        ("eligibility", "E", {"Eligible", "Other"}),
        ("permanence_plan", "Independent Living", {"Other", "Supported living in the community"}),
        ("closure_reason", "RC7: Case closed after assessment, no further action",
         {"Services ceased for any other reason", "Not in need after assessment"}),
        ("seen_alone", "Seen", {"Yes", "No"}),
    ],
)
def test_a_cell_that_could_mean_two_things_is_asked_about(name: str, cell: str, candidates: set[str]) -> None:
    match = LISTS[name].match(cell)
    assert (match.how, match.code, match.group, set(match.candidates)) == ("ambiguous", None, None, candidates)


def test_every_spelling_marked_ambiguous_is_never_guessed() -> None:
    ambiguous = defaultdict(set)
    for row in read_table(REFERENCE / "aliases.csv"):
        if row["ambiguous"]:
            ambiguous[row["list"], row["spelling"]].add(row["group"])
    assert len(ambiguous) >= 20
    for (name, spelling), groups in ambiguous.items():
        for written in (spelling, spelling.upper(), f"  {spelling} "):
            match = LISTS[name].match(written)
            assert (match.how, match.group, set(match.candidates)) == ("ambiguous", None, groups), (name, spelling)


@pytest.mark.needs_shared
def test_every_spelling_that_liia_gives_two_groupings_is_asked_about_or_means_the_same(shared: Path) -> None:
    from pipelines.reference_groups import LIST_OF_COLUMN

    groupings = defaultdict(set)
    with (shared / "standards/annex_a_value_aliases_dedup.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            groupings[row["column"], row["alias"]].add(row["code"])
    doubtful = {where: codes for where, codes in groupings.items() if len(codes) > 1 and where[0] in LIST_OF_COLUMN}
    assert len(doubtful) > 38
    for (column, alias), codes in doubtful.items():
        found = LISTS[LIST_OF_COLUMN[column]]
        meant = {found.match(grouping).group for grouping in codes if grouping != "zzCodeError"}
        match = found.match(alias)
        if key(alias) and len(meant) > 1:
            assert (match.how, set(match.candidates)) == ("ambiguous", meant), (column, alias)
        else:
            assert match.how == "blank" or match.group in meant, (column, alias)


@pytest.mark.needs_shared
def test_every_code_of_ofsteds_template_is_read_however_the_template_writes_it(shared: Path) -> None:
    from pipelines.reference_codes import published_codes

    codes = published_codes(shared / "samples/annex_a/ofsted_template_2019.xlsx")
    assert len(codes) > 200
    for code in codes:
        letter = f"{code.letter}) " if code.letter else ""
        lettered = code.letter == code.code
        full = code.label if lettered else f"{code.code}: {code.label}"
        for written in (code.code if not lettered else full, full, f"{letter}{full}"):
            match = LISTS[code.list].match(written)
            assert (match.code, match.group) == (code.code, code.group), (code.list, written)


def test_a_list_that_does_not_exist_is_named_with_those_that_do() -> None:
    with pytest.raises(KeyError, match="no code list 'gender'; there are .*sex"):
        LISTS["gender"]


def test_each_list_names_its_groups_for_those_who_must_choose() -> None:
    assert LISTS["sex"].groups == ("Male", "Female", "Not stated", "Neither")
    assert LISTS["in_touch"].groups == ("In touch", "Not in touch", "Excluded", "Not recorded")
    assert LISTS["legal_status"].group_of("c2") == "Full care order"
    assert LISTS["legal_status"].group_of("C9") is None


@given(st.sampled_from(sorted(LISTS)), st.text(max_size=60))
def test_no_text_whatever_breaks_the_reading_of_a_code(name: str, text: str) -> None:
    match = LISTS[name].match(text)
    assert (match.group is None) == (match.how in {"ambiguous", "blank", "unknown"})
    assert match.code is None or match.group is not None


def test_a_label_that_several_codes_share_gives_their_group_and_no_code(tmp_path: Path) -> None:
    (tmp_path / "code_lists.csv").write_text(
        "# a comment\nlist,code,letter,label,group,since,until,detail\nsource,3A,,Health,Health services,,,GP\n"
        "source,3B,,Health,Health services,,,visitor\n", encoding="utf-8",
    )
    (tmp_path / "aliases.csv").write_text("# a comment\nlist,spelling,group,ambiguous\n", encoding="utf-8")
    lists = code_lists(tmp_path)
    assert isinstance(lists, CodeLists) and isinstance(lists["source"], CodeList)
    assert lists["source"].match("Health") == Match(None, "Health services", (), "label")
    assert lists["source"].match("GP") == Match("3A", "Health services", (), "label")
