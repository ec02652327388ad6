/** The hash lists that verifying writes, and lists that were tampered with. */
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { memoryHasher } from '../../bridge/local/hash/engines.ts';
import { readListFile } from '../../bridge/local/hash/lists.ts';
import { readChain } from '../../manifest/mhl/chain.ts';
import { unfitFolders } from '../../manifest/mhl/folders.ts';
import { writeChain } from '../../manifest/mhl/write.ts';
import { validMhl } from '../manifest/mhl-corpus.ts';
import { base, tree, put, copyOf, manifestIn, run, brief, codes, CARD } from './verify-stage.ts';

afterAll(() => rmSync(base, { recursive: true, force: true }));

const lists = (folder: string) =>
  existsSync(join(folder, 'ascmhl')) ? readdirSync(join(folder, 'ascmhl')).sort() : [];

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
