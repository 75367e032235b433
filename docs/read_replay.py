#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Reads a Crowdout replay, finished or not (docs/replay_format.md says what is where).

usage: read_replay.py FILE.mcap [CHANNEL]   lists the channels, or prints a channel's table
"""
import struct
import sys
import numpy as np
import zstandard

def records(data, at):
    """Yields (op, content) of each whole record."""
    while at + 9 <= len(data):
        op, size = struct.unpack_from("<BQ", data, at)
        if size > len(data) - at - 9:
            return
        yield op, data[at + 9:at + 9 + size]
        at += 9 + size

def messages(path):
    """Yields (channel, time in ns, payload) in the order of the file."""
    names = {}
    for op, chunk in records(memoryview(np.fromfile(path, np.uint8)), 8):
        if op != 6:
            continue
        raw_size, _, name_size = struct.unpack_from("<QII", chunk, 16)
        raw = zstandard.ZstdDecompressor().decompress(chunk[40 + name_size:], raw_size)
        for kind, content in records(raw, 0):
            if kind == 4:
                channel, _, length = struct.unpack_from("<HHI", content)
                names[channel] = content[8:8 + length].decode()
            elif kind == 5:
                channel, _, time = struct.unpack_from("<HIQ", content)
                yield names[channel], time, content[22:]

def columns(block):
    """The columns of a `crowdout-columns` payload; `step` from the start of the run."""
    _, count, rows, first_step, _ = struct.unpack_from("<HHIQI", block)
    at, heads, table = 20, [], {}
    for _ in range(count):
        kind, transform, length = struct.unpack_from("<BBH", block, at)
        heads.append((kind, transform, block[at + 4:at + 4 + length].decode()))
        at += 4 + length
    for kind, transform, name in heads:
        words, width = np.zeros((rows, 8), np.uint8), kind & 15
        words[:, :width] = np.frombuffer(block, np.uint8, width * rows, at).reshape(width, rows).T
        values = words.view("<u8").reshape(-1)
        if transform == 1:  # zigzagged differences; their sums wrap as the values do
            values = np.cumsum((values >> 1) ^ (0 - (values & 1)), dtype="<u8")
        table[name] = values.astype(f"<{'i' if kind & 16 else 'u'}{width}")
        at += width * rows
    if "step" in table and "frame" not in table:
        table["step"] = table["step"].astype("<u8") + np.uint64(first_step)
    return table

if __name__ == "__main__" and len(sys.argv) == 2:
    seen = [name for name, _, _ in messages(sys.argv[1])]
    print(*(f"{seen.count(name):8} {name}" for name in dict.fromkeys(seen)), sep="\n")
elif __name__ == "__main__":
    import pandas
    blocks = [columns(data) for name, _, data in messages(sys.argv[1]) if name == sys.argv[2]]
    print(pandas.concat(map(pandas.DataFrame, blocks), ignore_index=True).to_csv(index=False))
