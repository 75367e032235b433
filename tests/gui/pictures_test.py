# SPDX-License-Identifier: Apache-2.0
"""The pictures of a run, looked at by content: nothing empty, nothing outside its panel.

Method: tests/viz/pictures.cpp draws every view of a month of a shipped world and says where panels
lie. A panel's frame is one colour all round unless something is drawn over it, and between panels
there is only ground: text that is cut off or runs over shows in one or the other.
"""
import collections
import os
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from screen import Picture, Screen, require_tools  # noqa: E402

PICTURES = os.environ.get("VIZ_PICTURES", "")
TOOLBAR, TIMELINE = 0, 10  # of enum Panel: heading and foot, and what follows, have no frame


class Pictures(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.panels = collections.defaultdict(dict)
        cls.vertices = {}
        cls.said = collections.defaultdict(list)
        artefacts = os.environ.get("GUI_ARTEFACTS")
        cls.folder = tempfile.TemporaryDirectory()
        cls.path = pathlib.Path(artefacts) if artefacts else pathlib.Path(cls.folder.name)
        cls.path.mkdir(parents=True, exist_ok=True)
        with Screen(1280, 720) as screen:
            program = screen.start(PICTURES, str(cls.path))
            while True:
                line = program.lines.get(timeout=300)
                if line is None:
                    break
                word, *rest = line.split()
                if word == "panel":
                    cls.panels[rest[0]][int(rest[1])] = tuple(int(float(v)) for v in rest[2:])
                elif word == "vertices":
                    cls.vertices[rest[0]] = int(rest[1])
                else:
                    cls.said[word].append(" ".join(rest))
            cls.code = program.wait()
        cls.seen = {file: Picture.load(cls.path / file) for file in cls.panels}

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def framed(self):
        for file, panels in self.panels.items():
            for panel, place in panels.items():
                if TOOLBAR < panel < TIMELINE:
                    yield file, panel, place

    def test_all_are_drawn(self):
        self.assertEqual(self.code, 0)
        self.assertEqual(len(self.seen), 17)
        sizes = {(each.width, each.height) for each in self.seen.values()}
        self.assertEqual(sizes, {(960, 600), (1280, 720), (1600, 900), (2560, 1440)})

    def test_no_panel_is_empty(self):
        for file, panel, (left, top, width, height) in self.framed():
            with self.subTest(file=file, panel=panel):
                picture = self.seen[file]
                # Text is smoothed: a panel with a title alone has a dozen shades along that line.
                title = picture.colors(left + 8, top + 4, min(width - 16, 120), 18)
                self.assertGreater(len(title), 8)
                below = set()
                for y in range(top + 30, top + height - 4, 5):
                    below |= picture.colors(left + 2, y, width - 4, 1)
                self.assertGreater(len(below), 12)

    def test_nothing_crosses_a_panels_frame(self):
        for file, panel, (left, top, width, height) in self.framed():
            with self.subTest(file=file, panel=panel):
                picture = self.seen[file]
                right, bottom = left + width - 1, top + height - 1
                frame = {picture[x, y] for x in range(left, right + 1) for y in (top, bottom)}
                frame |= {picture[x, y] for y in range(top, bottom + 1) for x in (left, right)}
                self.assertEqual(len(frame), 1)

    def test_between_panels_there_is_ground(self):
        for file, panels in self.panels.items():
            picture = self.seen[file]
            ground = picture[1, 1]
            for y in range(picture.height):
                row = picture.pixels[3 * y * picture.width:3 * (y + 1) * picture.width]
                at = 0
                crossed = sorted((left, left + width) for left, top, width, height
                                 in panels.values() if top <= y < top + height)
                for left, right in [*crossed, (picture.width, picture.width)]:
                    gap = row[3 * at:3 * left]
                    self.assertEqual(gap, bytes(ground) * (left - at), f"{file}, line {y}")
                    at = right

    def test_the_same_moment_is_the_same_picture(self):
        for view in (0, 3):
            self.assertEqual(self.seen[f"view{view}.png"].pixels,
                             self.seen[f"again{view}.png"].pixels)

    def test_light_is_light(self):
        for view in range(6):
            self.assertLess(self.seen[f"view{view}.png"].brightness(), 90)
            self.assertGreater(self.seen[f"view{view}-light-zh.png"].brightness(), 170)

    def test_budget_of_vertices(self):
        for file, count in self.vertices.items():
            self.assertLess(count, 120_000, file)
        # The flow picture beside the log.
        self.assertLess(self.vertices["view1.png"], 40_000)

    def test_a_layer_of_more_than_65536_vertices_is_drawn_whole(self):
        self.assertEqual(self.said["many"], ["57600 of 57600 with 230400 vertices"])

    def test_the_mouse_reaches_everything(self):
        picked = self.said["picked"]
        for name in ("BTC", "ETH", "sovereigns", "holding_companies", "ai_labs", "hyperscalers",
                     "households"):
            self.assertIn(name, picked)
        self.assertEqual(self.said["spans"], ["4"])
        self.assertGreaterEqual(int(self.said["jumps"][0]), 3)
        self.assertGreaterEqual(int(self.said["books"][0]), 2)


if __name__ == "__main__":
    require_tools()
    unittest.main()
