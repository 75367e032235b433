# SPDX-License-Identifier: Apache-2.0
"""The program's own window, on a screen of its own: a live run, a replay, a file that is followed.

Method: xdotool is the hand, ImageMagick the eye, and `--tell` the program's own account of what it
does: where panels and buttons are, which frame it shows, what was selected.
"""
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from screen import Picture, Screen, require_tools  # noqa: E402

PROGRAM = os.environ.get("CROWDOUT_PROGRAM", "")
WORLD = str(pathlib.Path(__file__).resolve().parents[2] / "configs" / "minimal.yaml")
DRAIN = str(pathlib.Path(__file__).resolve().parents[2] / "configs" / "ai_capex_drain_small.yaml")

# In the order of enum Command in viz/keys.hpp, each with a key of its own.
KEYS = {"pause": "space", "step_forward": "period", "step_back": "comma", "slower": "bracketleft",
        "faster": "bracketright", "speed_one": "0", "follow": "f", "help": "h", "screenshot": "s",
        "log": "l", "view_overview": "1", "view_flow": "2", "view_markets": "3", "view_book": "4",
        "view_rates": "5", "view_agents": "6", "theme": "t", "language": "g", "clear": "Escape",
        "frame_left": "Left", "frame_right": "Right", "ten_left": "shift+Left",
        "ten_right": "shift+Right", "first": "Home", "last": "End", "previous_event": "p",
        "next_event": "n", "go_to": "j", "loop": "o", "fork": "k", "inject": "i", "quit": "q"}
COMMANDS = list(KEYS)


def program(*arguments: str, **environment) -> subprocess.CompletedProcess:
    return subprocess.run([PROGRAM, *arguments], check=False, capture_output=True, text=True,
                          timeout=300, env={"PATH": os.environ["PATH"], **environment})


def chunks_of_details(data: bytes) -> list:
    """Place, length and time of each: as a segment's series behind it, it has one time alone."""
    at, chunks = 8, []
    while at + 25 <= len(data):
        length, begin, end = (int.from_bytes(data[i:i + 8], "little")
                              for i in (at + 1, at + 9, at + 17))
        if data[at] == 6 and begin == end:
            chunks.append((at, length, begin))
        at += 9 + length
    return chunks[::2]


def damaged_at_18h(replay: str) -> str:
    """Another recording, of which that moment's details are lost."""
    data = bytearray(pathlib.Path(replay).read_bytes())
    details = chunks_of_details(data)
    hour = 3600 * 10**9
    for at, length, time_ns in details:
        if 2 < (time_ns - details[0][2]) / hour < 18:  # a segment has 16 hours at most
            data[at + length // 2] ^= 1
    file = pathlib.Path(replay).with_name("damaged.mcap")
    file.write_bytes(data)
    return str(file)


class Told:
    """What the program has told of itself so far."""

    def __init__(self, process):
        self.process = process
        self.panels, self.buttons = {}, {}
        self.frame = None
        self.selected = None  # kind and number

    def until(self, wanted: str, timeout: float = 30) -> str:
        """Reads lines up to one that begins so."""
        deadline = time.monotonic() + timeout
        heard = []
        while time.monotonic() < deadline:
            try:
                heard.append(self.process.hears(max(deadline - time.monotonic(), 0.01)))
            except AssertionError as error:
                raise AssertionError(f"waited for {wanted!r}, heard {heard[-20:]}: {error}") from None
            self.take(heard[-1])
            if heard[-1].startswith(wanted):
                return heard[-1]
        raise AssertionError(f"waited for {wanted!r}, heard {heard[-20:]}")

    def catch_up(self) -> None:
        while not self.process.lines.empty():
            self.take(self.process.hears())

    def shown(self) -> int:
        """The frame that is shown a second from now: told before or since."""
        time.sleep(1)
        self.catch_up()
        return self.frame

    def take(self, line: str) -> None:
        kind, *rest = line.split()
        if kind == "panel":
            if rest[0] == "toolbar":  # the first of a new layout
                self.panels, self.buttons = {}, {}
            self.panels[rest[0]] = tuple(int(float(each)) for each in rest[1:])
        elif kind == "button":
            self.buttons[COMMANDS[int(rest[0])]] = tuple(int(float(each)) for each in rest[1:])
        elif kind == "shows":
            self.frame = int(rest[0])
        elif kind == "selected":
            self.selected = rest


class Window(unittest.TestCase):
    SIZE = (1280, 720)

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.replay = str(pathlib.Path(cls.folder.name) / "run.mcap")
        done = program("run", DRAIN, "--until", "3d", "--quiet", "--record", cls.replay)
        assert done.returncode == 0, done.stderr

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def setUp(self):
        self.screen = Screen(*self.SIZE).__enter__()
        self.addCleanup(self.screen.__exit__, None, None, None)

    def settings(self, text: str) -> None:
        path = pathlib.Path(self.screen.folder.name) / "crowdout" / "window.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def start(self, *arguments: str, before: str = "") -> Told:
        """@param before  a shell's commands that the program is to live with."""
        command = (PROGRAM, *arguments, "--tell")
        if before:
            command = ("bash", "-c", before + '; exec "$@"', "bash", *command)
        told = Told(self.screen.start(*command))
        told.until("ready", 60)
        told.until("laid out")
        window = self.screen.hand("search", "--sync", "--onlyvisible", "--name", "Crowdout")
        self.window = window.split()[0]
        self.screen.hand("windowmove", self.window, 0, 0, "windowfocus", self.window)
        self.rest()
        return told

    def start_paused(self, *arguments: str) -> Told:
        """A replay that stands still at its end."""
        told = self.start("replay", self.replay, *arguments)
        self.key(told, "last")
        told.until("shows")
        return told

    def rest(self) -> None:
        """Puts the pointer where it lights nothing up."""
        self.screen.hand("mousemove", 2, 2)

    def key(self, told: Told, command: str) -> None:
        self.screen.hand("key", KEYS[command])
        told.until(f"command {COMMANDS.index(command)}")

    def click(self, x: float, y: float) -> None:
        self.screen.hand("mousemove", int(x), int(y), "click", 1)

    def middle(self, rect: tuple) -> tuple:
        return rect[0] + rect[2] // 2, rect[1] + rect[3] // 2

    def quit(self, told: Told) -> str:
        self.key(told, "quit")
        last = told.until("closed after")
        self.assertEqual(told.process.wait(60), 0)
        return last


class NoDisplay(unittest.TestCase):
    def test_is_a_sentence_and_10_before_anything_is_written(self):
        with tempfile.TemporaryDirectory() as folder:
            file = str(pathlib.Path(folder) / "run.mcap")
            done = program("watch", WORLD, "--record", file)
            self.assertEqual((done.returncode, done.stderr),
                             (10, "crowdout: error: no display: DISPLAY is not set "
                                  "(over ssh: ssh -X)\n"))
            self.assertFalse(pathlib.Path(file).exists())

    def test_a_watch_of_nothing_is_a_usage_error(self):
        self.assertEqual(program("watch").returncode, 2)


class Replay(Window):
    def test_every_key_asks_for_its_command(self):
        told = self.start_paused()
        for command in COMMANDS[:-1]:
            with self.subTest(command=command):
                self.key(told, command)
                if command == "go_to":  # it takes what is typed until it is closed
                    time.sleep(0.5)
                    self.screen.hand("key", "Escape")
                    time.sleep(0.5)
        self.quit(told)

    def test_a_typed_moment_is_gone_to(self):
        told = self.start_paused()
        last = told.frame
        self.key(told, "go_to")
        time.sleep(0.5)
        self.screen.hand("type", "--delay", "60", "soon")
        self.screen.hand("key", "Return")
        time.sleep(0.5)
        self.screen.look("go_to.png")
        self.screen.hand("key", "ctrl+a")
        self.screen.hand("type", "--delay", "60", "1d")
        self.screen.hand("key", "Return")
        told.until("shows")
        self.assertAlmostEqual(told.frame / last, 1 / 3, delta=0.02)  # of three days
        self.quit(told)

    def test_a_part_plays_again_and_again(self):
        told = self.start_paused()
        last = told.frame
        timeline = told.panels["timeline"]
        unmarked = self.screen.look_still().part(*timeline)
        self.key(told, "loop")
        told.until("says The loop begins here")
        self.assertNotEqual(self.screen.look_still("loop.png").part(*timeline), unmarked)
        for _ in range(2):
            self.key(told, "ten_left")
            told.until("shows")
        self.key(told, "loop")
        told.until("says The loop ends here")
        self.key(told, "pause")
        time.sleep(3)  # at a day a second a film of 20 frames would have ended
        self.key(told, "pause")
        time.sleep(0.5)
        told.catch_up()
        self.key(told, "step_back")
        told.until("shows")
        self.assertGreaterEqual(told.frame, last - 21)
        self.assertLess(told.frame, last)
        self.key(told, "loop")
        told.until("says No loop")
        self.quit(told)

    def test_it_tells_the_command_of_a_fork(self):
        told = self.start_paused()
        self.key(told, "fork")
        said = told.until("says Copied: crowdout run ")
        self.assertIn(f"--fork {self.replay} --at 20", said)
        self.quit(told)

    def test_every_button_asks_for_its_command(self):
        told = self.start_paused()
        self.assertGreater(len(told.buttons), 18)
        for command in [each for each in told.buttons if each != "help"]:  # it covers the others
            with self.subTest(command=command):
                self.screen.look_still()  # words and places change with language and speed
                told.catch_up()
                self.click(*self.middle(told.buttons[command]))
                told.until(f"command {COMMANDS.index(command)}")
        self.click(*self.middle(told.buttons["help"]))
        told.until(f"command {COMMANDS.index('help')}")

    def test_steps_go_by_frames_both_ways(self):
        told = self.start_paused()
        last = told.frame
        for command, by in (("step_back", -1), ("ten_left", -10), ("frame_right", 1),
                            ("step_forward", 1), ("ten_right", 9)):
            before = told.frame
            self.key(told, command)
            told.until("shows")
            self.assertEqual(told.frame, before + by, command)
        self.assertEqual(told.frame, last)
        self.key(told, "first")
        self.assertEqual(told.until("shows"), "shows 0")

    def test_back_looks_as_it_did_before(self):
        told = self.start_paused()
        pictures = (0, 0, self.SIZE[0], told.panels["status"][1])  # all but the frames a second
        seen = self.screen.look_still().part(*pictures)
        self.key(told, "ten_left")
        told.until("shows")
        self.assertNotEqual(self.screen.look_still().part(*pictures), seen)
        self.key(told, "ten_right")
        told.until("shows")
        self.assertEqual(self.screen.look_still().part(*pictures), seen)

    def test_pressing_the_timeline_goes_there(self):
        told = self.start_paused()
        last = told.frame
        left, top, width, height = told.panels["timeline"]
        self.click(left + width / 2, top + height / 3)
        told.until("shows")
        self.assertAlmostEqual(told.frame / last, 0.5, delta=0.05)

    def test_at_begins_there_and_stands_still(self):
        told = self.start("replay", self.replay, "--at", "100")
        self.screen.look_still()
        self.assertEqual(told.frame, 99)  # frame 0 shows step 1
        self.assertEqual(program("replay", self.replay, "--at", "soon",
                                 DISPLAY=self.screen.display).returncode, 2)

    def test_a_click_selects_and_escape_gives_up(self):
        told = self.start_paused()
        left, top, width, height = told.panels["flow"]
        self.assertNotIn("inspector", told.panels)
        # The uppermost holder's card lies in the left column, under headline and headings.
        self.click(left + 0.08 * width, top + 0.25 * height)
        told.until("selected 0")
        told.until("laid out")
        inspector = told.panels["inspector"]
        self.rest()
        picture = self.screen.look_still("selected.png")
        self.assertGreater(len(picture.colors(*inspector)), 30)
        self.key(told, "clear")
        told.until("selected nothing")
        told.until("laid out")
        self.assertNotIn("inspector", told.panels)

    def test_a_name_in_the_inspector_leads_to_an_account(self):
        told = self.start_paused()
        left, top, width, height = told.panels["flow"]
        self.click(left + 0.08 * width, top + 0.25 * height)
        told.until("selected 0")
        told.until("laid out")
        left, top, width, height = told.panels["inspector"]
        row = top + 40
        while row < top + height - 20 and told.selected[0] != "2":
            self.click(left + width / 3, row)
            time.sleep(0.2)
            told.catch_up()
            row += 17
        self.assertEqual(told.selected[0], "2")
        self.rest()
        self.screen.look_still("account.png")
        self.quit(told)

    def test_a_line_of_the_log_leads_to_what_it_speaks_of(self):
        world = pathlib.Path(self.screen.folder.name) / "outage.yaml"
        world.write_text(pathlib.Path(WORLD).read_text(encoding="utf-8") +
                         "shocks:\n  - {name: down, at: 2026-01-05T06:00:00Z, kind: outage, "
                         "venue: exchange, lasts: 1h}\n", encoding="utf-8")
        file = str(world.with_suffix(".mcap"))
        done = program("run", str(world), "--quiet", "--record", file)
        self.assertEqual(done.returncode, 0, done.stderr)
        told = self.start("replay", file)
        self.key(told, "last")
        told.until("shows")
        last = told.frame
        self.assertNotIn("inspector", told.panels)

        # The oldest lines: the shock, the book that cannot be reached, and that it trades again.
        left, top, width, _ = told.panels["log"]
        heading, line = 26, 32
        self.click(left + width / 2, top + heading + 2.5 * line)
        told.until("selected 1 0")  # the first book
        told.until("laid out")
        self.assertIn("inspector", told.panels)
        self.assertLess(told.frame, last)
        resumed = told.frame
        self.rest()
        self.screen.look_still("log.png")

        self.key(told, "clear")
        told.until("selected nothing")
        self.key(told, "previous_event")
        told.until("selected 1 0")
        told.until("shows")
        self.assertLess(told.frame, resumed)
        self.quit(told)

    def test_language_and_colours_there_and_back(self):
        told = self.start_paused()
        english = self.screen.look_still()
        self.key(told, "language")
        chinese = self.screen.look_still("chinese.png")
        self.assertGreater(chinese.differs(english), 0.005)
        self.key(told, "theme")
        self.assertGreater(self.screen.look_still("light.png").brightness(), 180)
        self.key(told, "theme")
        self.key(told, "language")
        # But for the status line, which tells how fast this machine draws.
        status_top = told.panels["status"][1]
        self.assertEqual(self.screen.look_still().differs(english, status_top), 0)

    def test_a_picture_is_kept_and_said(self):
        told = self.start_paused()
        self.key(told, "screenshot")
        said = told.until("says Picture saved: ")
        name = said.removeprefix("says Picture saved: ")
        self.assertIn("ai_capex_drain", name)
        self.assertTrue((pathlib.Path(self.screen.folder.name) / name).exists())

    def test_a_broken_file_is_refused_in_a_sentence(self):
        file = pathlib.Path(self.folder.name) / "broken.mcap"
        file.write_bytes(pathlib.Path(self.replay).read_bytes()[:100])
        done = program("replay", str(file), DISPLAY=self.screen.display)
        self.assertEqual(done.returncode, 6)
        self.assertEqual(done.stderr.count("\n"), 1)

    def test_a_damaged_part_is_passed_over(self):
        file = damaged_at_18h(self.replay)
        told = self.start("replay", file, "--at", "2d")
        for command in ("view_overview", "view_flow", "view_markets", "view_book", "view_agents"):
            self.key(told, command)
            time.sleep(1)
        whole = told.shown()
        left, top, width, height = told.panels["timeline"]
        self.click(left + width / 4, top + height / 3)  # 18h
        told.until("says byte")
        self.assertEqual(told.shown(), whole)
        self.quit(told)

        # Nothing has been shown yet, so there is nothing to draw.
        told = self.start("replay", file, "--at", "18h")
        for command in ("view_overview", "view_flow", "view_markets", "view_book", "view_agents"):
            self.key(told, command)
            time.sleep(0.5)
        self.quit(told)

    def test_resizing_lays_out_anew(self):
        told = self.start_paused()
        self.screen.hand("windowsize", "--sync", self.window, 1100, 640)
        told.until("laid out")
        status = told.panels["status"]
        self.assertEqual(status[0] + status[2], 1100 - 6)
        self.assertEqual(status[1] + status[3], 640 - 6)
        self.quit(told)

    def test_speed(self):
        told = self.start("replay", self.replay, "--speed", "1/2")
        time.sleep(5)
        words = self.quit(told).split()
        frames, seconds, vertices = float(words[2]), float(words[5]), float(words[9])
        print(f"{frames / seconds:.1f} frames a second, {vertices:.0f} vertices", file=sys.stderr)
        self.assertLess(vertices, 60_000)
        self.assertGreater(frames, 0)  # how many a second is the machine's: no test holds it to that


class Render(Window):
    def render(self, *arguments: str, file: str = "") -> subprocess.CompletedProcess:
        return subprocess.run([PROGRAM, "render", file or self.replay, *arguments], check=False,
                              text=True, capture_output=True, timeout=120,
                              env=self.screen.environment())

    def test_pictures_of_views_and_moments(self):
        folder = pathlib.Path(self.folder.name) / "pictures"
        done = self.render("--png", str(folder), "--at", "1d", "--at", "200", "--view", "flow",
                           "--view", "markets", "--lang", "zh", "--size", "1280x720")
        self.assertEqual(done.returncode, 0, done.stderr)
        files = done.stdout.split()
        self.assertEqual(len(files), 4)
        pictures = [Picture.load(file) for file in files]
        for picture in pictures:
            self.assertEqual((picture.width, picture.height), (1280, 720))
            self.assertGreater(len(picture.colors()), 100)
        self.assertGreater(pictures[0].differs(pictures[2]), 0.01)

    def test_what_it_does_not_understand_is_a_usage_error(self):
        for wrong in (["--view", "sky"], ["--size", "big"], ["--size", "959x600"],
                      ["--size", "960x599"], ["--size", "0x0"], ["--size", "9000x900"], ["--lang", "fr"], ["--at", "soon"]):
            with self.subTest(wrong=wrong):
                self.assertEqual(self.render("--png", self.folder.name, *wrong).returncode, 2)
        self.assertEqual(self.render().returncode, 2)

    def test_a_damaged_moment_is_6_and_names_the_file(self):
        file = damaged_at_18h(self.replay)
        for where in (["--png", self.folder.name], ["--video", file + ".mp4", "--seconds", "1"]):
            with self.subTest(where=where):
                done = self.render("--at", "18h", *where, file=file)
                self.assertEqual(done.returncode, 6, done.stderr)
                self.assertIn(f"{file}: byte", done.stderr)

    def test_a_recording_without_frames_is_5(self):
        data = pathlib.Path(self.replay).read_bytes()
        file = pathlib.Path(self.folder.name) / "begun.mcap"
        file.write_bytes(data[:chunks_of_details(data)[0][0]])
        for where in (["--png", self.folder.name], ["--video", str(file) + ".mp4"]):
            with self.subTest(where=where):
                done = self.render(*where, file=str(file))
                self.assertEqual(done.returncode, 5, done.stderr)
                self.assertIn(f"{file}: it has no frame yet", done.stderr)

    def test_without_a_display_it_says_so(self):
        self.assertEqual(program("render", self.replay, "--png", self.folder.name).returncode, 10)

    def test_a_pipe_holds_no_video(self):
        pipe = pathlib.Path(self.folder.name) / "pipe.mp4"
        os.mkfifo(pipe)
        done = self.render("--video", str(pipe))
        self.assertEqual(done.returncode, 5, done.stderr)
        self.assertTrue(pipe.is_fifo())

    @unittest.skipUnless(shutil.which("ffmpeg") and shutil.which("ffprobe"), "no ffmpeg")
    def test_a_video_has_the_length_and_size_asked_for(self):
        file = pathlib.Path(self.folder.name) / "clip.mp4"
        done = self.render("--video", str(file), "--seconds", "1", "--size", "1280x720")
        self.assertEqual(done.returncode, 0, done.stderr)
        told = subprocess.run(["ffprobe", "-v", "error", "-show_entries",
                               "stream=width,height,nb_frames", "-of", "csv=p=0", str(file)],
                              check=True, capture_output=True, text=True)
        self.assertEqual(told.stdout.strip(), "1280,720,25")

    def test_a_video_without_ffmpeg_is_a_sentence_and_leaves_nothing(self):
        file = pathlib.Path(self.folder.name) / "none.mp4"
        done = subprocess.run([PROGRAM, "render", self.replay, "--video", str(file)], check=False,
                              env={**self.screen.environment(), "PATH": self.folder.name},
                              capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 5)
        self.assertIn("ffmpeg is not installed", done.stderr)
        self.assertEqual(list(pathlib.Path(self.folder.name).glob("none*")), [])


class Live(Window):
    def watch(self, *arguments: str) -> Told:
        self.file = str(pathlib.Path(self.screen.folder.name) / "live.mcap")
        return self.start("watch", DRAIN, "--record", self.file, *arguments)

    def check_recording(self) -> None:
        done = program("verify", self.file, "--resim", "--threads", "2")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_pausing_holds_the_run_and_a_step_makes_one(self):
        told = self.watch("--speed", "1/16")
        time.sleep(1)
        self.key(told, "pause")
        told.shown()
        self.key(told, "last")
        time.sleep(0.5)
        self.key(told, "step_forward")
        told.until("shows")
        before = told.frame
        for _ in range(3):
            self.key(told, "step_forward")
            told.until("shows")
        self.assertEqual(told.frame, before + 3)
        self.quit(told)

    def test_an_error_that_ends_it_stays_in_sight(self):
        # Files of at most 200 KiB: the recording fails as on a full disk.
        told = self.start("watch", DRAIN, "--record", "full.mcap", "--speed", "max",
                          before="trap '' XFSZ; ulimit -f 200")
        told.until("says cannot write to full.mcap")
        time.sleep(1)
        left, top, _, height = told.panels["status"]
        red, green, blue = self.screen.look("failed.png")[left + 12, top + height // 2]  # its dot
        self.assertGreater(red - blue, 150)  # of warnings, not the grey of an end
        self.assertGreater(red - green, 50)
        self.key(told, "quit")
        self.assertEqual(told.process.wait(60), 5)

    def test_closing_while_it_runs_leaves_a_whole_file(self):
        told = self.watch("--speed", "max")
        time.sleep(2)
        self.quit(told)
        self.check_recording()

    def test_an_interrupt_closes_it_with_130(self):
        told = self.watch("--speed", "max")
        time.sleep(1)
        told.process.process.send_signal(signal.SIGINT)
        self.assertEqual(told.process.wait(60), 130)
        self.assertEqual(program("verify", self.file).returncode, 0)

    def test_a_shock_given_in_the_window_is_part_of_the_recording(self):
        told = self.watch("--speed", "1/4")
        time.sleep(1)
        self.key(told, "inject")
        time.sleep(0.5)
        # The second kind of the list, an outage: its venue is chosen already.
        self.click(1090, 107)
        time.sleep(0.5)
        self.screen.look("inject_kinds.png")
        self.click(1000, 155)
        time.sleep(0.5)
        self.screen.look("inject.png")
        self.click(1090, 237)
        told.until("says It happens in the next step: kind: outage venue:")
        time.sleep(1)
        self.key(told, "clear")
        self.quit(told)
        self.check_recording()
        inputs = json.loads(program("info", self.file, "--json").stdout)["inputs"]
        self.assertEqual(len(inputs) if isinstance(inputs, list) else inputs, 1)

    def test_looking_back_further_than_memory_reaches(self):
        told = self.watch("--speed", "max")
        time.sleep(6)
        self.key(told, "pause")
        newest = told.shown()
        self.assertGreater(newest, 1024)
        self.key(told, "first")
        self.assertEqual(told.until("shows"), "shows 0")
        self.key(told, "last")
        told.until("shows")
        self.assertGreaterEqual(told.frame, newest)
        self.quit(told)

    def test_nothing_is_left_of_a_run_that_nobody_records(self):
        told = self.start("watch", WORLD, "--no-record", "--speed", "max")
        time.sleep(1)
        self.quit(told)
        left = [each for each in pathlib.Path(self.screen.folder.name).rglob("*.mcap")]
        self.assertEqual(left, [])

    def test_a_file_that_is_being_written_is_followed(self):
        file = pathlib.Path(self.screen.folder.name) / "other.mcap"
        writer = subprocess.Popen([PROGRAM, "run", DRAIN, "--quiet", "--record", str(file)],
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(writer.wait)
        self.addCleanup(writer.kill)
        deadline = time.monotonic() + 60
        while not (file.exists() and file.stat().st_size > 300_000):
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.2)
        told = self.start("watch", "--follow", str(file), "--speed", "max")
        frames = []
        for _ in range(2):
            self.key(told, "pause")
            frames.append(told.shown())
            self.key(told, "follow")
            time.sleep(2)
        self.assertGreater(frames[1], frames[0])
        self.quit(told)


class Sizes(Window):
    SIZE = (2560, 1440)
    VIEWS = ("overview", "flow", "markets", "book", "rates", "agents")

    def check(self, told: Told, picture, width: int, height: int) -> None:
        """No panel is empty, cut off, or over another."""
        rects = told.panels
        for name, (left, top, wide, high) in rects.items():
            with self.subTest(panel=name):
                self.assertGreaterEqual(min(left, top), 0)
                self.assertLessEqual(left + wide, width)
                self.assertLessEqual(top + high, height)
                # Text has smooth edges: many colours; a panel without any has three.
                self.assertGreater(len(picture.colors(left, top, wide, high)), 20)
                for other, (x, y, w, h) in rects.items():
                    apart = (other == name or x >= left + wide or left >= x + w or
                             y >= top + high or top >= y + h)
                    self.assertTrue(apart, f"{name} and {other}")

    def test_every_view_at_three_sizes(self):
        for width, height in ((1280, 720), (1600, 900), (2560, 1440)):
            self.settings(f"width: {width}\nheight: {height}\n")
            told = self.start_paused()
            for view in self.VIEWS:
                with self.subTest(width=width, view=view):
                    if view != "overview":
                        self.key(told, f"view_{view}")
                        told.until("laid out")
                    self.rest()
                    picture = self.screen.look_still(f"window_{view}_{width}x{height}.png")
                    self.check(told, picture, width, height)
            self.quit(told)


if __name__ == "__main__":
    require_tools()
    unittest.main()
