"""The peer: what an analyst would write to get an Annex A workbook into DuckDB, in an afternoon and well.

pandas reads with openpyxl, pandera checks, pandas counts, DuckDB keeps. No pseudonyms, aliases, findings by cell,
held rows, versions or derived columns.
"""

from __future__ import annotations

import sys

import duckdb
import pandas as pd
import pandera.pandas as pa

EVENT_DATES = {
    "List_1": "Date of Contact", "List_2": "Assessment start date", "List_3": "Date of referral",
    "List_4": "Continuous Assessment Start Date",
    "List_5": "Strategy discussion initiating Section 47 Enquiry Start Date", "List_6": "CIN Start Date",
    "List_7": "Child Protection Plan Start Date", "List_8": "Date Started to be Looked After",
}


def main(workbook: str, database: str) -> None:
    """Reads, checks, counts and keeps every list."""
    lists = pd.read_excel(workbook, sheet_name=None, engine="openpyxl", dtype={"Child Unique ID": "str"})
    with duckdb.connect(database) as connection:
        for name, rows in lists.items():
            rows = _typed(rows)
            rows = _checked(rows, EVENT_DATES.get(name))
            counts = _counts(rows, EVENT_DATES.get(name))
            connection.register("rows", rows)
            connection.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM rows")
            connection.unregister("rows")
            print(name, len(rows), counts)


def _typed(rows: pd.DataFrame) -> pd.DataFrame:
    for column in rows.columns:
        words = column.lower()
        if "date" in words.split() or words.startswith("date"):
            rows[column] = pd.to_datetime(rows[column], errors="coerce", dayfirst=True)
        elif words.startswith(("number of", "age")):
            rows[column] = pd.to_numeric(rows[column], errors="coerce")
        else:
            rows[column] = rows[column].astype("str").str.strip()
    return rows


def _checked(rows: pd.DataFrame, event_date: str | None) -> pd.DataFrame:
    columns = {
        "Child Unique ID": pa.Column(nullable=False),
        "Gender": pa.Column(checks=pa.Check.str_matches(r"^([a-d]\)|nan)")),
        "Ethnicity": pa.Column(checks=pa.Check.str_matches(r"^([a-z]\)|nan)")),
        "Age of Child (Years)": pa.Column(checks=pa.Check.in_range(-1, 25), nullable=True),
    }
    if event_date:
        columns[event_date] = pa.Column(nullable=False)
    try:
        pa.DataFrameSchema(columns).validate(rows, lazy=True)
    except pa.errors.SchemaErrors as failures:
        bad = failures.failure_cases["index"].dropna().unique()
        print(len(bad), "rows with a fault")
    key = ["Child Unique ID", *([event_date] if event_date else [])]
    return rows.dropna(subset=key).drop_duplicates(subset=key)


def _counts(rows: pd.DataFrame, event_date: str | None) -> dict[str, int]:
    by_sex = rows.groupby("Gender").size().to_dict()
    if event_date:
        by_month = rows.groupby(rows[event_date].dt.to_period("M")).size()
        by_child = rows.sort_values(event_date).groupby("Child Unique ID")[event_date].diff()
        return {**by_sex, "months": len(by_month), "repeats": int(by_child.notna().sum())}
    return dict(by_sex)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
