/** Media hash lists of every kind are read: real ones, their paths, and hostile ones. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readListFile } from '../../bridge/local/hash/lists.ts';
import { readChain } from '../../manifest/mhl/chain.ts';
import { unfitFolders } from '../../manifest/mhl/folders.ts';
import { listPath } from '../../manifest/mhl/path.ts';
import { MhlReader } from '../../manifest/mhl/read.ts';
import { hasLists, listBytes, listFile, listNames } from './mhl-corpus.ts';
import { digestOf, readMhl } from './mhl-stage.ts';

const legacy = (entry: string) =>
  readMhl(`<?xml version="1.0"?><hashlist version="1.1"><hash>${entry}</hash></hashlist>`, 'a.mhl');
const asc = (entries: string) =>
  readMhl(`<hashlist version="2.0" xmlns="urn:ASC:MHL:v2.0"><hashes>${entries}</hashes></hashlist>`, 'a.mhl');

describe.skipIf(!hasLists)('real lists', () => {
  it.each(listNames())('%s is read without an issue, every entry of it', async (name) => {
    const { value, issues } = await readListFile(listFile(name), name);
    expect(issues).toEqual([]);
    const entries = listBytes(name)
      .toString('latin1')
      .match(/<hash>/g)!.length;
    expect(value!.files).toHaveLength(entries);
    expect(value!.files.filter(({ hashes, unknown }) => hashes.length + unknown.length !== 1)).toEqual([]);
    expect(value!.files.every(({ size, modified }) => size !== undefined && modified !== undefined)).toBe(
      true,
    );
  });

  it.each([
    ['euc-jp_macln_Japanese_2012-12-15_180223', ['日本人_dir/俳句', '日本人_dir/日本語ファ_イル.txt']],
    ['euc-kr_winln_Korean_2012-12-15_181135', ['한국의_dir/한국어_당근', '한국의_dir/한국어의파일']],
    ['iso-8859-6_winln_Arabic_2012-12-15_174827', ['دليل_dir/العربية', 'دليل_dir/ملف_باللغة_العربية']],
    [
      'windows-1251_winln_Russian_2012-12-14_170634',
      ['русский_dir/матрёшка.txt', 'русский_dir/файлнарусском'],
    ],
  ])('%s names its files in its own encoding', async (name, paths) => {
    const { value } = await readListFile(listFile(`mhl-tool__aux_files_${name}.mhl`), name);
    expect(value!.files.map(({ path }) => path)).toEqual(paths);
  });

  it('a date without a zone stays without one', async () => {
    const name = 'mhl-tool__aux_files_windows-1251_winln_Russian_2012-12-14_170634.mhl';
    const { value } = await readListFile(listFile(name), name);
    expect(value!.files[0]!.modified).toBe('2012-12-14T16:21:49');
  });

  it('xxhash64 has its least significant byte first, xxhash64be its most: one file, one digest', async () => {
    const [small, big] = await Promise.all(
      ['mhl-tool__xxhash64.mhl', 'mhl-tool__xxhash64be.mhl'].map((name) =>
        readListFile(listFile(name), name),
      ),
    );
    const digests = (read: typeof small) => read!.value!.files.map(({ hashes }) => hashes[0]!.digest);
    expect(digests(small)).toEqual(digests(big));
  });

  it('a null hash is a file without proof', async () => {
    const { value } = await readListFile(listFile('mhl-tool__null.mhl'), 'null');
    expect(value!.files.map(({ hashes, unknown }) => [hashes, unknown])).toEqual(
      Array.from({ length: 3 }, () => [[], ['null']]),
    );
  });

  it("the C4 id of a list's bytes is the one its chain holds", async () => {
    const { entries } = readChain(listBytes('mhl__ascmhl_chain.1b272b.xml').toString(), 'chain');
    const entry = entries[1]!;
    const { c4 } = await readListFile(listFile(`mhl__${entry.path}`), entry.path);
    expect([entry.sequence, entry.c4]).toEqual([2, c4]);
  });

  it.each(listNames().filter((name) => name.startsWith('mhl__')))(
    '%s: every folder hash follows from the entries',
    async (name) => {
      const { value } = await readListFile(listFile(name), name);
      expect(value!.folders.length).toBeGreaterThan(1);
      expect(unfitFolders(value!, digestOf)).toEqual([]);
    },
  );

  it('an entry taken out of a list shows in the hash of its folder', async () => {
    const text = listBytes('mhl__0001_A002R2EC_2020-01-16_091500Z.mhl').toString();
    const without = readMhl(text.replace(/<hash>\s*<path[^>]*>Clips\/A002C006[^]*?<\/hash>/, ''), 'x').value!;
    expect(without.files).toHaveLength(2);
    expect(unfitFolders(without, digestOf)).toEqual(['Clips']);
    const noSidecar = readMhl(text.replace(/<hash>\s*<path[^>]*>Sidecar[^]*?<\/hash>/, ''), 'x').value!;
    expect(unfitFolders(noSidecar, digestOf)).toEqual(['']);
  });

  it('read in pieces of any size, a list is the same list', async () => {
    const text = listBytes('mhl-tool__aux_files_utf-8_unixln_mixed_2012-12-14_165427.mhl').toString();
    const whole = readMhl(text, 'x');
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 900 }), { maxLength: 40 }), (sizes) => {
        const reader = new MhlReader('x');
        let at = 0;
        for (const size of sizes) reader.write(text.slice(at, (at += size)));
        reader.write(text.slice(at));
        expect(reader.close()).toEqual(whole);
      }),
      { numRuns: 30 },
    );
  });
});

describe('paths', () => {
  it.each([
    ['Clips\\A001.mov', true, 'Clips/A001.mov'],
    ['Clips\\A001.mov', false, 'Clips\\A001.mov'],
    ['./Clips/A001.mov', false, 'Clips/A001.mov'],
    ['.\\Clips\\A001.mov', true, 'Clips/A001.mov'],
    ['CAFE\u0301.mov', false, 'CAFÉ.mov'],
  ])('%s (legacy: %s) is %s', (text, backslashes, path) => {
    expect(listPath(text, backslashes)).toMatchObject({ path });
  });

  it.each([
    '../secret',
    'a/../../b',
    '/etc/passwd',
    'C:\\Windows\\x',
    '\\\\server\\x',
    'a\\..\\..\\b',
    '',
    'a//b',
    'a\0b',
    'x/'.repeat(3000),
  ])('%j leads nowhere', (text) => {
    for (const backslashes of [true, false]) expect(listPath(text, backslashes)).toHaveProperty('problem');
  });

  it('a refused path is told with its line, and the other entries are read', () => {
    const { value, issues } = readMhl(
      '<hashlist version="1.1">\n<hash><file>../up.mov</file><md5>d29593e2cf81c621fb3c4089f9bbde4a</md5></hash>\n<hash><file>ok.mov</file><md5>d29593e2cf81c621fb3c4089f9bbde4a</md5></hash></hashlist>',
      'a.mhl',
    );
    expect(value!.files.map(({ path }) => path)).toEqual(['ok.mov']);
    expect(issues.map(({ code, severity, at }) => [code, severity, at])).toEqual([
      ['mhl-path', 'error', 'a.mhl line 2'],
    ]);
  });
});

describe('hostile lists', () => {
  it('entities a document declares are not expanded', () => {
    const bomb = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY e SYSTEM "file:///etc/passwd">]><hashlist version="1.1"><hash><file>&b;&e;x.mov</file></hash></hashlist>`;
    const { value, issues } = readMhl(bomb, 'a.mhl');
    expect(value!.files[0]?.path.length ?? 0).toBeLessThan(30);
    expect(issues.map(({ code }) => code)).toContain('mhl-broken');
  });

  it.each(['1e9', '-1', '9007199254740993', '99999999999999999999', '12.5', 'big', ''])(
    'a size of "%s" counts as none',
    (size) => {
      const { value, issues } = legacy(
        `<file>a.mov</file><size>${size}</size><md5>d29593e2cf81c621fb3c4089f9bbde4a</md5>`,
      );
      expect(value!.files[0]!.size).toBeUndefined();
      expect(issues.map(({ code, severity }) => [code, severity])).toEqual([['mhl-size', 'warning']]);
    },
  );

  it('a thousand million bytes are a size', () => {
    expect(legacy('<file>a.mov</file><size>1000000000</size>').value!.files[0]!.size).toBe(1_000_000_000);
  });

  it('depth has a limit, and text one of its own', () => {
    const deep = readMhl(`<hashlist version="2.0">${'<hash>'.repeat(100_000)}`, 'a.mhl');
    expect(deep.issues[0]).toMatchObject({ code: 'mhl-broken', message: expect.stringContaining('deep') });
    const long = legacy(`<file>${'x'.repeat(3_000_000)}</file>`);
    expect(long.value!.files).toEqual([]);
    expect(long.issues.map(({ code }) => code)).toEqual(['mhl-path']);
  });

  it('a thousand faults of one kind are told twenty times and counted', () => {
    const { issues } = readMhl(
      `<hashlist version="1.1">${'<hash><file>a.mov</file><md5>no</md5></hash>'.repeat(1000)}</hashlist>`,
      'a.mhl',
    );
    expect(issues).toHaveLength(21);
    expect(issues[20]!.message).toContain('980 more');
  });

  it.each([
    ['', 'mhl-not-a-list'],
    ['not xml', 'mhl-not-a-list'],
    ['<html><body/></html>', 'mhl-not-a-list'],
    ['<hashlist version="2.0"><hashes><hash><path>a</path>', 'mhl-broken'],
    ['<hashlist version="7.5"/>', 'mhl-version'],
  ])('%j says %s', (text, code) => {
    expect(readMhl(text, 'a.mhl').issues.map((issue) => issue.code)).toContain(code);
  });

  it('no text makes the reader throw', () => {
    const piece = fc.constantFrom(
      '<hash>',
      '</hash>',
      '<path>',
      '</path>',
      '<hashlist version="2.0">',
      '</hashlist>',
      '<metadata>',
      '</metadata>',
      '<roothash>',
      '</content>',
      '<content>',
      '&x;',
      ']]>',
      '<![CDATA[',
      '\0',
      'a/b',
      '<c4 action="failed">',
      '<!DOCTYPE a [',
      '<?x',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 30 }), (pieces) => {
        const reader = new MhlReader('x');
        for (const each of pieces) reader.write(each);
        const { value, issues } = reader.close();
        expect(value !== null || issues.length > 0).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('what stands in metadata is nobody’s path or hash', () => {
    const { value } = asc(
      '<hash><path>a.mov</path><xxh64>0ea03b369a463d9d</xxh64><metadata><path>b.mov</path><hash><xxh64>7680e5f98f4a80fd</xxh64></hash></metadata></hash>',
    );
    expect(value!.files).toMatchObject([{ path: 'a.mov', hashes: [{ digest: '0ea03b369a463d9d' }] }]);
    expect(value!.files).toHaveLength(1);
  });
});
