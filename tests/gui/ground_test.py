# SPDX-License-Identifier: Apache-2.0
"""The window's ground in a real window: keys, clicks, zoom, seek, sizes, languages, pictures.

Method: tests/viz/demo.cpp draws one of everything; xdotool is the hand, ImageMagick the eye.
"""
import os
import pathlib
import re
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from screen import Picture, Screen, require_tools  # noqa: E402

DEMO = os.environ.get("VIZ_DEMO", "")

# In the order of enum Command in viz/keys.hpp.
COMMANDS = ("space period comma bracketleft bracketright 0 f h s l 1 2 3 4 5 6 t g Escape "
            "Left Right shift+Left shift+Right Home End p n j o k i").split()


class NoDisplay(unittest.TestCase):
    def end_of(self, **environment) -> tuple:
        done = subprocess.run([DEMO], env={"PATH": os.environ["PATH"], **environment}, check=False,
                              capture_output=True, text=True, timeout=30)
        return done.returncode, done.stderr

    def test_is_a_sentence_and_10(self):
        code, said = self.end_of()
        self.assertEqual((code, said),
                         (10, "viz_demo: no display: DISPLAY is not set (over ssh: ssh -X)\n"))
        code, said = self.end_of(WAYLAND_DISPLAY="wayland-0")
        self.assertEqual(code, 10)
        self.assertIn("XWayland", said)
        code, said = self.end_of(DISPLAY=":98765")
        self.assertEqual(code, 10)
        self.assertIn(":98765", said)


class Window(unittest.TestCase):
    """Each test has a screen and a demo of its own, at the upper left corner."""
    SIZE = (1280, 720)

    def setUp(self):
        self.screen = self.enterContext(Screen(*self.SIZE))

    def enterContext(self, context):  # unittest has it from Python 3.11.1 on only
        result = context.__enter__()
        self.addCleanup(context.__exit__, None, None, None)
        return result

    def settings(self, text: str) -> None:
        path = pathlib.Path(self.screen.folder.name) / "crowdout" / "window.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def start(self, *arguments: str):
        demo = self.screen.start(DEMO, *arguments)
        demo.expect("ready")
        window = self.screen.hand("search", "--sync", "--onlyvisible", "--name", "viz demo")
        self.window = window.split()[0]
        self.screen.hand("windowmove", self.window, 0, 0, "windowfocus", self.window)
        self.rest()
        for _ in range(100):  # until it is drawn where it was moved to
            if self.screen.look()[0, 0] != (0, 0, 0):
                return demo
        raise AssertionError("the window does not show")

    def rest(self) -> None:
        """Puts the pointer where it lights nothing up: on the toolbar."""
        self.screen.hand("mousemove", 300, 20)

    def quit(self, demo) -> str:
        self.screen.hand("key", "q")
        demo.expect(f"command {len(COMMANDS)}")
        last = demo.hears()
        self.assertEqual(demo.wait(), 0)
        return last


class Keys(Window):
    def test_every_key_asks_for_its_command(self):
        demo = self.start()
        for number, key in enumerate(COMMANDS):
            with self.subTest(key=key):
                self.screen.hand("key", key)
                demo.expect(f"command {number}", timeout=5)
        self.screen.hand("key", "question")
        demo.expect("command 7", timeout=5)
        self.quit(demo)

    def test_keys_typed_into_a_field_are_text(self):
        demo = self.start()
        self.screen.hand("mousemove", 1090, 130, "click", 1)
        self.screen.hand("type", "--delay", 30, "q fund 42")
        demo.expect("name q fund 42")
        self.assertIsNone(demo.process.poll())
        # Escape leaves the field; then keys are keys again.
        self.screen.hand("key", "Escape", "mousemove", 300, 20, "click", 1)
        self.screen.hand("sleep", 0.2)
        self.quit(demo)


class Mouse(Window):
    def test_no_click_is_lost_however_fast(self):
        demo = self.start()
        self.screen.hand("mousemove", 1060, 100, "click", "--repeat", 20, "--delay", 1, 1)
        demo.expect("clicks 20")
        # Nor a click that arrives together with the move that leads to it.
        self.rest()
        self.screen.hand("mousemove", 1060, 100, "click", 1)
        demo.expect("clicks 21")

    def test_a_panel_takes_its_clicks_from_the_scene(self):
        demo = self.start()
        self.screen.hand("mousemove", 1060, 100, "click", 1)
        self.assertEqual(demo.hears(), "clicks 1")
        self.screen.hand("mousemove", 300, 300, "click", 1)
        self.assertEqual(demo.hears(), "pressed")

    def test_wheel_zooms_and_a_double_click_shows_all_again(self):
        demo = self.start()
        whole = self.screen.look_still()
        self.screen.hand("mousemove", 760, 200, "click", "--repeat", 5, "--delay", 60, 4)
        self.rest()
        zoomed = self.screen.look_still("zoomed.png")
        self.assertGreater(zoomed.differs(whole), 0.01)
        self.screen.hand("mousemove", 760, 200, "click", "--repeat", 2, "--delay", 60, 1)
        demo.expect("double click")
        self.rest()
        self.assertEqual(self.screen.look_still().differs(whole), 0)

    def test_the_crosshair_is_in_both_charts(self):
        self.start()
        before = self.screen.look_still()
        self.screen.hand("mousemove", 860, 160)
        after = self.screen.look_still("crosshair.png")
        # Free of lines, events and labels in both charts at this height.
        for y in (105, 405):
            with self.subTest(y=y):
                self.assertNotEqual(before.part(859, y, 4, 1), after.part(859, y, 4, 1))

    def test_pressing_the_timeline_goes_there(self):
        self.start()
        before = self.screen.look_still()
        self.screen.hand("mousemove", 640, 654, "mousedown", 1, "mousemove", 500, 654)
        self.screen.hand("mouseup", 1)
        self.rest()
        after = self.screen.look_still("seek.png")
        cursor = before[1263, 642]  # at the end at first
        self.assertNotEqual(before[499, 642], cursor)
        self.assertEqual(after[499, 642], cursor)
        self.assertNotEqual(after[1263, 642], cursor)

    def test_a_split_stays_where_it_was_dragged(self):
        demo = self.start()
        self.screen.hand("mousemove", 680, 300, "mousedown", 1, "mousemove", 500, 300, "mouseup", 1)
        demo.expect("pressed")
        self.rest()
        picture = self.screen.look_still("split.png")
        self.assertEqual(len(picture.colors(498, 50, 4, 400)), 1)  # the gap is there now
        self.quit(demo)
        # The middle of the gap is at 500; what it divides begins at 6 and is 1016 long without it.
        self.assertAlmostEqual(self.kept_split("main"), (500 - 3 - 6) / 1016, places=3)

    def kept_split(self, name: str) -> float:
        path = pathlib.Path(self.screen.folder.name) / "crowdout" / "window.yaml"
        text = path.read_text(encoding="utf-8")
        return float(re.search(rf"^split_{name}: (.*)$", text, re.MULTILINE).group(1))


class Looks(Window):
    def test_dark_and_light(self):
        self.start()
        dark = self.screen.look_still()
        self.screen.hand("key", "t")
        light = self.screen.look_still("light.png")
        self.assertLess(dark.brightness(), 50)
        self.assertGreater(light.brightness(), 200)
        self.screen.hand("key", "t")
        self.assertEqual(self.screen.look_still().differs(dark), 0)

    def test_chinese_and_back(self):
        self.start()
        english = self.screen.look_still("english.png")
        self.screen.hand("key", "g")
        chinese = self.screen.look_still("chinese.png")
        title = (10, 48, 150, 24)
        self.assertNotEqual(english.part(*title), chinese.part(*title))
        self.assertGreater(len(chinese.colors(*title)), 10)
        self.screen.hand("key", "g")
        self.assertEqual(self.screen.look_still().differs(english), 0)

    def test_help_lies_over_everything_and_goes(self):
        self.start()
        before = self.screen.look_still()
        self.screen.hand("key", "h")
        help_shown = self.screen.look_still("help.png")
        self.assertGreater(help_shown.differs(before), 0.5)
        self.screen.hand("key", "Escape")
        self.assertEqual(self.screen.look_still().differs(before), 0)

    def test_a_picture_is_what_the_window_shows(self):
        demo = self.start()
        seen = self.screen.look_still()
        self.screen.hand("key", "s")
        demo.expect("Picture saved: ./shot.png")
        saved = Picture.load(pathlib.Path(self.screen.folder.name) / "shot.png")
        self.assertEqual((saved.width, saved.height), self.SIZE)
        self.assertEqual(saved.pixels, seen.pixels)

    def test_settings_are_kept(self):
        demo = self.start()
        self.screen.hand("key", "t", "key", "g", "key", "3", "key", "l")
        for command in (16, 17, 12, 9):
            demo.expect(f"command {command}")
        self.quit(demo)
        kept = (pathlib.Path(self.screen.folder.name) / "crowdout" / "window.yaml").read_text(
            encoding="utf-8")
        for line in ("theme: light", "language: chinese", "view: markets", "log: off"):
            self.assertIn(line, kept)


class Sizes(Window):
    SIZE = (2560, 1440)

    def check_panels(self, picture: Picture, width: int, height: int) -> None:
        """Every panel of the demo's overview shows something, and nothing lies beyond."""
        self.assertGreater(len(picture.colors(6, 46, width // 3, height // 3)), 100)
        self.assertGreater(len(picture.colors(width // 2, 46, width // 4, height // 3)), 50)
        self.assertGreater(len(picture.colors(6, height - 70, width - 12, 60)), 30)
        if width < self.SIZE[0]:
            beyond = picture.colors(width, 0, self.SIZE[0] - width, self.SIZE[1])
            self.assertEqual(beyond, {b"\0\0\0"})

    def test_three_sizes(self):
        for width, height in ((1280, 720), (1600, 900), (2560, 1440)):
            with self.subTest(width=width):
                self.settings(f"width: {width}\nheight: {height}\n")
                demo = self.start()
                picture = self.screen.look_still(f"overview_{width}x{height}.png")
                self.check_panels(picture, width, height)
                self.quit(demo)

    def test_a_resized_window_fills_its_new_size(self):
        demo = self.start()
        self.screen.hand("windowsize", "--sync", self.window, 1600, 900)
        self.check_panels(self.screen.look_still("resized.png"), 1600, 900)
        self.quit(demo)

    def test_a_window_too_small_grows_back(self):
        self.start()
        self.screen.hand("windowsize", "--sync", self.window, 500, 300)
        self.screen.look_still("smallest.png")
        geometry = self.screen.hand("getwindowgeometry", self.window)
        self.assertIn("Geometry: 960x600", geometry)


class Speed(Window):
    def test_100000_points_in_each_of_five_series(self):
        demo = self.start("--points", "100000")
        self.screen.hand("mousemove", 760, 200, "sleep", 2)
        last = self.quit(demo)
        frames, seconds, vertices = map(float, re.fullmatch(
            r"frames (\d+) seconds ([\d.]+) vertices (\d+)", last).groups())
        print(f"{frames / seconds:.1f} frames a second, {vertices:.0f} vertices", file=sys.stderr)
        self.assertLess(vertices, 40_000)
        self.assertGreater(frames, 0)


if __name__ == "__main__":
    require_tools()
    unittest.main()
