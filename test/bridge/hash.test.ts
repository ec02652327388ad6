import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ENGINES, memoryHasher } from '../../bridge/local/hash/engines.ts';
import { BLOCK, hashFiles, type FileToHash } from '../../bridge/local/hash/files.ts';
import { HashJournal, WORTH } from '../../bridge/local/hash/journal.ts';
import { Pace } from '../../bridge/local/hash/pace.ts';
import { c4FromSha512, type HashAlgorithm } from '../../manifest/mhl/digest.ts';

const folder = mkdtempSync(join(tmpdir(), 'baton-hash-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const ALL = Object.keys(ENGINES) as HashAlgorithm[];
const digestOf = await memoryHasher();

function toHash(file: string, algorithms: HashAlgorithm[] = ['xxh64'], drive = 'a'): FileToHash {
  const { size, mtimeNs } = statSync(file, { bigint: true });
  return { file, size: Number(size), mtime: mtimeNs, drive, algorithms };
}
function make(name: string, content: string | Uint8Array): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

describe('hashes of files', () => {
  it('of "a": what every other program gives', async () => {
    const [hashed] = await hashFiles([toHash(make('a', 'a'), ALL)]);
    expect(hashed).toEqual({
      digests: {
        c4: c4FromSha512(createHash('sha512').update('a').digest('hex')),
        md5: '0cc175b9c0f1b6a831c399e269772661',
        sha1: '86f7e437faa5a7fce15d1ddcb9eaeaea377667b8',
        xxh128: 'a96faf705af16834e6c632b61e964e1f',
        xxh3: 'e6c632b61e964e1f',
        xxh64: 'd24ec4f1a98c6e5b',
        xxh32: '550d7456',
      },
    });
  });

  it.each([0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK + 17])(
    'of %d bytes, whatever the blocks: the same as in memory',
    async (size) => {
      const content = randomBytes(size);
      const [hashed] = await hashFiles([toHash(make(`of-${size}`, content), ALL)]);
      expect(hashed).toEqual({
        digests: Object.fromEntries(ALL.map((each) => [each, digestOf(each, content)])),
      });
    },
  );

  it('come back in the order asked, whichever was done first', async () => {
    const contents = Array.from({ length: 40 }, (_, index) => randomBytes(index % 3 === 0 ? 2 * BLOCK : 100));
    const files = contents.map((content, index) =>
      toHash(make(`many-${index}`, content), ['xxh64'], index % 2 ? 'a' : 'b'),
    );
    const told: number[] = [];
    const hashed = await hashFiles(files, { onHashed: (index) => told.push(index) });
    expect(hashed).toEqual(contents.map((content) => ({ digests: { xxh64: digestOf('xxh64', content) } })));
    expect(told.sort((a, b) => a - b)).toEqual(files.map((_, index) => index));
  });

  it('progress counts bytes and ends at all of them', async () => {
    const files = [1, 2, 3].map((nth) => toHash(make(`progress-${nth}`, randomBytes(nth * BLOCK))));
    const done: number[] = [];
    await hashFiles(files, { onProgress: (progress) => done.push(progress.done) });
    expect([...done].sort((a, b) => a - b)).toEqual(done);
    expect(Math.max(...done)).toBeLessThanOrEqual(6 * BLOCK);
    expect(done.length).toBeGreaterThanOrEqual(3);
  });

  it('what one file cannot give stops no other', async () => {
    const there = toHash(make('there', 'x'));
    const gone = { ...there, file: join(folder, 'not-there') };
    const grown = toHash(make('grown', 'x'));
    writeFileSync(grown.file, 'xy');
    const touched = toHash(make('touched', 'x'));
    utimesSync(touched.file, 1, 1);
    const hashed = await hashFiles([gone, { ...there, file: folder }, grown, touched, there]);
    expect(hashed.map((each) => ('problem' in each ? each.problem.split(':')[0] : 'read'))).toEqual([
      'ENOENT',
      'EISDIR',
      'it changed while it was being verified',
      'it changed while it was being verified',
      'read',
    ]);
  });

  it('stop when told to, with what was read until then told', async () => {
    const files = Array.from({ length: 60 }, (_, nth) => toHash(make(`stop-${nth}`, randomBytes(BLOCK))));
    const controller = new AbortController();
    const told: number[] = [];
    const reason = new Error('enough');
    const run = hashFiles(files, {
      signal: controller.signal,
      onHashed(index) {
        told.push(index);
        if (told.length === 3) controller.abort(reason);
      },
    });
    await expect(run).rejects.toBe(reason);
    expect(told.length).toBeGreaterThanOrEqual(3);
    expect(told.length).toBeLessThan(60);
    await expect(hashFiles(files, { signal: controller.signal })).rejects.toBe(reason);
  });
});

describe('pace', () => {
  /** Runs a drive whose speed depends on how many are read together; how many it settles on. */
  function settled(speed: (together: number) => number): number {
    const pace = new Pace(2);
    for (let now = 0; now < 10_000; now += 50) pace.add(speed(pace.allowed()) * 50, pace.allowed(), now);
    return pace.allowed();
  }

  it('a drive that gains by two files at a time gets two', () => {
    expect(settled((together) => together * 1_000_000)).toBe(2);
  });
  it('a spinning drive that loses by it gets one', () => {
    expect(settled((together) => (together === 1 ? 200_000 : 90_000))).toBe(1);
  });
  it('a drive that neither gains nor loses gets one', () => {
    expect(settled(() => 500_000)).toBe(1);
  });
  it('time in which fewer ran than were allowed says nothing', () => {
    const pace = new Pace(2);
    for (let now = 0; now < 2000; now += 50) pace.add(1e8, 1, now);
    expect(pace.allowed()).toBe(2);
    for (let now = 2000; now < 9000; now += 50) pace.add(10, 1, now);
    expect(pace.allowed()).toBe(2);
  });
});

describe('the journal of an interrupted run', () => {
  const manifest = join(folder, 'handoff.json');
  const path = join(folder, '.baton', 'verify-handoff.json.jsonl');

  it('gives a later run what was read of the very same file, and no other', async () => {
    const file = toHash(make('journal', 'x'));
    const first = await HashJournal.open(manifest, { fresh: false });
    first.keep(file, { xxh64: 'aa' });
    first.save();
    const next = await HashJournal.open(manifest, { fresh: false });
    expect(next.earlier(file)?.digests).toEqual({ xxh64: 'aa' });
    expect(next.earlier({ ...file, size: 2 })).toBeNull();
    expect(next.earlier({ ...file, mtime: file.mtime + 1n })).toBeNull();
    expect(next.earlier({ ...file, algorithms: ['xxh64', 'md5'] })).toBeNull();
    expect((await HashJournal.open(manifest, { fresh: true })).earlier(file)).toBeNull();
    await next.remove();
  });

  it('passes over a torn last line, nonsense, and what is older than a week', async () => {
    const file = toHash(make('torn', 'x'));
    const journal = await HashJournal.open(manifest, { fresh: false });
    journal.keep(file, { xxh64: 'bb' });
    journal.save();
    const line = readFileSync(path, 'utf8');
    const old = JSON.stringify({
      ...JSON.parse(line),
      file: '/old',
      at: new Date(Date.now() - WORTH - 1000).toISOString(),
    });
    writeFileSync(path, `null\n{"file":1}\n${old}\n${line}${line.slice(0, 40)}`);
    const next = await HashJournal.open(manifest, { fresh: false });
    expect(next.earlier(file)?.digests).toEqual({ xxh64: 'bb' });
    expect(next.earlier({ ...file, file: '/old' })).toBeNull();
    await next.remove();
  });
});
