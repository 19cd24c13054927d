"""G01, G02: whatever a file, an agency or an address says, the table shows it as text."""

from html.parser import HTMLParser

import pytest

from dashboard.pictures import scale, trend
from dashboard.table import Cell, Column, Section, Table, markup

HOSTILE = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    '"><a href="javascript:alert(1)">x</a>',
    "' onmouseover='alert(1)",
    "![x](https://elsewhere.example/x.png)",
    "$\\sum$ and :red[x]",
    "</table><table>",
    "\u202egnp.exe",
    "x" * 10_000,
]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        assert all(
            value is None or value.startswith("data:image/svg+xml;base64,")
            for name, value in attrs
            if name in {"src", "href"}
        )

    def handle_data(self, data):
        self.text.append(data)


@pytest.mark.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_are_shown_as_they_were_written(hostile):
    picture = trend([1.0, None, 3.0, 2.0], alt=hostile)
    table = Table(
        caption=hostile,
        columns=[Column(hostile, "name", note=hostile), Column("Trend", "picture")],
        sections=[Section(hostile, [[Cell(hostile, small=hostile), Cell(picture=picture, small=hostile)]])],
    )
    reader = _Reader()
    reader.feed(markup(table))
    assert reader.tags <= {"table", "caption", "thead", "tbody", "tr", "th", "td", "span", "img"}
    assert reader.attributes <= {"class", "scope", "colspan", "src", "alt", "width", "height"}
    assert "".join(reader.text).count(hostile) == 7


def test_a_row_with_too_few_cells_is_a_fault_not_a_shifted_table():
    table = Table("c", [Column("a", "name"), Column("b", "figure")], [Section("", [[Cell("x")]])])
    with pytest.raises(ValueError):
        markup(table)


def test_a_gap_in_the_trend_stays_a_gap():
    whole = trend([1, 2, 3, 4, 5, 6], alt="")
    broken = trend([1, 2, None, 4, 5, 6], alt="")
    assert whole.svg.count("<polyline") == 1
    assert broken.svg.count("<polyline") == 2


@pytest.mark.parametrize("values", [[], [1.0], [None, None], [None, 2.0]])
def test_one_figure_is_no_trend(values):
    assert trend(values, alt="") is None


@pytest.mark.parametrize("us, neighbours, england", [(None, 1.0, 2.0), (1.0, None, None)])
def test_nothing_to_compare_draws_no_scale(us, neighbours, england):
    assert scale(us=us, neighbours=neighbours, england=england, alt="") is None


@pytest.mark.parametrize("us, neighbours, england", [(0, 0, 0), (5.0, 5.0, None), (0.0, None, 99.9), (1e6, 1.0, -3.0)])
def test_every_mark_of_a_scale_stays_inside_it(us, neighbours, england):
    import re

    picture = scale(us=us, neighbours=neighbours, england=england, alt="")
    places = [float(x) for x in re.findall(r'(?:cx|<rect x)="(-?[\d.]+)"', picture.svg)]
    assert len(places) == 1 + (neighbours is not None) + (england is not None)
    assert all(0 <= place <= picture.width for place in places)
