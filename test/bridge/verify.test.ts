import {
  appendFileSync,
  chmodSync,
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { memoryHasher } from '../../bridge/local/hash/engines.ts';
import { hashFiles } from '../../bridge/local/hash/files.ts';
import { HashJournal } from '../../bridge/local/hash/journal.ts';
import { readListFile } from '../../bridge/local/hash/lists.ts';
import { readHandoff } from '../../bridge/local/store.ts';
import {
  CannotVerify,
  verifyCopies,
  type CopyAt,
  type Verified,
  type VerifyRequest,
} from '../../bridge/local/verify.ts';
import { readChain } from '../../manifest/mhl/chain.ts';
import { unfitFolders } from '../../manifest/mhl/folders.ts';
import { writeChain } from '../../manifest/mhl/write.ts';
import type { Clip } from '../../manifest/documents/handoff.ts';
import { handoff, picture } from '../fixtures/handoff.ts';
import { validMhl } from '../manifest/mhl-corpus.ts';

const base = mkdtempSync(join(tmpdir(), 'baton-verify-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));
const isRoot = process.getuid?.() === 0;
if (isRoot) console.log('skipped: folders that may not be entered (root may enter every folder)');
let made = 0;

/** A folder of files by path, each holding its text. */
function tree(files: Record<string, string>, name = `place-${++made}`): string {
  const folder = join(base, String(++made), name);
  mkdirSync(folder, { recursive: true });
  for (const [path, text] of Object.entries(files)) put(folder, path, text);
  return folder;
}
function put(folder: string, path: string, text: string): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}
function copyOf(folder: string, name = 'copy'): CopyAt {
  const to = join(base, String(++made), name);
  cpSync(folder, to, { recursive: true, preserveTimestamps: true });
  return { name, root: 'media', folder: to };
}

/** A manifest in its root that lists the .mov files. */
function manifestIn(folder: string): Pick<VerifyRequest, 'manifest' | 'handoff' | 'roots'> {
  const paths = (readdirSync(folder, { recursive: true }) as string[]).map((path) =>
    path.replaceAll('\\', '/'),
  );
  const clips = paths
    .filter((path) => path.endsWith('.mov'))
    .sort()
    .map((path): Clip =>
      picture({ path: path.normalize('NFC'), clip: { size: statSync(join(folder, path)).size } }),
    );
  const document = handoff(clips);
  const manifest = join(folder, 'handoff.json');
  writeFileSync(manifest, JSON.stringify(document));
  return { manifest, handoff: document, roots: { media: folder } };
}

function run(
  of: Pick<VerifyRequest, 'manifest' | 'handoff' | 'roots'>,
  more: Partial<VerifyRequest> = {},
): Promise<Verified> {
  return verifyCopies({
    copies: [],
    algorithm: 'xxh64',
    write: false,
    fresh: false,
    tool: { name: 'Baton', version: '0.1.0' },
    ...of,
    ...more,
  });
}
const brief = ({ verdicts }: Verified) =>
  verdicts.map(({ place, path, verdict }) => `${place} ${path} ${verdict}`);
const codes = ({ issues }: Verified) => issues.map(({ code }) => code);
const lists = (folder: string) =>
  existsSync(join(folder, 'ascmhl')) ? readdirSync(join(folder, 'ascmhl')).sort() : [];
const CARD = {
  'A001/C001.mov': 'first',
  'A001/C002.mov': 'second',
  'A001/clip.xml': '<x/>',
  'notes.txt': 'hello',
};

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

describe('lists that are written', () => {
  it('are valid, chained, and prove the files the next time', async () => {
    const root = tree(CARD);
    mkdirSync(join(root, 'empty/inner'), { recursive: true });
    const of = manifestIn(root);
    const first = await run(of, { write: true });
    const [name, chain] = lists(root);
    expect(name).toMatch(/^0001_place-\d+_\d{4}-\d\d-\d\d_\d{6}Z\.mhl$/);
    expect(first.places[0]!.written).toEqual([`ascmhl/${name}`]);
    validMhl(readFileSync(join(root, 'ascmhl', name!), 'utf8'));
    validMhl(readFileSync(join(root, 'ascmhl', chain!), 'utf8'), 'ASCMHLDirectory');
    const { value, c4 } = await readListFile(join(root, 'ascmhl', name!), 'x');
    expect(readChain(readFileSync(join(root, 'ascmhl', chain!), 'utf8'), 'x').entries).toEqual([
      { sequence: 1, path: name, c4 },
    ]);
    expect(value!.files.map(({ path, hashes }) => `${path} ${hashes[0]!.action}`)).toEqual(
      Object.keys(CARD).map((path) => `${path} original`),
    );
    expect(value!.folders.map(({ path }) => path).sort()).toEqual(['', 'A001', 'empty', 'empty/inner']);
    expect(unfitFolders(value!, await memoryHasher())).toEqual([]);
    const again = await run(of);
    expect([again.counts.proven, again.issues, again.verdicts[0]!.by]).toEqual([4, [], 'mhl']);
  });

  it('a second generation says verified, failed and original, and where a file was before', async () => {
    const root = tree(CARD);
    const of = manifestIn(root);
    await run(of, { write: true });
    put(root, 'A001/C001.mov', 'FIRST');
    put(root, 'new.txt', 'new');
    renameSync(join(root, 'notes.txt'), join(root, 'A001/notes (1).txt'));
    const second = await run(of, { write: true });
    expect(brief(second)).toEqual([
      'media A001/C001.mov altered',
      'media A001/C002.mov proven',
      'media A001/clip.xml proven',
      'media new.txt extra',
      'media notes.txt renamed',
    ]);
    const name = lists(root)[1]!;
    expect(name).toMatch(/^0002_/);
    validMhl(readFileSync(join(root, 'ascmhl', name), 'utf8'));
    const { value } = await readListFile(join(root, 'ascmhl', name), 'x');
    expect(
      value!.files.map(({ path, previousPath, hashes }) => [path, hashes[0]!.action, previousPath]),
    ).toEqual([
      ['A001/C001.mov', 'failed', undefined],
      ['A001/C002.mov', 'verified', undefined],
      ['A001/clip.xml', 'verified', undefined],
      ['A001/notes (1).txt', 'verified', 'notes.txt'],
      ['new.txt', 'original', undefined],
    ]);
    const third = await run(of);
    expect(brief(third).filter((line) => !line.endsWith('proven'))).toEqual(['media A001/C001.mov altered']);
    expect(codes(third)).toEqual([]);
  });

  it('histories further in get their generation first, and the outer list leans on them', async () => {
    const root = tree({ 'A001/C001.mov': 'first', 'A001/sub/C002.mov': 'second', 'B/x.txt': 'x' });
    const card = manifestIn(join(root, 'A001'));
    await run(card, { write: true, algorithm: 'md5' });
    rmSync(card.manifest);
    const of = manifestIn(root);
    const verified = await run(of, { write: true });
    expect(verified.counts.proven + verified.counts.unverified).toBe(3);
    expect(verified.places[0]!.written.map((path) => path.replace(/_\d{4}-.*/, ''))).toEqual([
      'A001/ascmhl/0002_A001',
      expect.stringMatching(/^ascmhl\/0001_place/),
    ]);
    for (const path of verified.places[0]!.written) validMhl(readFileSync(join(root, path), 'utf8'));
    const { value } = await readListFile(join(root, verified.places[0]!.written[1]!), 'x');
    expect(value!.references.map(({ path }) => path)).toEqual([verified.places[0]!.written[0]]);
    expect(value!.files.map(({ path }) => path)).toEqual(['B/x.txt']);
    expect(value!.folders.map(({ path }) => path).sort()).toEqual(['', 'A001', 'B']);
    const again = await run(of);
    expect([again.counts.proven, codes(again)]).toEqual([3, []]);
    appendFileSync(join(root, verified.places[0]!.written[0]!), ' ');
    expect(codes(await run(of))).toEqual(['mhl-altered', 'mhl-altered']);
  });

  it('damage is not called original: two copies that differ get no first list', async () => {
    const root = tree(CARD);
    const of = manifestIn(root);
    const copy = copyOf(root);
    put(copy.folder, 'A001/C001.mov', 'FIRST');
    const verified = await run(of, { copies: [copy], write: true });
    expect(codes(verified)).toEqual(['mhl-not-written', 'mhl-not-written']);
    expect([lists(root), lists(copy.folder)]).toEqual([[], []]);
  });

  it('a history in a folder that the outer list ignores still gets its generation', async () => {
    const root = tree({ 'A001/C001.mov': 'first', 'B/x.txt': 'x' });
    const card = manifestIn(join(root, 'A001'));
    await run(card, { write: true });
    rmSync(card.manifest);
    const of = manifestIn(root);
    put(
      root,
      'ascmhl/0001_x_2026-01-01_000000Z.mhl',
      '<hashlist version="2.0"><processinfo><ignore><pattern>A001/</pattern></ignore></processinfo></hashlist>',
    );
    put(root, 'ascmhl/ascmhl_chain.xml', '');
    const { c4 } = await readListFile(join(root, 'ascmhl/0001_x_2026-01-01_000000Z.mhl'), 'x');
    writeFileSync(
      join(root, 'ascmhl/ascmhl_chain.xml'),
      writeChain([{ sequence: 1, path: '0001_x_2026-01-01_000000Z.mhl', c4 }]),
    );
    const verified = await run(of, { write: true });
    expect(codes(verified)).toEqual([]);
    expect(verified.places[0]!.written.map((path) => path.replace(/_.*/, ''))).toEqual([
      'A001/ascmhl/0002',
      'ascmhl/0002',
    ]);
    for (const path of verified.places[0]!.written) validMhl(readFileSync(join(root, path), 'utf8'));
  });

  it.skipIf(process.platform === 'win32')('a name that XML cannot hold is refused by name', async () => {
    const root = tree({ 'a\u0001.txt': 'x' });
    const verified = await run(manifestIn(root), { write: true });
    expect(verified.issues.map(({ code, message }) => [code, message.includes('\\u0001')])).toEqual([
      ['mhl-not-written', true],
    ]);
    expect(lists(root)).toEqual([]);
  });
});

describe('lists that were tampered with', () => {
  async function sealed() {
    const root = tree(CARD);
    const of = manifestIn(root);
    await run(of, { write: true });
    return {
      root,
      of,
      list: join(root, 'ascmhl', lists(root)[0]!),
      chain: join(root, 'ascmhl', 'ascmhl_chain.xml'),
    };
  }

  it('a list that is not the one its chain was made for proves nothing', async () => {
    const { of, list, root } = await sealed();
    put(root, 'A001/C001.mov', 'FIRST');
    const digest = (await memoryHasher())('xxh64', Buffer.from('FIRST'));
    const text = readFileSync(list, 'utf8');
    writeFileSync(list, text.replace(/(C001\.mov<\/path>\s*<xxh64[^>]*>)[0-9a-f]+/, `$1${digest}`));
    const verified = await run(of);
    expect([codes(verified), verified.counts]).toMatchObject([['mhl-altered'], { proven: 0, unverified: 4 }]);
  });

  it('an entry taken out shows in the folder hash even without a chain, and its file is not passed over', async () => {
    const { of, list, chain } = await sealed();
    const text = readFileSync(list, 'utf8');
    writeFileSync(list, text.replace(/<hash>\s*<path[^>]*>A001\/C002\.mov[^]*?<\/hash>/, ''));
    rmSync(chain);
    const verified = await run(of);
    expect(codes(verified).sort()).toEqual(['mhl-incomplete', 'mhl-no-chain']);
    expect(brief(verified)[1]).toBe('media A001/C002.mov unverified');
  });

  it('a generation that was taken away is missed', async () => {
    const { of, list } = await sealed();
    rmSync(list);
    const verified = await run(of);
    expect(codes(verified)).toEqual(['mhl-generation-missing']);
    expect(verified.counts.unverified).toBe(4);
  });

  it('no further list is added to a history that does not hold together', async () => {
    const { of, list, root } = await sealed();
    appendFileSync(list, '<!-- -->');
    const verified = await run(of, { write: true });
    expect(codes(verified)).toEqual(['mhl-altered', 'mhl-not-written']);
    expect(lists(root)).toHaveLength(2);
  });

  it('a pattern that hides everything hides no clip of the manifest, and says how much it hid', async () => {
    const root = tree(CARD);
    const of = manifestIn(root);
    put(
      root,
      'ascmhl/0001_x_2026-01-01_000000Z.mhl',
      '<hashlist version="2.0"><processinfo><ignore><pattern>*</pattern></ignore></processinfo></hashlist>',
    );
    const verified = await run(of);
    expect(brief(verified)).toEqual(['media A001/C001.mov unverified', 'media A001/C002.mov unverified']);
    expect(verified.places[0]!.passedOver).toBe(2);
  });

  it('media hidden in an ascmhl folder is still found missing a hash', async () => {
    const root = tree({ 'ascmhl/hidden.mov': 'x' });
    expect(brief(await run(manifestIn(root)))).toEqual(['media ascmhl/hidden.mov unverified']);
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
