"""The floor: python-calamine reads every cell of a workbook, and nothing is done with them."""

from __future__ import annotations

import sys

from python_calamine import CalamineWorkbook

workbook = CalamineWorkbook.from_path(sys.argv[1])
cells = sum(len(row) for name in workbook.sheet_names for row in workbook.get_sheet_by_name(name).to_python())
print(cells)
