// SPDX-License-Identifier: Apache-2.0
// Does the library of MCAP's authors read our files? node check.js FOLDER-OF-SAMPLES
// Exits 0 where all is right, 1 where not, 77 where the npm packages are missing.
'use strict';

const fs = require('fs');
const path = require('path');

let mcap;
let fzstd;
try {
  mcap = require('@mcap/core');
  fzstd = require('fzstd');
} catch (error) {
  console.log('skipped: @mcap/core is not installed; run `npm ci` in tests/replay');
  process.exit(77);
}

const folder = process.argv[2];
const expected = JSON.parse(fs.readFileSync(path.join(__dirname, 'expected.json'), 'utf8'));
const decompressHandlers = {
  zstd: (bytes, size) => fzstd.decompress(bytes, new Uint8Array(Number(size))),
};

let failures = 0;
function check(what, seen, wanted) {
  if (JSON.stringify(seen) === JSON.stringify(wanted)) return;
  failures += 1;
  console.log(`FAILED: ${what}\n  seen:   ${JSON.stringify(seen)}`
    + `\n  wanted: ${JSON.stringify(wanted)}`);
}

const sorted = (object) => Object.fromEntries(Object.entries(object).sort());

function readable(bytes) {
  return {
    size: async () => BigInt(bytes.length),
    read: async (offset, size) => bytes.subarray(Number(offset), Number(offset + size)),
  };
}

// By the summary and the message indexes, checksums compared.
async function readIndexed(bytes) {
  const reader = await mcap.McapIndexedReader.Initialize({
    readable: readable(bytes), decompressHandlers,
  });
  const channels = {};
  for (const channel of reader.channelsById.values()) channels[channel.topic] = 0;
  const times = [];
  for await (const message of reader.readMessages({ validateCrcs: true })) {
    channels[reader.channelsById.get(message.channelId).topic] += 1;
    times.push(Number(message.logTime));
  }
  const attachments = {};
  for await (const attachment of reader.readAttachments({ validateCrcs: true })) {
    attachments[attachment.name] = attachment.data.length;
  }
  return { reader, channels, attachments, times };
}

// From the first byte to the last; throws at a wrong checksum.
function readStreamed(bytes) {
  const reader = new mcap.McapStreamReader({ validateCrcs: true, decompressHandlers });
  reader.append(bytes);
  const counts = {};
  for (let record = reader.nextRecord(); record; record = reader.nextRecord()) {
    counts[record.type] = (counts[record.type] || 0) + 1;
  }
  return { counts, done: reader.done() };
}

async function checkFile(name, wanted) {
  const bytes = new Uint8Array(fs.readFileSync(path.join(folder, `${name}.mcap`)));
  const { reader, channels, attachments, times } = await readIndexed(bytes);
  const messages = Object.values(wanted.channels).reduce((a, b) => a + b, 0);
  check(`${name}: profile`, reader.header.profile, 'crowdout-1');
  check(`${name}: messages by channel`, sorted(channels), sorted(wanted.channels));
  check(`${name}: messages in order of time`, times, [...times].sort((a, b) => a - b));
  check(`${name}: attachments`, attachments, wanted.attachments);
  check(`${name}: chunks`, reader.chunkIndexes.length, wanted.chunks);

  const { statistics } = reader;
  const counted = {};
  for (const channel of reader.channelsById.values()) {
    counted[channel.topic] = Number(statistics.channelMessageCounts.get(channel.id) || 0n);
  }
  check(`${name}: statistics by channel`, sorted(counted), sorted(wanted.channels));
  check(`${name}: statistics`, [Number(statistics.messageCount), statistics.chunkCount,
    statistics.attachmentCount, Number(statistics.messageStartTime),
    Number(statistics.messageEndTime)],
  [messages, wanted.chunks, Object.keys(wanted.attachments).length, ...wanted.times]);

  const streamed = readStreamed(bytes);
  check(`${name}: streamed to the end`, streamed.done, true);
  check(`${name}: streamed messages`, streamed.counts.Message, messages);
  check(`${name}: streamed attachments`, streamed.counts.Attachment, 2);
  return bytes;
}

// The library does compare checksums: else the checks above would mean little.
function checkDamage(bytes) {
  const damaged = bytes.slice();
  damaged[Math.floor(bytes.length / 2)] ^= 1;
  let error = '';
  try {
    readStreamed(damaged);
  } catch (thrown) {
    error = String(thrown);
  }
  check('a flipped bit is refused', error !== '', true);
}

async function main() {
  const finished = await checkFile('finished', expected.finished);
  await checkFile('recovered', expected.recovered);
  checkDamage(finished);

  const bytes = new Uint8Array(fs.readFileSync(path.join(folder, 'big.mcap')));
  const { reader } = await readIndexed(bytes);
  const late = [];
  for await (const message of reader.readMessages({ startTime: 6000000000n })) {
    late.push(Number(message.sequence));
  }
  check('a range of time', late, [6, 7]);

  console.log(failures === 0 ? 'ok' : `${failures} failed`);
  process.exit(failures === 0 ? 0 : 1);
}

main().catch((error) => {
  console.log(error.stack);
  process.exit(1);
});
