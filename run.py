"""Sets the project up and starts it, on a machine with nothing but Python 3.11 or newer.

    python run.py                 set up, load the demonstration years on first run, open the dashboard
    python run.py test [--long]   set up, then run every test

Written for any Python, so that an old one can say what is needed: no syntax or module newer
than the check below. Exit codes: 0 done, 1 it could not be done, 2 wrong usage.
"""

from __future__ import print_function

import sys

NEEDED = (3, 11)


def too_old(version):
    """The sentence for a Python that is too old; an empty text for one that will do."""
    if tuple(version[:2]) >= NEEDED:
        return ""
    return (
        "This needs Python %d.%d or newer; it was started with Python %d.%d. "
        "Install a newer one from python.org, then run it again with that one." % (NEEDED + tuple(version[:2]))
    )


if too_old(sys.version_info):
    sys.stderr.write(too_old(sys.version_info) + "\n")
    sys.exit(2)

import argparse
import errno
import glob
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
import webbrowser

PROJECT = os.path.dirname(os.path.abspath(__file__))
ENVIRONMENT = os.path.join(PROJECT, ".venv")
FIRST_PORT, LAST_PORT = 8501, 8520
# Megabytes that the libraries take, measured on Linux: 750 to run, 1,000 with the tools of the tests.
ROOM_TO_RUN, ROOM_TO_TEST = 1200, 1600
# Seconds: how long a server may take to answer. Streamlit's own start is about two.
PATIENCE = 90
# What the server ends with where an earlier edition of the program made the data (dashboard/serve.py).
EARLIER_EDITION = 9


class CannotGoOn(Exception):
    """What stands in the way, as a sentence that says what to do. Never shown as a traceback."""

    def __init__(self, sentence, code=1):
        Exception.__init__(self, sentence)
        self.code = code


def say(text):
    """Prints a line at once, so that it stands before what a command started next prints."""
    print(text, flush=True)


# ---- the libraries --------------------------------------------------------------------------------------------------


def python_of(environment):
    """The path of the Python inside a virtual environment, on Windows or elsewhere."""
    return os.path.join(environment, *(["Scripts", "python.exe"] if os.name == "nt" else ["bin", "python"]))


def version_of(environment):
    """The version of Python that an environment was made with, such as (3, 11); None when it cannot be used."""
    settings = {}
    try:
        with open(os.path.join(environment, "pyvenv.cfg"), encoding="utf-8") as lines:
            for line in lines:
                name, _, value = line.partition("=")
                settings[name.strip()] = value.strip()
        version = settings.get("version") or settings["version_info"]
        numbers = tuple(int(part) for part in version.split(".")[:2])
    except (OSError, KeyError, ValueError):
        return None
    if not os.path.exists(python_of(environment)) or not os.path.isdir(settings.get("home", "")):
        return None
    return numbers


def fingerprint(name, environment):
    """A text that changes when a requirements file or the environment's Python does."""
    found = hashlib.sha256(repr((version_of(environment), sys.platform)).encode())
    with open(os.path.join(PROJECT, name), "rb") as file:
        found.update(file.read().replace(b"\r\n", b"\n"))
    return found.hexdigest()


def is_installed(name, environment):
    """Whether a requirements file was installed here, unchanged since, into an environment that still works."""
    stamp = os.path.join(environment, name + ".installed")
    if version_of(environment) is None or not os.path.exists(stamp):
        return False
    with open(stamp, encoding="utf-8") as file:
        return file.read() == fingerprint(name, environment)


def set_up(for_tests=False):
    """The environment's Python, with everything pinned in requirements*.txt installed."""
    wanted = ["requirements.txt"] + (["requirements-dev.txt"] if for_tests else [])
    if not all(is_installed(name, ENVIRONMENT) for name in wanted):
        check_room(ROOM_TO_TEST if for_tests else ROOM_TO_RUN)
        uv = find_uv()
        make_environment(uv)
        for name in wanted:
            if not is_installed(name, ENVIRONMENT):
                install(name, uv)
                with open(os.path.join(ENVIRONMENT, name + ".installed"), "w", encoding="utf-8") as stamp:
                    stamp.write(fingerprint(name, ENVIRONMENT))
    return python_of(ENVIRONMENT)


def check_room(megabytes):
    """Raises CannotGoOn when the project's folder is read-only or its disk too full for the libraries."""
    if version_of(ENVIRONMENT) is None and not os.access(PROJECT, os.W_OK):
        raise CannotGoOn("%s is read-only: put the project in a folder of your own, then run it again." % PROJECT)
    free = shutil.disk_usage(PROJECT).free // 2**20
    if version_of(ENVIRONMENT) is None and free < megabytes:
        said = "There is not room enough on the disk: the libraries take %d MB and %s has %d MB free."
        raise CannotGoOn(said % (megabytes, PROJECT, free))


def find_uv():
    """The path of a uv that works, a fast installer; None when there is none."""
    path, quiet = shutil.which("uv"), {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return path if path and subprocess.run([path, "--version"], **quiet).returncode == 0 else None


def make_environment(uv):
    """Makes .venv when there is none that works; one made by hand, by uv or by pip, is kept."""
    version = version_of(ENVIRONMENT)
    if version is not None and version >= NEEDED:
        return
    say("Making .venv, the project's own set of libraries ...")
    makers = [[uv, "venv", "--quiet", "--python", sys.executable]] if uv else []
    for maker in makers + [[sys.executable, "-m", "venv"]]:
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
        made = subprocess.run(maker + [ENVIRONMENT], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if made.returncode == 0:
            return
    shutil.rmtree(ENVIRONMENT, ignore_errors=True)
    raise CannotGoOn(why_not(made.stdout.decode("utf-8", "replace"), "A virtual environment could not be made"))


def has_pip(python):
    """Whether an environment has pip; one made by uv has not, until Python's own copy is unpacked into it."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    asked = (["pip", "--version"], ["ensurepip", "--default-pip"])
    return any(subprocess.run([python, "-m"] + command, **quiet).returncode == 0 for command in asked)


def install(name, uv):
    """Installs one hashed requirements file into .venv, with uv when there is one, else with pip."""
    python, file = python_of(ENVIRONMENT), os.path.join(PROJECT, name)
    with open(file, encoding="utf-8") as lines:
        count = sum("==" in line for line in lines)
    say("Installing the %d libraries of %s (the first time this takes some minutes) ..." % (count, name))
    # The file names everything, so nothing is to be worked out; a file with another hash is not installed.
    pinned, said = ["--no-deps", "--require-hashes", "-r", file], ""
    if uv:
        # Compiled now, as pip does: else every first import of a library waits for it, and for ever where none is kept.
        code, said = watched([uv, "pip", "install", "--compile-bytecode", "--python", python] + pinned, count)
        if code == 0:
            return
        # A council often tells pip, and not uv, where its own package mirror is.
    if has_pip(python):
        command = [python, "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
        code, said = watched(command + pinned, count)
        if code == 0:
            return
    raise CannotGoOn(why_not(said, "The libraries of %s could not be installed" % name))


def watched(command, count):
    """The exit code and the output of an installer; shows how far it is while it runs, if somebody watches."""
    lines, begun = [], 0
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    patience = {"PIP_RETRIES": "2", "UV_HTTP_RETRIES": "2", "PYTHONUTF8": "1"}
    started = subprocess.Popen(command, env=dict(patience, **os.environ), **pipes)
    for raw in started.stdout:
        line = raw.decode("utf-8", "replace").rstrip()
        lines.append(line)
        begun += line.startswith("Collecting ")
        if begun and sys.stdout.isatty():
            done = min(30, 30 * begun // max(1, count))
            print("\r  [%s] %d of %d " % (("#" * done).ljust(30, "."), min(begun, count), count), end="", flush=True)
    print(end="\n" if begun and sys.stdout.isatty() else "")
    return started.wait(), "\n".join(lines)


# Words in what a command printed, and the sentence they come to; the first that fits is said.
REASONS = (
    ("no space left,errno 28,not enough space", "the disk is full. Make room, then run it again."),
    ("permission denied,read-only file system,access is denied",
     "a folder may not be written to. Close the dashboard if it is open, or use a folder of your own."),
    ("ensurepip,no module named venv", "this Python lacks venv. On Debian or Ubuntu: sudo apt install python3-venv."),
    ("match the hashes,hash mismatch", "a file sent is not the one pinned. Tell whoever runs your package mirror."),
    ("connection,resolve,timed out,network,proxy,ssl,certificate,dns,no matching distribution",
     "no package index could be reached. Check the network; behind a council's proxy, ask for the address of "
     "your package mirror and set it with: pip config set global.index-url ADDRESS"),
)


def why_not(said, what):
    """The sentence for a failed command, from what it printed; else its own last lines."""
    for words, sentence in REASONS:
        if any(word in said.lower() for word in words.split(",")):
            return what + ": " + sentence
    last = [line.strip() for line in said.splitlines() if line.strip()][-3:]
    return what + ". Its last words: " + " / ".join(last or ["none"])


# ---- the demonstration years ----------------------------------------------------------------------------------------


def data_folder(given):
    """The data folder: --data, else SCORECARD_DATA, else data/ in the project."""
    chosen = given or os.environ.get("SCORECARD_DATA") or os.path.join(PROJECT, "data")
    return os.path.abspath(os.path.expanduser(chosen))


def is_empty(data):
    """Whether nothing was ever loaded into a data folder: no journal, no version, no file received."""
    kept = ["journal.db", "CURRENT"] + [os.path.join(name, "*") for name in ("versions", "raw")]
    return not any(glob.glob(os.path.join(glob.escape(data), name)) for name in kept)


def load_demonstration(python, data):
    """Loads the demonstration years into an empty data folder; one that holds anything is left as it is.

    They are built in a folder beside and moved in once whole, so that a first run that is
    stopped half way leaves nothing, and somebody's own returns are never mixed with them.
    """
    building = os.path.join(data, "building-demonstration")
    whole = os.path.join(building, "whole")
    if not os.path.exists(whole):
        shutil.rmtree(building, ignore_errors=True)
        if not is_empty(data):
            return
        say("Loading the demonstration years, once. They are made up; your own returns are never mixed with them.")
        try:
            os.makedirs(building)
        except OSError as problem:
            raise CannotGoOn(why_not(str(problem), "The data folder %s could not be used" % data))
        made = subprocess.run([python, "-m", "pipelines", "demo", "--data", building], cwd=PROJECT)
        if made.returncode:
            shutil.rmtree(building, ignore_errors=True)
            raise CannotGoOn("The demonstration years could not be loaded, for the reason above. Nothing was kept.")
        open(whole, "w").close()
    for name in os.listdir(building):
        if name != "whole":
            os.replace(os.path.join(building, name), os.path.join(data, name))
    shutil.rmtree(building)


# ---- the dashboard --------------------------------------------------------------------------------------------------


def is_free(port):
    """Whether a server could listen on a port of 127.0.0.1."""
    with socket.socket() as probe:
        if os.name != "nt":
            # Elsewhere a port that was closed a minute ago would look taken; on Windows this would hide a taken one.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as problem:
            if problem.errno in (errno.EACCES, errno.EPERM):
                raise CannotGoOn("This user may not open port %d; give another with --port, 1024 or above." % port, 2)
            return False
    return True


def choose_port(asked):
    """The port asked for; without one, 8501 or the next that is free, which is said."""
    if asked is not None:
        if not 0 < asked < 65536:
            raise CannotGoOn("--port takes a number from 1 to 65535, not %d." % asked, 2)
        if not is_free(asked):
            raise CannotGoOn(
                "Port %d is in use, perhaps by a dashboard that is still open. "
                "Close that, or give another port, or none to take the next free one." % asked
            )
        return asked
    for port in range(FIRST_PORT, LAST_PORT + 1):
        if is_free(port):
            if port != FIRST_PORT:
                say("Port %d is in use, so the dashboard opens on %d." % (FIRST_PORT, port))
            return port
    raise CannotGoOn("Ports %d to %d are all in use; give another with --port." % (FIRST_PORT, LAST_PORT))


def answers(url):
    """Whether the server answers. No proxy is asked: a council's would look for 127.0.0.1 on itself."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        return opener.open(url + "/_stcore/health", timeout=2).status == 200
    except (urllib.error.URLError, OSError):
        return False


def has_screen():
    """Whether a browser can be shown; on a bare Linux a text browser would take over the terminal."""
    shown = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return os.name == "nt" or sys.platform == "darwin" or bool(shown)


def open_dashboard(python, data, port, browser):
    """Serves the dashboard until it is stopped; opens the browser, once, when the server answers. The exit code."""
    url = "http://127.0.0.1:%d" % port
    command = [python, "-m", "dashboard.serve", "--port", str(port)]
    server = subprocess.Popen(command, cwd=PROJECT, env=dict(os.environ, SCORECARD_DATA=data))
    try:
        until = time.time() + PATIENCE
        while not answers(url):
            if server.poll() == EARLIER_EDITION:
                say("An earlier edition of this program loaded the data: they are made again from the files received.")
                if subprocess.call([python, "-m", "pipelines", "rebuild", "--data", data], cwd=PROJECT) == 0:
                    return open_dashboard(python, data, port, browser)
            if server.poll() is not None:
                raise CannotGoOn("The dashboard stopped before it answered, for the reason above.")
            if time.time() > until:
                raise CannotGoOn("The dashboard did not answer within %d seconds." % PATIENCE)
            time.sleep(0.05)
        say("The scorecard is at %s (Ctrl-C here stops it)." % url)
        if browser and has_screen():
            webbrowser.open(url)
        return 1 if server.wait() else 0
    except KeyboardInterrupt:
        return 0
    finally:
        if server.poll() is None:
            server.terminate()
            try:
                server.wait(timeout=10)
            except subprocess.TimeoutExpired:
                server.kill()


# ---- what was asked -------------------------------------------------------------------------------------------------


def read_arguments(arguments):
    """What was asked on the command line."""
    parser = argparse.ArgumentParser(prog="python run.py", description="Sets the project up and starts it.")
    parser.add_argument("what", nargs="?", choices=["open", "test"], default="open", help="default: open the dashboard")
    parser.add_argument("only", nargs="*", metavar="TEST", help="with test: only these files or folders")
    parser.add_argument("--long", action="store_true", help="with test: the tests that take minutes too")
    parser.add_argument("--port", type=int, help="the dashboard's port (default: the first free from 8501)")
    parser.add_argument("--data", help="the data folder (default: SCORECARD_DATA, else data/)")
    parser.add_argument("--no-browser", action="store_true", help="do not open a browser")
    options = parser.parse_intermixed_args(arguments)
    if options.what != "test" and (options.long or options.only):
        parser.error("--long and names of tests go with test")
    return options


def main(arguments=None):
    """The exit code: 0 done, 1 it could not be done, 2 wrong usage."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")
    options = read_arguments(arguments)
    try:
        if options.what == "test":
            begun = time.time()
            command = [set_up(for_tests=True), os.path.join(PROJECT, "tests", "stages.py")]
            command += ["--installed-in", "%.0f" % (time.time() - begun)] + (["--long"] if options.long else [])
            return subprocess.call(command + options.only, cwd=PROJECT)
        data, port = data_folder(options.data), choose_port(options.port)
        python = set_up()
        load_demonstration(python, data)
        return open_dashboard(python, data, port, not options.no_browser)
    except CannotGoOn as problem:
        sys.stderr.write(str(problem) + "\n")
        return problem.code
    except OSError as problem:
        sys.stderr.write(why_not(str(problem), "This could not be done") + "\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("Stopped.\n")
        return 1


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    sys.exit(main())
