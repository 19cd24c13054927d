"""Demonstration data: a made-up county of Herefordshire's size, as the Annex A workbooks its council would send.

Nobody in it exists. Yearly totals follow the published figures (figures.py), and the
stories planted in it are listed in stories.py.
"""

from __future__ import annotations

from pipelines.demo.command import demo_command

__all__ = ["demo_command"]
