import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readContents, type Candidate } from '../../bridge/local/hash/contents.ts';
import { driveFacts, lookAtDrive } from '../../bridge/local/received.ts';
import { scan } from '../../bridge/local/scan.ts';
import type { Handoff } from '../../manifest/documents/handoff.ts';
import { countReceived, received } from '../../manifest/received.ts';
import { tempFolder } from '../cli/baton.ts';

const LONG_AGO = new Date('2020-01-01T00:00:00Z');

/** Bytes that are no pattern, the same for the same seed. */
function bytes(length: number, seed: number): Buffer {
  const made = Buffer.alloc(length);
  for (let at = 0, state = seed; at < length; at++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    made[at] = state >>> 24;
  }
  return made;
}

function drive(files: Record<string, Buffer | string>): string {
  const folder = tempFolder();
  for (const [path, content] of Object.entries(files)) put(folder, path, content);
  return folder;
}
function put(folder: string, path: string, content: Buffer | string): void {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  utimesSync(file, LONG_AGO, LONG_AGO);
}

function candidate(folder: string, path: string): Candidate {
  const { size, mtimeMs } = statSync(join(folder, path));
  const seen = { root: 'media', path, file: join(folder, path), size, modified: mtimeMs };
  return {
    found: { root: 'media', path, size, kind: 'picture', tech: {}, media: {} },
    some: [seen],
    all: [seen],
  };
}
const BIG = bytes(300_000, 1);
const OTHER_MIDDLE = Buffer.from(BIG).fill(7, 150_000, 150_010);

async function read(folder: string, paths: string[], more = {}) {
  const candidates = paths.map((path) => candidate(folder, path));
  const contents = await readContents(candidates, {
    manifest: join(folder, 'handoff.json'),
    whole: false,
    known: [],
    ...more,
  });
  return { ...contents, of: paths.map((_, at) => contents.content.get(candidates[at]!.found)) };
}

describe('looking for copies', () => {
  const files = {
    'a.mov': BIG,
    'b.mov': BIG,
    'c.mov': OTHER_MIDDLE,
    'd.mov': bytes(300_001, 1),
    'e.mov': '',
    'f.mov': '',
  };

  it('reads both ends of files of one size, and none of others', async () => {
    const folder = drive(files);
    const { of, read: count } = await read(folder, Object.keys(files));
    expect(count).toBe(3 * 2 * 65_536);
    expect(of.map((content) => content?.ends === of[0]!.ends)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(of.map((content) => content?.hash)).toEqual(Array.from({ length: 6 }, () => undefined));
  });

  it('proves them on request, and then tells those with another middle apart', async () => {
    const folder = drive(files);
    const { of, read: count } = await read(folder, Object.keys(files), { whole: true });
    expect(count).toBe(3 * 2 * 65_536 + 3 * 300_000);
    expect(of[0]!.hash).toBe(of[1]!.hash);
    expect(of[2]!.hash).not.toBe(of[0]!.hash);
  });

  it('one with another end is not read whole, and an empty one not at all', async () => {
    const folder = drive({ ...files, 'g.mov': Buffer.from(BIG).fill(7, 299_990) });
    const { of, read: count } = await read(folder, [...Object.keys(files), 'g.mov'], { whole: true });
    expect(count).toBe(4 * 2 * 65_536 + 3 * 300_000);
    expect(of.flatMap((content, at) => (content?.hash === undefined ? [] : [at]))).toEqual([0, 1, 2]);
  });

  it('ends that are all of a file prove it', async () => {
    const folder = drive({ 'a.wav': bytes(1000, 2), 'b.wav': bytes(1000, 2) });
    const { of } = await read(folder, ['a.wav', 'b.wav']);
    expect(of[0]!.hash).toBe(of[0]!.ends);
  });

  it('a second time reads nothing, unless a file was changed', async () => {
    const folder = drive(files);
    const first = await read(folder, Object.keys(files), { whole: true });
    const again = await read(folder, Object.keys(files));
    expect([again.read, again.of]).toEqual([0, first.of]);
    put(folder, 'b.mov', BIG);
    utimesSync(join(folder, 'b.mov'), LONG_AGO, new Date('2021-01-01'));
    expect((await read(folder, Object.keys(files))).read).toBe(2 * 65_536);
  });

  it('a file that was written just now is read again', async () => {
    const folder = drive(files);
    utimesSync(join(folder, 'b.mov'), new Date(), new Date());
    await read(folder, Object.keys(files));
    expect((await read(folder, Object.keys(files))).read).toBe(2 * 65_536);
  });

  it('a damaged store is said and passed over', async () => {
    const folder = drive(files);
    await read(folder, Object.keys(files));
    appendFileSync(join(folder, '.baton', 'content-cache.json'), 'x');
    const { issues, read: count } = await read(folder, Object.keys(files));
    expect(issues).toMatchObject([{ code: 'scan-cache', severity: 'note' }]);
    expect(count).toBe(3 * 2 * 65_536);
  });

  it('what cannot be read is said, and the rest is compared', async () => {
    const folder = drive(files);
    const candidates = ['a.mov', 'b.mov', 'c.mov'].map((path) => candidate(folder, path));
    rmSync(join(folder, 'c.mov'));
    const { content, issues } = await readContents(candidates, {
      manifest: join(folder, 'handoff.json'),
      whole: false,
      known: [],
    });
    expect(content.size).toBe(2);
    expect(issues).toMatchObject([{ code: 'scan-content', severity: 'warning', clips: ['c.mov'] }]);
  });

  it('one that became shorter meanwhile is said, and is no copy', async () => {
    const folder = drive(files);
    const candidates = ['a.mov', 'b.mov'].map((path) => candidate(folder, path));
    truncateSync(join(folder, 'b.mov'), 10);
    const { content, issues } = await readContents(candidates, {
      manifest: join(folder, 'handoff.json'),
      whole: true,
      known: [],
    });
    expect([...content.values()].map(({ hash }) => hash)).toEqual([undefined]);
    expect(issues).toMatchObject([
      {
        code: 'scan-content',
        clips: ['b.mov'],
        message: expect.stringContaining('shorter than 300000 bytes'),
      },
    ]);
  });

  it('stopped, it keeps what it has', async () => {
    const folder = drive(files);
    const { stopped, of } = await read(folder, Object.keys(files), { signal: AbortSignal.abort() });
    expect([stopped, of.filter(Boolean)]).toEqual([true, []]);
  });
});

const LEGACY = (entries: [string, number][]) =>
  `<?xml version="1.0" encoding="UTF-8"?><hashlist version="1.1">${entries
    .map(
      ([file, size]) =>
        `<hash><file>${file}</file><size>${size}</size><xxhash64be>0123456789abcdef</xxhash64be></hash>`,
    )
    .join('')}</hashlist>`;

describe('a drive with a hash list', () => {
  const folder = drive({
    'A001/a.mov': 'x'.repeat(10),
    'A001/extra.mov': 'y',
    'A001/short.mov': 'z',
    'B/free.mov': 'w',
    'A001.mhl': LEGACY([
      ['A001/a.mov', 10],
      ['A001/gone.mov', 10],
      ['A001/short.mov', 5],
      ['A001/free.mov', 1],
    ]),
  });

  it('says what of it is there, what is not, and what nobody listed', async () => {
    const files = ['A001/a.mov', 'A001/extra.mov', 'A001/short.mov', 'B/free.mov', 'A001.mhl'].map(
      (path) => ({
        path,
        size: statSync(join(folder, path)).size,
        file: join(folder, path),
      }),
    );
    const facts = await driveFacts([{ root: 'media', files }]);
    expect(facts.listed.map(({ path, size, found }) => [path, size, found])).toEqual([
      ['A001/a.mov', 10, 10],
      ['A001/gone.mov', 10, null],
      ['A001/short.mov', 5, 1],
      ['A001/free.mov', 1, null],
    ]);
    expect(facts.unlisted.map(({ path }) => path)).toEqual(['A001/extra.mov']);
    expect(facts.apart.map(({ path }) => path)).toEqual(['B/free.mov']);
    expect(facts.lists).toEqual(['A001.mhl']);
  });

  it('is compared with the manifest that a scan makes of it', async () => {
    const manifest = join(folder, 'handoff.json');
    const scanned = await scan({ manifest, roots: { media: folder }, logs: [], title: 'T' });
    const document: Handoff = { ...scanned.merge(null), revision: 1 };
    const facts = { drive: await lookAtDrive(manifest, document, { media: folder }) };
    expect(countReceived(received(document, facts))).toMatchObject({
      present: 2,
      missing: 1,
      substituted: 1,
      extra: 1,
      expectedBy: { mhl: { present: 2, missing: 1, substituted: 1 } },
    });
    put(folder, 'B/later.mov', 'v');
    const later = await lookAtDrive(manifest, document, { media: folder });
    expect(later.unknown.map(({ path }) => path)).toEqual(['B/later.mov']);
    expect(existsSync(manifest)).toBe(false);
    expect(readFileSync(join(folder, 'A001/a.mov'), 'utf8')).toBe('x'.repeat(10));
  });
});
