"""Serves the dashboard: `python -m dashboard.serve --port 8501`. run.py starts this.

Streamlit runs any file of a folder called `pages/` beside the main file when its name is
the address asked for, without running the main file, until `st.navigation` has been called
once. The first visitor to a fresh server could so meet a page without sign-in. Streamlit
remembers this in one switch, which is set here before the server listens, so that no visitor
comes first.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

# run.py makes the data again on this exit code, and starts the server anew.
EARLIER_EDITION = 9
PROJECT = Path(__file__).resolve().parents[1]


class OldRouteOpen(RuntimeError):
    """This Streamlit no longer has the switch that closes the old route to `pages/`."""


def close_old_route() -> None:
    """Has Streamlit run the main file for every address; raises OldRouteOpen when it cannot be sure of it."""
    from streamlit.runtime.pages_manager import PagesManager

    if not hasattr(PagesManager, "uses_pages_directory"):
        raise OldRouteOpen("This Streamlit keeps its pages in another way; see dashboard/serve.py")
    PagesManager.uses_pages_directory = False


def serve(*, port: int, app: Path = PROJECT / "app.py") -> None:
    """Serves `app` on 127.0.0.1:port with the settings of .streamlit/config.toml; returns when it is stopped."""
    from streamlit.web import bootstrap

    from dashboard.quiet_log import keep_cells_out_of_the_log

    keep_cells_out_of_the_log()
    close_old_route()
    flags = {"server_port": port}
    bootstrap.load_config_options(flag_options=flags)
    bootstrap.run(str(app), False, [], flags)


def is_of_an_earlier_edition() -> bool:
    """Whether the data folder's current version was made by an earlier edition of the program, which no page can read.

    What else may be wrong with it the pages say.
    """
    from returns.places import Places
    from warehouse.problems import WarehouseError, WarehouseTooOld
    from warehouse.store import reader

    try:
        reader(Places.of()).close()
    except WarehouseError as error:
        if isinstance(error, WarehouseTooOld):
            print(error, file=sys.stderr)
            return True
    return False


def main(arguments: list[str] | None = None) -> int:
    """The exit code: 0 when the server was stopped, EARLIER_EDITION when the data must be made again first."""
    parser = argparse.ArgumentParser(prog="python -m dashboard.serve", description="Serves the dashboard.")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--app", type=Path, default=PROJECT / "app.py", help="the main file (default: app.py)")
    options = parser.parse_args(arguments)
    if is_of_an_earlier_edition():
        return EARLIER_EDITION
    serve(port=options.port, app=options.app)
    return 0


if __name__ == "__main__":
    sys.exit(main())
