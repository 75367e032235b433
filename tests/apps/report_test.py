# SPDX-License-Identifier: Apache-2.0
"""Reports as a browser shows them: Chromium without a screen and without a network.

Skipped (77) where there is no Chromium.
"""
import json
import os
import pathlib
import re
import shutil
import sqlite3
import struct
import subprocess
import sys
import tempfile
import unittest
import zlib

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
if BROWSER is None:
    print("skipped: no chromium")
    sys.exit(77)

PROGRAM = os.environ["CROWDOUT_PROGRAM"]
ROOT = pathlib.Path(__file__).resolve().parents[2]
SVG_NAMESPACE = "http://www.w3.org/2000/svg"

# What the page itself says of how it stands, written into it by the test and not shipped.
WATCH = """<script>
window.complaints=[];
window.addEventListener("error",function(e){complaints.push(String(e.message))});
document.addEventListener("securitypolicyviolation",function(e){complaints.push(e.blockedURI+" "+e.violatedDirective)});
console.error=console.warn=function(){complaints.push([].join.call(arguments," "))};
</script>"""
MEASURE = """<script>
window.addEventListener("load",function(){
 function seen(e){var b=e.getBoundingClientRect();return b.width>0&&b.height>0}
 var overlaps=[],outside=[],texts=0;
 document.querySelectorAll("details").forEach(function(d){d.open=true});
 document.querySelectorAll("svg.chart").forEach(function(svg){
  if(!seen(svg))return;
  var frame=svg.getBoundingClientRect(),boxes=[];
  svg.querySelectorAll("text").forEach(function(t){
   var b=t.getBoundingClientRect();
   if(!b.width)return;
   texts++;
   if(b.left<frame.left-6||b.right>frame.right+6||b.top<frame.top-6||b.bottom>frame.bottom+6)outside.push(t.textContent);
   boxes.forEach(function(o){
    var w=Math.min(b.right,o.b.right)-Math.max(b.left,o.b.left),h=Math.min(b.bottom,o.b.bottom)-Math.max(b.top,o.b.top);
    if(w>1&&h>3)overlaps.push(t.textContent+" / "+o.t);
   });
   boxes.push({b:b,t:t.textContent});
  });
 });
 function ink(c){
  var a=document.createElement("canvas");a.width=a.height=40;var x=a.getContext("2d");
  x.font="32px "+getComputedStyle(document.body).fontFamily;x.fillText(c,2,34);
  return[].join.call(x.getImageData(0,0,40,40).data,"");
 }
 var hovered="";
 var plots=[].filter.call(document.querySelectorAll("svg[data-plot]"),function(s){return seen(s)&&s.querySelector("polyline")});
 if(plots.length){
  var r=plots[0].getBoundingClientRect();
  plots[0].dispatchEvent(new PointerEvent("pointermove",{clientX:r.left+r.width/2,clientY:r.top+20}));
  var says=document.getElementById("says");hovered=says?says.textContent:"";
 }
 var out=document.createElement("pre");out.id="measured";
 out.textContent="MEASURED"+JSON.stringify({texts:texts,overlaps:overlaps,outside:outside,
  charts:[].filter.call(document.querySelectorAll("svg.chart"),seen).length,
  sideways:document.documentElement.scrollWidth-innerWidth,width:innerWidth,hovered:hovered,
  glyphs:ink("\\u5bb6")!=ink("\\u5ead")&&ink("\\u5bb6")!=ink("\\uffff"),
  complaints:complaints})+"DONE";
 document.body.appendChild(out);
});
</script>"""


def crowdout(*arguments) -> subprocess.CompletedProcess:
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True,
                          check=False, timeout=240)


def chromium(folder: pathlib.Path, *arguments) -> str:
    """Runs the browser with a profile of its own and no way out."""
    done = subprocess.run(
        [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
         f"--user-data-dir={folder / 'profile'}", "--host-resolver-rules=MAP * ~NOTFOUND",
         "--proxy-server=127.0.0.1:9", "--no-first-run", "--disable-extensions",
         "--hide-scrollbars", "--virtual-time-budget=10000", *map(str, arguments)],
        capture_output=True, text=True, check=False, timeout=180)
    assert done.returncode == 0, done.stderr
    return done.stdout


def pixel_rows(png: bytes) -> list:
    """The rows of an 8-bit PNG without interlace, as bytes; filters undone."""
    width, height, _, kind = struct.unpack_from(">IIBB", png, 16)
    at, packed = 8, b""
    while at < len(png):
        size, name = struct.unpack_from(">I4s", png, at)
        if name == b"IDAT":
            packed += png[at + 8:at + 8 + size]
        at += size + 12
    data, step = zlib.decompress(packed), {2: 3, 6: 4}[kind]
    rows, before = [], bytearray(width * step)
    for y in range(height):
        method, line = data[y * (width * step + 1)], bytearray(
            data[y * (width * step + 1) + 1:(y + 1) * (width * step + 1)])
        for x, value in enumerate(line):
            left = line[x - step] if x >= step else 0
            up, corner = before[x], before[x - step] if x >= step else 0
            if method == 1:
                line[x] = value + left & 255
            elif method == 2:
                line[x] = value + up & 255
            elif method == 3:
                line[x] = value + (left + up) // 2 & 255
            elif method == 4:
                p = left + up - corner
                best = min((abs(p - left), 0, left), (abs(p - up), 1, up),
                           (abs(p - corner), 2, corner))[2]
                line[x] = value + best & 255
        rows.append(bytes(line))
        before = line
    return rows


class Report(unittest.TestCase):
    """Goal: a page opens from a file, alone, and can be read. Method: the same runs' pages in both
    languages, measured by a script that the test puts into a copy."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        cls.root = pathlib.Path(cls.folder.name)
        cls.replay = cls.root / "drain.mcap"
        cls.live = cls.root / "live.html"
        done = crowdout("run", "ai_capex_drain_small", "--until", "20d", "--quiet", "--record",
                        cls.replay, "--report", cls.live)
        assert done.returncode == 0, done.stderr
        cls.pages = {}
        for language in ("en", "zh"):
            page = cls.root / f"{language}.html"
            done = crowdout("report", cls.replay, "-o", page, "--lang", language)
            assert done.returncode == 0, done.stderr
            cls.pages[language] = page

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def measured(self, page: pathlib.Path, width: int) -> dict:
        copy = self.root / "measured.html"
        text = page.read_text(encoding="utf-8").replace("<head>", "<head>" + WATCH, 1)
        copy.write_text(text.replace("</main>", "</main>" + MEASURE, 1), encoding="utf-8")
        # A window has a least width of its own: narrow pages are measured in a frame of a page.
        holder = self.root / "holder.html"
        holder.write_text(f"<!DOCTYPE html><body style='margin:0'><iframe id=f src={copy.name} style="
                          f"'border:0;width:{width}px;height:3000px'></iframe><pre id=o></pre><script>"
                          "onload=function(){o.textContent=f.contentDocument.getElementById('measured')"
                          ".textContent}</script>", encoding="utf-8")
        dom = chromium(self.root, "--allow-file-access-from-files", "--window-size=1400,3000",
                       "--dump-dom", holder.as_uri())
        found = re.search(r"MEASURED(.*?)DONE", dom, re.DOTALL)
        self.assertIsNotNone(found, dom[-2000:])
        for entity, sign in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
            dom = dom.replace(entity, sign)
        return json.loads(re.search(r"MEASURED(.*?)DONE", dom, re.DOTALL).group(1))

    def check_page(self, page: pathlib.Path, charts_min: int):
        for width in (1280, 400):
            with self.subTest(page=page.name, width=width):
                found = self.measured(page, width)
                self.assertEqual(found["width"], width)
                self.assertEqual(found["complaints"], [])
                self.assertEqual(found["overlaps"], [])
                self.assertEqual(found["outside"], [])
                self.assertLessEqual(found["sideways"], 0)
                self.assertGreaterEqual(found["charts"], charts_min)
                self.assertGreater(found["texts"], 50)
                self.assertTrue(found["glyphs"])
                self.assertRegex(found["hovered"], r"(?s)^\d{4}-\d\d-\d\d \d\d:\d\d UTC\n.*\nBTC  \d")

    def test_english_page_can_be_read_in_wide_and_narrow_windows(self):
        self.check_page(self.pages["en"], 8)

    def test_chinese_page_can_be_read_in_wide_and_narrow_windows(self):
        self.check_page(self.pages["zh"], 8)
        self.assertTrue("谁为 AI 资本开支买单" in self.pages["zh"].read_text(encoding="utf-8"))

    def test_picture_of_the_page_is_not_empty(self):
        for language, page in self.pages.items():
            picture = self.root / f"{language}.png"
            chromium(self.root, "--window-size=1000,1400", f"--screenshot={picture}", page.as_uri())
            colors = {row[x:x + 3] for row in pixel_rows(picture.read_bytes())[::7]
                      for x in range(0, len(row), 3)}
            self.assertGreater(len(colors), 100, language)

    def test_page_names_nothing_outside_itself(self):
        for page in [*self.pages.values(), self.live]:
            text = page.read_text(encoding="utf-8").replace(SVG_NAMESPACE, "")
            self.assertEqual(re.findall(r"https?:|//[a-z]|\bsrc=|url\(|@import|<link", text), [])
            self.assertLess(len(text.encode()), 2_000_000)

    def test_live_page_is_that_of_the_recording(self):
        self.assertTrue(self.live.read_bytes() == self.pages["en"].read_bytes())

    def test_names_from_a_world_file_are_text(self):
        """A description and a label that try to be markup, one of them in Chinese."""
        world = self.root / "nasty.yaml"
        world.write_text(f"""extends: {ROOT}/configs/minimal.yaml
description: "<script>alert(1)</script> & \\"quotes\\""
sectors: [{{name: public, label: "<img src=x onerror=alert(1)> 人群"}}]
shocks: [{{name: noon, kind: outage, venue: exchange, at: 2026-01-05T01:00:00Z, lasts: 10min}}]
""", encoding="utf-8")
        page = self.root / "nasty.html"
        done = crowdout("run", world, "--until", "3h", "--quiet", "--report", page)
        self.assertEqual(done.returncode, 0, done.stderr)
        text = page.read_text(encoding="utf-8")
        for part in ("<script>alert", "<img"):
            self.assertFalse(part in text, part)
        for part in ("&lt;img src=x onerror=alert(1)&gt; 人群", "<title>5 Jan 2026 01:00: noon</title>"):
            self.assertTrue(part in text, part)
        found = self.measured(page, 1280)
        self.assertEqual(found["complaints"], [])

    def test_claims_are_read_from_what_the_verb_prints(self):
        source, page = self.root / "claims.json", self.root / "claims.html"
        source.write_text("""{"claims": [
            {"world": "drain", "name": "falls", "row": "H16", "tier": "A", "says": "Bitcoin falls.",
             "says_zh": "比特币下跌。", "unit": "share", "estimate": -0.12, "low": -0.2, "high": -0.05,
             "bound_high": 0, "verdict": "holds", "is_known": false, "members": 8}]}""")
        done = crowdout("report", source)
        self.assertEqual(done.returncode, 0, done.stderr)
        found = self.measured(page, 400)
        self.assertEqual((found["overlaps"], found["outside"], found["complaints"]), ([], [], []))
        self.assertEqual(found["charts"], 1)
        source.write_text("{}")
        self.assertEqual(crowdout("report", source).returncode, 5)

    def test_wrong_calls_are_answered(self):
        none = self.root / "none.mcap"
        self.assertEqual(crowdout("report", none).returncode, 5)
        text = self.root / "notes.txt"
        text.write_text("no replay\n")
        done = crowdout("report", text)
        self.assertEqual((done.returncode, (self.root / "notes.html").exists()), (5, False))
        self.assertIn("is no recording", done.stderr)
        self.assertEqual(crowdout("report", self.replay, "--lang", "fr").returncode, 2)
        self.assertEqual(crowdout("report", self.replay, "-o", "/dev/null/x.html").returncode, 5)
        self.assertEqual(crowdout("run", "minimal", "--lang", "zh").returncode, 2)


class StudyReport(unittest.TestCase):
    """A study of two factors, a fork and daily series, run for real, as a page and in pandas."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        cls.root = pathlib.Path(cls.folder.name)
        cls.results = cls.root / "toy.sqlite"
        file = cls.root / "toy.yaml"
        file.write_text(f"""name: toy
description: "Depth & <crowd>"
description_zh: 深度与人群
world: {ROOT}/configs/minimal.yaml
set: [duration=2h]
factors:
  - {{name: depth, label: Depth of makers, label_zh: 做市深度, field: "populations[makers].depth", values: [$10k, $20k]}}
  - {{name: crowd, label: Crowd, label_zh: 人群, field: "populations[crowd].count", values: [50, 100]}}
seeds: 3
forks: [{{name: calm, label: A calm crowd, label_zh: 平静的人群, at: 1h, set: ["populations[crowd].market_rate=1/d"]}}]
series_every: 10min
measures: [{{name: fall, measure: drawdown, of: COIN}}]
""", encoding="utf-8")
        done = crowdout("study", "run", file, "--quiet", "--no-cache", "-o", cls.results)
        assert done.returncode == 0, done.stderr

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    measured = Report.measured

    def test_page_has_a_heat_map_a_fan_and_what_the_fork_changes(self):
        for language, said in (("en", "By Depth of makers and Crowd"), ("zh", "按 做市深度 与 人群")):
            page = self.root / f"{language}.html"
            done = crowdout("report", self.results, "--lang", language, "-o", page)
            self.assertEqual(done.returncode, 0, done.stderr)
            text = page.read_text(encoding="utf-8")
            self.assertTrue(said in text)
            self.assertEqual(text.count('class="heat"'), 8)
            self.assertTrue(">COIN</label>" in text)
            self.assertGreaterEqual(text.count('class="band light'), 2)
            self.assertFalse("<crowd>" in text)
            for width in (1280, 400):
                found = self.measured(page, width)
                self.assertEqual((found["overlaps"], found["outside"], found["complaints"]),
                                 ([], [], []))
                self.assertLessEqual(found["sideways"], 0)
                self.assertRegex(found["hovered"], r"(?s)^\d\.\d d\n.*\d")

    def test_one_factor_of_numbers_is_a_line(self):
        file, results = self.root / "line.yaml", self.root / "line.sqlite"
        file.write_text(f"""name: line
world: {ROOT}/configs/minimal.yaml
set: [duration=2h]
factors: [{{name: depth, label: Depth of makers, label_zh: 做市深度, field: "populations[makers].depth",
           range: [$5k, $80k], scale: log, levels: 9}}]
seeds: 6
measures: [{{name: fall, measure: drawdown, of: COIN}}]
""", encoding="utf-8")
        done = crowdout("study", "run", file, "--quiet", "--no-cache", "-o", results)
        self.assertEqual(done.returncode, 0, done.stderr)
        for language in ("en", "zh"):
            page = self.root / f"line_{language}.html"
            done = crowdout("report", results, "--lang", language, "-o", page)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(page.read_text(encoding="utf-8").count('class="band c1"'), 2)
            for width in (1280, 400):
                found = self.measured(page, width)
                self.assertEqual((found["overlaps"], found["outside"], found["complaints"]),
                                 ([], [], []))
                self.assertLessEqual(found["sideways"], 0)

    def test_example_in_python_sums_up_as_sql_does(self):
        try:
            import pandas  # pylint: disable=import-outside-toplevel,unused-import
        except ImportError as missing:
            self.skipTest(str(missing))
        done = subprocess.run(["/usr/bin/python3", ROOT / "docs" / "read_study.py", self.results,
                               "fall"], capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        with sqlite3.connect(self.results) as results:
            means = [row[0] for row in results.execute(
                "SELECT avg(fall) FROM results GROUP BY branch, depth, crowd "
                "ORDER BY branch, depth, crowd")]
            change, = results.execute(
                "SELECT avg(f.fall - r.fall) FROM results f JOIN results r USING (member) "
                "WHERE f.branch = 'calm' AND r.branch = ''").fetchone()
        rows = [line.split() for line in done.stdout.splitlines()]
        found = [float(row[-3]) for row in rows if row and row[-1] == "3"]
        self.assertEqual(len(found), 8)
        for mean, said in zip(means, found):
            self.assertAlmostEqual(mean, said, places=5)
        effect, = (row for row in rows if row and row[0] == "calm" and len(row) == 4)
        self.assertAlmostEqual(change, float(effect[1]), places=5)
        self.assertEqual(float(effect[3]), 3)  # seeds, at four settings each

    def test_a_database_that_is_no_study_is_answered(self):
        other = self.root / "other.sqlite"
        with sqlite3.connect(other) as database:
            database.execute("CREATE TABLE meta (key, value)")
        done = crowdout("report", other)
        self.assertEqual(done.returncode, 5, done.stderr)
        self.assertFalse((self.root / "other.html").exists())


class FitReport(unittest.TestCase):
    """A fit of two parameters, run for real, as a page."""

    measured = Report.measured

    def setUp(self):
        folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)

    def test_page_has_the_search_slices_and_a_map_of_the_loss(self):
        file = self.root / "toy.yaml"
        file.write_text(f"""name: toy
description: "Spread & <depth>"
description_zh: 价差与深度
world: {ROOT}/configs/minimal.yaml
set: [duration=2h]
parameters:
  - {{name: fill_distance, field: "populations[makers].fill_distance", range: [1bp, 30bp], scale: log}}
  - {{name: depth_of_all_makers_together, field: "populations[makers].depth", range: [$5k, $200k]}}
targets:
  - {{name: spread, measure: spread, of: COIN, between: [4.8bp, 5.2bp]}}
  - {{name: depth, measure: depth, of: COIN, between: [$140k, $160k]}}
training: {{seeds: 2}}
held_out: {{seeds: 3}}
evaluations: 5
surface: {{slice: 5, grid: 4}}
""", encoding="utf-8")
        found = self.root / "toy.json"
        done = crowdout("fit", file, "--quiet", "--no-cache", "--result", found)
        if "without NLopt" in done.stderr:
            self.skipTest(done.stderr)
        self.assertEqual(done.returncode, 0, done.stderr)
        for language, said in (("en", "On held-out seeds"), ("zh", "在留出种子上")):
            page = self.root / f"{language}.html"
            done = crowdout("report", found, "--lang", language, "-o", page)
            self.assertEqual(done.returncode, 0, done.stderr)
            text = page.read_text(encoding="utf-8")
            self.assertTrue(said in text)
            self.assertFalse("<depth>" in text)
            self.assertEqual(text.count('class="heat"'), 2 * 16)
            for width in (1280, 400):
                seen = self.measured(page, width)
                self.assertEqual((seen["overlaps"], seen["outside"], seen["complaints"]),
                                 ([], [], []))
                self.assertLessEqual(seen["sideways"], 0)
                # What moved, two sets of seeds, the search, the slice that is chosen, the map.
                self.assertEqual(seen["charts"], 6)

    def test_a_result_that_was_cut_or_changed_is_answered(self):
        for text in ('{"format": "crowdout fit 1", "name": "x"}',
                     '{"format": "crowdout fit 1", "parameters": [{"name": "a"}], "path": [{"at": []',
                     '{"format": "crowdout fit 2"}'):
            source = self.root / "bad.json"
            source.write_text(text)
            done = crowdout("report", source)
            self.assertEqual((done.returncode, (self.root / "bad.html").exists()), (5, False))


if __name__ == "__main__":
    unittest.main()
