# SPDX-License-Identifier: Apache-2.0
"""A screen of the test's own: an X server without a monitor, a program on it, a hand and an eye."""
import ctypes
import os
import pathlib
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

SKIPPED = 77


LIBC = ctypes.CDLL(None)


def die_with_the_test() -> None:
    """In a child: the kernel ends it when the test ends, even if that is killed."""
    pr_set_pdeathsig = 1
    LIBC.prctl(pr_set_pdeathsig, signal.SIGKILL)


def require_tools() -> None:
    """Ends the test program as skipped where a tool is missing."""
    missing = [tool for tool in ("Xvfb", "xdotool", "import", "convert") if not shutil.which(tool)]
    if missing:
        print(f"skipped: {', '.join(missing)} not installed "
              "(Debian: xvfb xdotool imagemagick)", flush=True)
        sys.exit(SKIPPED)


class Picture:
    """Pixels, as rows of red, green, blue."""

    def __init__(self, ppm: bytes):
        kind, width, height, depth = ppm.split(None, 4)[:4]
        assert kind == b"P6" and depth == b"255"
        self.width, self.height = int(width), int(height)
        self.pixels = ppm[len(ppm) - 3 * self.width * self.height:]

    @staticmethod
    def load(path) -> "Picture":
        return Picture(subprocess.run(["convert", str(path), "-depth", "8", "ppm:-"], check=True,
                                      capture_output=True).stdout)

    def __getitem__(self, place: tuple) -> tuple:
        x, y = place
        at = 3 * (y * self.width + x)
        return tuple(self.pixels[at:at + 3])

    def part(self, left: int, top: int, width: int, height: int) -> bytes:
        rows = range(top, top + height)
        return b"".join(self.pixels[3 * (y * self.width + left):3 * (y * self.width + left + width)]
                        for y in rows)

    def colors(self, *place: int) -> set:
        part = self.part(*place) if place else self.pixels
        return {part[i:i + 3] for i in range(0, len(part), 3)}

    def brightness(self) -> float:
        """Mean of all channels, 0..255."""
        return sum(self.pixels) / len(self.pixels)

    def differs(self, other: "Picture", above: int | None = None) -> float:
        """Share of the pixels that are not the same, of the rows above one or of all."""
        assert (self.width, self.height) == (other.width, other.height)
        end = None if above is None else 3 * self.width * above
        mine, others = self.pixels[:end], other.pixels[:end]
        return sum(mine[i:i + 3] != others[i:i + 3] for i in range(0, len(mine), 3)) * 3 / len(mine)


class Screen:
    """An Xvfb. Use with `with`: it is ended in any case, and so are the programs on it."""

    def __init__(self, width: int = 2560, height: int = 1440):
        self.size = (width, height)
        self.programs = []

    def __enter__(self) -> "Screen":
        read_end, write_end = os.pipe()
        # The server picks a free number and tells it: two tests never meet on one.
        self.server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write_end), "-nolisten", "tcp", "-screen", "0",
             f"{self.size[0]}x{self.size[1]}x24"],
            pass_fds=(write_end,), preexec_fn=die_with_the_test,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(write_end)
        with os.fdopen(read_end) as told:
            number = told.readline().strip()
        if not number:
            self.server.wait(timeout=10)
            raise RuntimeError("Xvfb did not start")
        self.display = f":{number}"
        self.folder = tempfile.TemporaryDirectory()
        return self

    def __exit__(self, *_) -> None:
        for program in self.programs:
            program.end()
        self.server.terminate()
        try:
            self.server.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.server.kill()
            self.server.wait()
        self.folder.cleanup()

    def environment(self) -> dict:
        """Nothing of the tester's own settings may decide a test."""
        kept = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
        return {**kept, "DISPLAY": self.display, "XDG_CONFIG_HOME": self.folder.name,
                "LANG": "C.UTF-8", "LP_NUM_THREADS": "1"}

    def start(self, *command: str) -> "Program":
        program = Program(self, command)
        self.programs.append(program)
        return program

    def hand(self, *arguments) -> str:
        """One xdotool command, or several behind each other."""
        return subprocess.run(["xdotool", *map(str, arguments)], env=self.environment(), check=True,
                              capture_output=True, text=True, timeout=30).stdout

    def look(self, keep: str = "") -> Picture:
        """The whole screen. @param keep  also leaves it as a file of this name for people."""
        ppm = subprocess.run(["import", "-window", "root", "-depth", "8", "ppm:-"], check=True,
                             env=self.environment(), capture_output=True, timeout=30).stdout
        if keep and os.environ.get("GUI_ARTEFACTS"):
            folder = pathlib.Path(os.environ["GUI_ARTEFACTS"])
            folder.mkdir(parents=True, exist_ok=True)
            subprocess.run(["convert", "ppm:-", str(folder / keep)], input=ppm, check=True)
        return Picture(ppm)

    def look_still(self, keep: str = "") -> Picture:
        """The screen once two pictures in a row are the same."""
        before = self.look()
        for _ in range(40):
            time.sleep(0.1)
            now = self.look()
            if now.pixels == before.pixels:
                return self.look(keep) if keep else now
            before = now
        raise AssertionError("the screen does not come to rest")


class Program:
    """A program on a screen, and the lines that it says."""

    def __init__(self, screen: Screen, command: tuple):
        self.process = subprocess.Popen(command, env=screen.environment(), text=True,
                                        cwd=screen.folder.name, stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL,
                                        preexec_fn=die_with_the_test)
        self.lines = queue.Queue()
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        for line in self.process.stdout:
            self.lines.put(line.rstrip("\n"))
        self.lines.put(None)

    def hears(self, timeout: float = 20) -> str:
        """The next line; an assertion where none comes."""
        try:
            line = self.lines.get(timeout=timeout)
        except queue.Empty:
            raise AssertionError("the program says nothing") from None
        assert line is not None, f"the program has ended with {self.process.wait()}"
        return line

    def expect(self, wanted: str, timeout: float = 20) -> None:
        """Waits for a line, past others."""
        heard = []
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            try:
                heard.append(self.hears(max(deadline - time.monotonic(), 0.01)))
            except AssertionError as error:
                raise AssertionError(f"waited for {wanted!r}, heard {heard}: {error}") from None
            if heard[-1].startswith(wanted):
                return
        raise AssertionError(f"waited for {wanted!r}, heard {heard}")

    def wait(self, timeout: float = 20) -> int:
        return self.process.wait(timeout=timeout)

    def end(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.reader.join()
        self.process.stdout.close()
