# SPDX-License-Identifier: Apache-2.0
"""What tests of the program from outside share."""
import os
import pathlib
import subprocess
import tempfile
import unittest

PROGRAM = os.environ["CROWDOUT_PROGRAM"]
ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


class InFolder(unittest.TestCase):
    """Each test has an empty folder to itself, which is the tester's home too."""

    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = pathlib.Path(scratch.name)
        self.environment = {"PATH": os.environ["PATH"], "TERM": "dumb", "LANG": "C.UTF-8",
                            "HOME": str(self.folder)}

    def crowdout(self, *arguments, **environment: str) -> subprocess.CompletedProcess:
        return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True,
                              check=False, env={**self.environment, **environment},
                              cwd=self.folder, timeout=300)
