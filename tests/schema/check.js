// SPDX-License-Identifier: Apache-2.0
// What an editor says of world files: node check.js SCHEMA GOOD.yaml...
// Of other files, only that they have no mistake: node check.js --good SCHEMA GOOD.yaml...
// Exits 0 where all is right, 1 where not, 77 where the npm packages are missing.
'use strict';

const fs = require('fs');
const path = require('path');

let server;
let documents;
try {
  server = require('yaml-language-server');
  documents = require('vscode-languageserver-textdocument');
} catch (error) {
  console.log('skipped: yaml-language-server is not installed; run `npm ci` in tests/schema');
  process.exit(77);
}

const given = process.argv.slice(2);
const onlyGood = given[0] === '--good';
const [schemaFile, ...files] = onlyGood ? given.slice(1) : given;
// Parts of worlds have no name and are not checked by themselves.
const goodFiles = files.filter((file) => /^(name|extends):/m.test(fs.readFileSync(file, 'utf8')));
const schema = JSON.parse(fs.readFileSync(schemaFile, 'utf8'));
const uri = 'file:///world.yaml';

const service = server.getLanguageService({
  schemaRequestService: () => Promise.reject(new Error('no schema but ours')),
  workspaceContext: { resolveRelativePath: (relative) => relative },
  telemetry: { send() {}, sendError(name, error) { throw error; }, sendTrack() {} },
});
service.configure({
  validate: true,
  completion: true,
  hover: true,
  schemas: [{ uri: 'file:///schema.json', fileMatch: ['*.yaml'], schema }],
});

// The server keeps documents by their version.
let version = 0;
const open = (text) => documents.TextDocument.create(uri, 'yaml', version += 1, text);
// The modeline names a file beside the world; the schema under test is given here.
const withoutModeline = (text) => text.replace(/^# yaml-language-server:.*\n/, '#\n');

let failures = 0;
function check(what, holds, seen) {
  if (holds) return;
  failures += 1;
  console.log(`FAILED: ${what}\n  seen: ${JSON.stringify(seen)}`);
}

async function checkGood(good) {
  check('there are files', good.length > 0, files);
  for (let i = 0; i < good.length; i += 1) {
    const seen = await service.doValidation(open(good[i]), false);
    check(`${path.basename(goodFiles[i])} has no mistake`, seen.length === 0, seen);
  }
}

async function checkWorlds(good) {

  // Each replaces a piece of the first good world by a mistake, which must be marked on its line.
  const mistakes = [
    [/^seed: .*$/m, 'sead: 1'],
    [/^seed: .*$/m, 'seed: -1'],
    [/^seed: .*$/m, 'seed: many'],
    [/^start: .*$/m, 'start: 10/01/2025'],
    [/^steps: .*$/m, 'steps: [5]'],
    [/^steps: .*$/m, 'steps: []'],
    [/^rates: .*$/m, 'rates: {policy: 5 percent}'],
    [/^rates: .*$/m, 'rates: {policy: $5}'],
    [/^rates: .*$/m, 'rates: {policy: 4%/yr, goverment: T10}'],
    [/^duration: .*$/m, 'duration: 30 days'],
  ];
  for (const [from, to] of mistakes) {
    const text = good[0].replace(from, to);
    const line = text.split('\n').indexOf(to);
    const seen = await service.doValidation(open(text), false);
    check(`'${to}' is marked`, seen.some((each) => each.range.start.line === line), seen);
  }
  const unknown = good[0].replace('archetype: market_maker', 'archetype: market_makr');
  check('an unknown archetype is marked',
    (await service.doValidation(open(unknown), false)).length > 0, unknown);
  const shock = good[0].replace('shocks:\n', 'shocks:\n  - {name: x, at: 2025-11-01, kind: report,'
    + ' instrument: BTC, reported: 0, expected: 0, price: 5}\n');
  check('a shock that names a price is marked',
    (await service.doValidation(open(shock), false)).length > 0, shock);

  const complete = async (text) => {
    const document = open(text);
    const list = await service.doComplete(document, document.positionAt(text.length), false);
    return list.items.map((each) => each.label);
  };
  const keys = await complete(`${good[0]}\n`);
  check('the keys of a world are offered', keys.includes('description'), keys);
  const archetypes = await complete('populations:\n  - name: a\n    archetype: ');
  check('archetypes are offered', archetypes.includes('market_maker'), archetypes);
  const fields = await complete('populations:\n  - name: a\n    archetype: market_maker\n    ');
  check('the fields of an archetype are offered', fields.includes('inventory_max'), fields);
  check('and those of others are not', !fields.includes('slippage'), fields);
  const terms = await complete('claims:\n  - name: a\n    measure: correlation\n    ');
  check('the fields of a measure and of a claim are offered',
    ['window', 'basis', 'between', 'known_failure'].every((key) => terms.includes(key)), terms);
  check('and those of other measures are not', !terms.includes('remove_season'), terms);

  const hover = await service.doHover(open(good[0]), { line: good[0].split('\n').indexOf('seed: 1'),
    character: 1 });
  check('a key is explained in both languages',
    JSON.stringify(hover).includes('随机种子'), hover);
}

async function main() {
  const good = goodFiles.map((file) => withoutModeline(fs.readFileSync(file, 'utf8')));
  await checkGood(good);
  if (!onlyGood) await checkWorlds(good);
  console.log(failures === 0 ? 'ok' : `${failures} failed`);
  process.exit(failures === 0 ? 0 : 1);
}

main().catch((error) => {
  console.log(error.stack);
  process.exit(1);
});
