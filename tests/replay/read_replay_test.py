#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Is docs/read_replay.py, which the manual shows, a reader of our files?

usage: read_replay_test.py FOLDER-OF-SAMPLES
"""
import pathlib
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "docs" / "read_replay.py"
sys.path.insert(0, str(PROGRAM.parent))
try:
    import numpy as np
    import pandas  # noqa: F401  (the program prints tables with it)
    import read_replay
except ImportError as error:
    print(f"skipped: {error}")
    sys.exit(77)

SAMPLES = pathlib.Path(sys.argv.pop(1))


def printed(*arguments: str) -> str:
    return subprocess.run([sys.executable, "-B", PROGRAM, *arguments], check=True, text=True,
                          capture_output=True).stdout


class ReadReplay(unittest.TestCase):
    def test_lists_the_channels_with_their_counts(self):
        self.assertEqual(printed(SAMPLES / "finished.mcap"),
                         "       3 /prices\n       1 /metrics\n       4 /events\n")

    def test_reads_an_unfinished_file_up_to_its_last_whole_chunk(self):
        names = [name for name, _, _ in read_replay.messages(SAMPLES / "unfinished.mcap")]
        self.assertEqual(names.count("/prices"), 3)
        self.assertEqual(names.count("/events"), 3)

    def test_prints_a_channel_as_a_table(self):
        self.assertEqual(printed(SAMPLES / "finished.mcap", "/prices").split(),
                         ["step,book,price", "1,0,101", "1,1,201", "2,0,102", "2,1,202",
                          "3,0,103", "3,1,203"])

    def test_gives_messages_as_they_were_written(self):
        found = [(time, bytes(data)) for name, time, data
                 in read_replay.messages(SAMPLES / "finished.mcap") if name == "/events"]
        self.assertEqual(found, [(10, b'{"a":1}'), (15, b'{"a":2}'), (20, b'{"a":3}'),
                                 (30, b'{"a":4}')])

    def test_decodes_differences_signs_and_widths(self):
        rows = np.arange(1000)
        step = 0
        for step, (_, time, data) in enumerate(read_replay.messages(SAMPLES / "big.mcap")):
            table = read_replay.columns(data)
            self.assertEqual(time, step * 1_000_000_000)
            self.assertEqual({name: column.dtype.str for name, column in table.items()},
                             {"step": "<u8", "order": "<u8", "price": "<i4", "quantity": "<i2"})
            np.testing.assert_array_equal(table["step"], np.full(1000, step))
            np.testing.assert_array_equal(table["order"], 7 * rows + step)
            np.testing.assert_array_equal(table["price"], 5000 - 3 * rows - step)
            np.testing.assert_array_equal(table["quantity"], np.where(rows % 2 == 0, rows, -rows))
        self.assertEqual(step, 7)


if __name__ == "__main__":
    unittest.main()
