/** `baton receipt` and `baton job --revert`: from what the scripts leave, whatever way it is brought, to a closed history. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { documentsIn } from '../../bridge/local/resolve-answers.ts';
import type { Command, Output } from '../../cli/command.ts';
import { jobCommand } from '../../cli/commands/job.ts';
import { receiptCommand } from '../../cli/commands/receipt.ts';
import type { Handoff } from '../../manifest/documents/handoff.ts';
import { EDITIONS, SHOTS, clipsIn, handoffOf, runScript, standinOf } from './stage.ts';

const [FREE, STUDIO] = [EDITIONS[2]!, EDITIONS[3]!];
const OLD_HOME = process.env['HOME'];
let folder: string;
let manifest: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'baton-receipt-'));
  process.env['HOME'] = folder;
  mkdirSync(join(folder, '.baton'));
  manifest = join(folder, 'handoff.json');
  writeFileSync(manifest, JSON.stringify(handoffOf(SHOTS)));
});
afterEach(() => {
  process.env['HOME'] = OLD_HOME;
  rmSync(folder, { recursive: true, force: true });
});

async function run(command: Command, positionals: string[], options: Record<string, unknown> = {}) {
  const said: string[] = [];
  const documents: unknown[] = [];
  const output: Output = {
    json: false,
    say: (line = '') => said.push(line),
    warn: (line) => said.push(line),
    document: (value) => documents.push(value),
  };
  const code = await command.run({ positionals, options: options as Record<string, string> }, output);
  return {
    code,
    said: said.join('\n'),
    document: documents[0] as { receipts: { result: string; why: string }[] },
  };
}
const history = () => (JSON.parse(readFileSync(manifest, 'utf8')) as Handoff).history;
const jobFile = (name: string) => readFileSync(join(folder, '.baton', name), 'utf8');

async function imported(edition = FREE) {
  await run(jobCommand, [manifest], { root: ['main=/media'] });
  const standin = standinOf(edition);
  const { left } = await runScript(standin, jobFile('job.lua'), edition.sandboxed);
  return { standin, left: left! };
}

test.each([FREE, STUDIO])(
  'the whole way in $name: job, script, receipt, revert job, script, receipt',
  async (edition) => {
    const { standin, left } = await imported(edition);
    const suffix = edition.sandboxed ? 'prefs' : 'json';
    writeFileSync(join(folder, '.baton', `job.receipt.${suffix}`), left.text);
    expect((await run(receiptCommand, [manifest])).code).toBe(0);
    expect(history()).toHaveLength(1);
    const taken = await run(jobCommand, [manifest], { revert: true, imported: 'remove' });
    expect(taken.said).toContain('Workspace > Scripts > Baton Revert');
    const back = await runScript(standin, jobFile('revert.lua'), edition.sandboxed, 'Baton Revert');
    expect(clipsIn(standin.state)).toEqual([]);
    writeFileSync(join(folder, '.baton', `revert.receipt.${suffix}`), back.left!.text);
    expect((await run(receiptCommand, [manifest])).said).toContain('is recorded already');
    expect(history().map(({ kind }) => kind)).toEqual(['import', 'revert']);
    await expect(run(jobCommand, [manifest], { revert: true })).rejects.toThrow('not taken back already');
  },
);

test('a receipt is recorded once, however often and in whatever form it comes', async () => {
  const { left } = await imported();
  const hex = /= "([0-9a-f]+)"/.exec(left.text)![1]!;
  const json = Buffer.from(hex, 'hex').toString('utf8');
  const forms = {
    'a.prefs': left.text,
    'b.txt': `> copied\r\n${hex.toUpperCase()}\r\n`,
    'c.json': `\uFEFF${json}`,
    'd.log': `Receipt:\n${json}\nDone`,
    'Fusion.prefs': `{\n  Global = {\n    Baton = { Receipt = "${hex}" },\n    Colour = "00ff00" },\n}`,
  };
  for (const [name, text] of Object.entries(forms)) writeFileSync(join(folder, name), text);
  const files = Object.keys(forms).map((name) => join(folder, name));
  const { code, document } = await run(receiptCommand, [manifest, ...files]);
  expect(document.receipts.map(({ result }) => result)).toEqual([
    'recorded',
    'known',
    'known',
    'known',
    'known',
  ]);
  expect(code).toBe(0);
  const text = readFileSync(manifest, 'utf8');
  await run(receiptCommand, [manifest, ...files]);
  expect(readFileSync(manifest, 'utf8')).toBe(text);
});

test.each([
  ['nothing of the kind', 'dear diary', 'it holds neither JSON nor what Resolve keeps as digits'],
  ['another document', '{"kind":"plan"}', 'it is not a receipt: its kind is "plan"'],
  ['a damaged receipt', '{"kind":"receipt","version":1,"id":7}', 'it is a damaged receipt: id'],
])('%s is refused with the reason', async (_, text, why) => {
  const file = join(folder, 'x.json');
  writeFileSync(file, text);
  const { code, said } = await run(receiptCommand, [manifest, file]);
  expect({ code, why: said.includes(why), history: history() }).toEqual({ code: 1, why: true, history: [] });
});

test('a receipt of another manifest is refused by name, and passed over where nobody named it', async () => {
  const { left } = await imported();
  const file = join(folder, '.baton', 'job.receipt-2.prefs');
  writeFileSync(file, left.text);
  const others = SHOTS.map((shot) => ({ ...shot, clip: `other-${shot.clip}` }));
  writeFileSync(manifest, JSON.stringify(handoffOf(others)));
  const named = await run(receiptCommand, [manifest, file]);
  expect(named.code).toBe(1);
  expect(named.said).toContain('it is of another manifest: none of the 5 clips');
  expect((await run(receiptCommand, [manifest])).said).toBe(
    'no receipt of this manifest lies in .baton in your home folder',
  );
  expect(history()).toEqual([]);
});

test('digits of any length are read', () => {
  const long = JSON.stringify({ kind: 'receipt', note: 'x'.repeat(5_000_000) });
  const [read] = documentsIn(`{ Receipt = "${Buffer.from(long).toString('hex')}" }`);
  expect(JSON.stringify(read) === long).toBe(true);
});

test('a revert whose import is not recorded says which receipt is missing', async () => {
  const { standin, left } = await imported();
  const file = join(folder, 'job.prefs');
  writeFileSync(file, left.text);
  await run(receiptCommand, [manifest, file]);
  await run(jobCommand, [manifest], { revert: true });
  const back = await runScript(standin, jobFile('revert.lua'), true, 'Baton Revert');
  const second = join(folder, 'revert.prefs');
  writeFileSync(second, back.left!.text);
  writeFileSync(manifest, JSON.stringify(handoffOf(SHOTS)));
  const { said } = await run(receiptCommand, [manifest, second]);
  expect(said).toContain('which this manifest has not recorded; bring that receipt home first');
  // Together they are taken in the order in which they were written.
  const both = await run(receiptCommand, [manifest, second, file]);
  expect([both.code, history().map(({ kind }) => kind)]).toEqual([0, ['import', 'revert']]);
});

test('what to take back is asked for by name, and a name that is not there is told what there is', async () => {
  const { left } = await imported();
  const file = join(folder, 'job.prefs');
  writeFileSync(file, left.text);
  await run(receiptCommand, [manifest, file]);
  await expect(run(jobCommand, [manifest], { revert: true, receipt: 'resolve-1' })).rejects.toThrow(
    /there is no receipt "resolve-1" to take back; there is resolve-job-\d+/,
  );
  await expect(run(jobCommand, [manifest], { imported: 'keep' })).rejects.toThrow('it needs --revert');
  await expect(run(jobCommand, [manifest], { revert: true, imported: 'burn' })).rejects.toThrow('not "burn"');
});
