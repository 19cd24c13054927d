"""“Ask about this”: from a figure to the form for a question, with the figure and the view's own address filled in."""

from __future__ import annotations

from dashboard import address, frame
from dashboard.frame import Visit


def door(visit: Visit, *, period: str, indicator: str = "", group: str | None = None, document: str = "") -> None:
    """The link to the form, for those who may ask."""
    if not visit.viewer.asks:
        return
    filled = {"about": indicator, "group": group or "", "document": document, "period": period, "view": address.here()}
    chosen = {name: value for name, value in filled.items() if value}
    frame.onward([("Ask about this", address.link("challenge", part="ask", **chosen))])
