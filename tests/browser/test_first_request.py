"""The very first request to a fresh server is for a page: the app around it runs all the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser

APP = """
import streamlit as st
st.title("The app ran first")
st.navigation([st.Page("pages/start.py", default=True), st.Page("pages/secret.py")]).run()
"""


def test_a_page_asked_for_first_is_run_by_the_app_and_never_alone(
    tmp_path: Path, serve: Callable[..., str], page: Any
) -> None:
    (tmp_path / "app.py").write_text(APP)
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "start.py").write_text("import streamlit as st\nst.write('start')\n")
    (tmp_path / "pages" / "secret.py").write_text("import streamlit as st\nst.write('the page itself')\n")
    url = serve(tmp_path, app=tmp_path / "app.py")
    page.goto(f"{url}/secret")
    page.get_by_text("the page itself").wait_for()
    assert page.get_by_text("The app ran first").count() == 1
