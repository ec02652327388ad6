/** Media and their copies on real drives, verified: what is only read, what lies there, and what cannot be read. */
import { chmodSync, linkSync, readdirSync, rmSync, statSync, symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { hashFiles } from '../../bridge/local/hash/files.ts';
import { HashJournal } from '../../bridge/local/hash/journal.ts';
import { readHandoff } from '../../bridge/local/store.ts';
import { CannotVerify, type VerifyRequest } from '../../bridge/local/verify.ts';
import { handoff } from '../fixtures/handoff.ts';
import { base, tree, put, copyOf, manifestIn, run, brief, codes, CARD } from './verify-stage.ts';

afterAll(() => rmSync(base, { recursive: true, force: true }));
const isRoot = process.getuid?.() === 0;
if (isRoot) console.log('skipped: folders that may not be entered (root may enter every folder)');

describe('media folders are only read', () => {
  it('unless lists are asked for, nothing is written but the outcome into the manifest', async () => {
    const root = tree(CARD);
    const of = manifestIn(root);
    const copy = copyOf(root);
    const all = (folder: string) => readdirSync(folder, { recursive: true }).map(String).sort();
    const before = [all(root), all(copy.folder)];
    const verified = await run(of, { copies: [copy] });
    expect(verified.counts).toMatchObject({ proven: 8, unverified: 0 });
    expect([all(root).filter((path) => !path.startsWith('.baton')), all(copy.folder)]).toEqual(before);
    expect(all(root).filter((path) => path.startsWith('.baton') && path.endsWith('.jsonl'))).toEqual([]);
  });

  it('the outcome is in the history: counts, algorithms, places by name, no path of the machine', async () => {
    const root = tree(CARD);
    const of = manifestIn(root);
    const copy = copyOf(root, 'BACKUP');
    put(copy.folder, 'A001/C001.mov', 'FIRST');
    await run(of, { copies: [copy] });
    const record = (await readHandoff(of.manifest)).handoff!.history[0]!;
    expect(record).toMatchObject({
      kind: 'verify',
      algorithms: ['xxh64'],
      counts: { proven: 6, altered: 2 },
      places: [
        { name: 'media', root: 'media', counts: { proven: 3, altered: 1 } },
        { name: 'BACKUP', root: 'media', counts: { proven: 3, altered: 1 } },
      ],
    });
    expect(JSON.stringify(record)).not.toContain(base);
  });
});

describe('legacy lists', () => {
  const md5 = '8b04d5e3775d298e78455efc5ca404d5';
  it('beside the media prove it, whichever way their slashes lean', async () => {
    const root = tree(CARD);
    put(
      root,
      'card.mhl',
      `<?xml version="1.0" encoding="UTF-8"?><hashlist version="1.1"><hash><file>A001\\C001.mov</file><size>5</size><md5>${md5}</md5></hash></hashlist>`,
    );
    const verified = await run(manifestIn(root));
    expect(brief(verified)).toEqual([
      'media A001/C001.mov proven',
      'media A001/C002.mov unverified',
      'media A001/clip.xml extra',
      'media notes.txt unverified',
    ]);
    expect(verified.algorithms).toEqual(['md5']);
  });

  it('that lead out of their folder are refused, and nothing outside is read', async () => {
    const outside = tree({ 'secret.txt': 'first' });
    const root = tree({ 'in/a.mov': 'x' });
    put(
      root,
      'in/card.mhl',
      `<hashlist version="1.0"><hash><file>../../${outside}/secret.txt</file><md5>${md5}</md5></hash></hashlist>`,
    );
    const verified = await run(manifestIn(root));
    expect([codes(verified), brief(verified)]).toEqual([['mhl-path'], ['media in/a.mov unverified']]);
  });
});

describe('what lies on real drives', () => {
  it('names stored decomposed on one drive and composed on the other are one file', async () => {
    const root = tree({ ['CAFÉ/É.mov'.normalize('NFC')]: 'x' });
    const copy = { name: 'copy', root: 'media', folder: tree({ ['CAFÉ/É.mov'.normalize('NFD')]: 'x' }) };
    const verified = await run(manifestIn(root), { copies: [copy], write: true });
    expect([verified.counts.proven, verified.issues]).toEqual([2, []]);
    const again = await run(manifestIn(root), { copies: [copy] });
    expect([again.counts.proven, again.issues]).toEqual([2, []]);
  });

  it("the system's own files are passed over and counted, unless a list names them", async () => {
    const root = tree({ ...CARD, '.DS_Store': 'mac', 'A001/._C001.mov': 'fork', 'Thumbs.db': 'windows' });
    const copy = copyOf(root);
    rmSync(join(copy.folder, 'Thumbs.db'));
    const of = manifestIn(root);
    of.handoff.clips = of.handoff.clips.filter(({ path }) => !path.includes('._'));
    const verified = await run(of, { copies: [copy] });
    expect([verified.counts.proven, verified.places.map(({ passedOver }) => passedOver)]).toEqual([
      8,
      [3, 2],
    ]);
    put(
      root,
      'card.mhl',
      '<hashlist version="1.0"><hash><file>Thumbs.db</file><size>7</size><md5>0f4137ed1502b5045d6083aa258b5c42</md5></hash></hashlist>',
    );
    expect(brief(await run(of, { copies: [copy] }))).toContain('copy Thumbs.db missing');
  });

  it.skipIf(process.platform === 'win32')(
    'a hard link, or a link, is the very file and no copy; a broken link is said',
    async () => {
      const root = tree({ 'a.mov': 'x', 'b.mov': 'y', 'c.mov': 'z' });
      const copy = { name: 'copy', root: 'media', folder: tree({}) };
      linkSync(join(root, 'a.mov'), join(copy.folder, 'a.mov'));
      symlinkSync(join(root, 'b.mov'), join(copy.folder, 'b.mov'));
      symlinkSync(join(root, 'nowhere'), join(copy.folder, 'c.mov'));
      expect(brief(await run(manifestIn(root), { copies: [copy] }))).toEqual([
        'media a.mov unverified',
        'media b.mov unverified',
        'media c.mov unverified',
        'copy a.mov unverified',
        'copy b.mov unverified',
        'copy c.mov unreadable',
      ]);
    },
  );

  it.skipIf(process.platform === 'win32' || isRoot)(
    'a folder that may not be entered makes its files unreadable, not missing',
    async () => {
      const root = tree(CARD);
      const of = manifestIn(root);
      const copy = copyOf(root);
      chmodSync(join(copy.folder, 'A001'), 0);
      const verified = await run(of, { copies: [copy] });
      chmodSync(join(copy.folder, 'A001'), 0o755);
      expect(
        verified.verdicts.filter(({ place, verdict }) => place === 'copy' && verdict === 'unreadable').length,
      ).toBeGreaterThanOrEqual(3);
      expect(verified.counts.missing).toBe(0);
    },
  );

  it("Baton's own files are no part of a copy, whether they were copied along or not", async () => {
    const root = tree(CARD);
    put(root, 'cuts/Film.edl', 'TITLE');
    const of = manifestIn(root);
    const copy = copyOf(root);
    put(copy.folder, 'handoff.json', '{}');
    expect((await run(of, { copies: [copy] })).counts).toMatchObject({
      proven: 8,
      altered: 0,
      missing: 0,
      extra: 0,
    });
  });

  it('a root inside another is judged once', async () => {
    const root = tree({ 'a.mov': 'a', 'SOUND/s.wav': 's' });
    const of = manifestIn(root);
    of.handoff.roots = [{ name: 'media' }, { name: 'SOUND' }];
    const verified = await run({ ...of, roots: { media: root, SOUND: join(root, 'SOUND') } });
    expect(brief(verified)).toEqual(['media a.mov unverified', 'SOUND s.wav unverified']);
  });

  it('a file that rotted without its time or size changing is altered', async () => {
    const root = tree(CARD);
    const of = manifestIn(root);
    await run(of, { write: true });
    const file = join(root, 'A001/C001.mov');
    const { atime, mtime } = statSync(file);
    put(root, 'A001/C001.mov', 'f1rst');
    utimesSync(file, atime, mtime);
    expect(brief(await run(of))[0]).toBe('media A001/C001.mov altered');
  });
});

describe('an interrupted run', () => {
  it('is gone on with: what was read is not read again, and said', async () => {
    const root = tree(CARD);
    const of = manifestIn(root);
    const copy = copyOf(root);
    const journal = await HashJournal.open(of.manifest, { fresh: true });
    const file = join(root, 'A001/C001.mov');
    const { mtimeNs } = statSync(file, { bigint: true });
    const wanted = { file, size: 5, mtime: mtimeNs, drive: '', algorithms: ['xxh64' as const] };
    const [hashed] = await hashFiles([wanted]);
    journal.keep(wanted, (hashed as { digests: Record<string, string> }).digests);
    journal.save();
    const verified = await run(of, { copies: [copy] });
    expect(verified.resumed?.files).toBe(1);
    expect(verified.bytes).toBe(2 * Object.values(CARD).join('').length - 5);
    expect(verified.counts.proven).toBe(8);
    const again = await run(of, { copies: [copy] });
    expect(again.resumed).toBeNull();
  });

  it('stopped, leaves its journal and no record', async () => {
    const root = tree(
      Object.fromEntries(Array.from({ length: 50 }, (_, nth) => [`${nth}.mov`, String(nth).repeat(1e5)])),
    );
    const of = manifestIn(root);
    const copy = copyOf(root);
    const controller = new AbortController();
    const stopped = run(of, {
      copies: [copy],
      signal: controller.signal,
      onProgress: ({ done }) => done > 1e6 && controller.abort(new Error('stop')),
    });
    await expect(stopped).rejects.toThrow('stop');
    expect((await readHandoff(of.manifest)).handoff!.history).toEqual([]);
    const resumed = await run(of, { copies: [copy] });
    expect(resumed.resumed!.files).toBeGreaterThan(0);
    expect(resumed.counts.proven).toBe(100);
  });
});

describe('what cannot be verified', () => {
  it('says so in one sentence', async () => {
    const root = tree(CARD);
    const of = manifestIn(root);
    const at = (folder: string) => [{ name: 'copy', root: 'media', folder }];
    const refused: [Partial<VerifyRequest>, RegExp][] = [
      [{ copies: at(join(root, 'no')) }, /the copy copy is not at/],
      [{ copies: at(root) }, /not two copies/],
      [{ copies: at(join(root, 'A001')) }, /not two copies/],
      [{ roots: { media: join(root, 'notes.txt') } }, /root media is not at.*--root media=PATH/],
      [{ handoff: handoff([], { roots: [] }) }, /names no root/],
    ];
    for (const [more, says] of refused) {
      const error = await run({ ...of, ...(more.handoff ? { handoff: more.handoff } : {}) }, more).catch(
        (thrown: unknown) => thrown,
      );
      expect(error).toBeInstanceOf(CannotVerify);
      expect((error as Error).message).toMatch(says);
    }
  });
});
