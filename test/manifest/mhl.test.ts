import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memoryHasher } from '../../bridge/local/hash/engines.ts';
import { readListFile } from '../../bridge/local/hash/lists.ts';
import { readChain } from '../../manifest/mhl/chain.ts';
import { readDate, stampForName } from '../../manifest/mhl/dates.ts';
import { c4FromSha512, digestBytes, readDigest, sha512FromC4 } from '../../manifest/mhl/digest.ts';
import { xmlEncoding } from '../../manifest/mhl/encoding.ts';
import { folderHashes, unfitFolders } from '../../manifest/mhl/folders.ts';
import { ignores } from '../../manifest/mhl/ignore.ts';
import { listPath } from '../../manifest/mhl/path.ts';
import { MhlReader, readMhl } from '../../manifest/mhl/read.ts';
import { unwritable, writeChain, writeGeneration, type Generation } from '../../manifest/mhl/write.ts';
import { hasLists, listBytes, listFile, listNames, validMhl } from './mhl-corpus.ts';

const digestOf = await memoryHasher();
const hex = (digits: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${digits}}$`));
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

describe('digests', () => {
  it.each([
    ['md5', 'D29593E2CF81C621FB3C4089F9BBDE4A', 'md5', 'd29593e2cf81c621fb3c4089f9bbde4a'],
    ['xxhash', '4294967295', 'xxh32', 'ffffffff'],
    ['xxhash', '7', 'xxh32', '00000007'],
    ['xxhash64', 'e338d99e661114f6', 'xxh64', 'f61411669ed938e3'],
    ['xxhash64be', 'f61411669ed938e3', 'xxh64', 'f61411669ed938e3'],
    ['xxh3', ' 2d06800538d394c2\n', 'xxh3', '2d06800538d394c2'],
  ])('<%s>%s is %s %s', (element, text, algorithm, digest) => {
    expect(readDigest(element, text)).toEqual({ algorithm, digest });
  });

  it.each([
    ['md5', 'd29593e2'],
    ['sha1', 'z'.repeat(40)],
    ['xxhash', '4294967296'],
    ['c4', `c4${'z'.repeat(88)}`],
    ['c4', 'c41'],
    ['xxh64', ''],
  ])('<%s>%s is no hash, and said to be none', (element, text) => {
    expect(readDigest(element, text)).toHaveProperty('problem');
  });

  it('an element that is no hash is none', () => {
    for (const name of ['hashdate', '__proto__', 'constructor', 'blake3'])
      expect(readDigest(name, 'x')).toBeNull();
  });

  it('C4 of nothing is the id its specification gives', () => {
    const nothing = createHash('sha512').digest('hex');
    expect(c4FromSha512(nothing)).toBe(
      'c459dsjfscH38cYeXXYogktxf4Cd9ibshE3BHUo6a58hBXmRQdZrAkZzsWcbWtDg5oQstpDuni4Hirj75GEmTc1sFT',
    );
  });

  it('SHA-512 → C4 → SHA-512 is the identity', () => {
    fc.assert(
      fc.property(hex(128), (digest) => {
        const id = c4FromSha512(digest);
        expect([id.length, sha512FromC4(id)]).toEqual([90, digest]);
        expect(Buffer.from(digestBytes('c4', id)).toString('hex')).toBe(digest);
      }),
    );
  });
});

it.each([
  ['2012-12-01 18-34-54', '2012-12-01T18:34:54'],
  ['2016-04-18T14:47:48Z', '2016-04-18T14:47:48Z'],
  ['2020-01-16T09:15:00+00:00', '2020-01-16T09:15:00+00:00'],
  ['2022-02-08T14:46:57.021683-0800', '2022-02-08T14:46:57.021683-08:00'],
  ['2023-02-29 10-00-00', null],
  ['2024-02-29 10-00-00', '2024-02-29T10:00:00'],
  ['2012-13-01 00-00-00', null],
  ['2012-12-01 24-00-00', null],
  ['yesterday', null],
])('the date %s is %s', (text, date) => {
  expect(readDate(text)).toBe(date);
});

it('a generation is named by the UTC second', () => {
  expect(stampForName('2020-01-16T09:15:00.999Z')).toBe('2020-01-16_091500Z');
});

it.each([
  [[0xef, 0xbb, 0xbf, 0x3c], 'utf-8'],
  [[0xff, 0xfe, 0x3c, 0], 'utf-16le'],
  [[0, 0x3c, 0, 0x3f], 'utf-16be'],
  [[...Buffer.from('<?xml version="1.0" encoding="EUC-JP"?>')], 'euc-jp'],
  [[...Buffer.from("<?xml version='1.0' encoding = 'windows-1251' ?>")], 'windows-1251'],
  [[...Buffer.from('<hashlist encoding="x">')], 'utf-8'],
])('bytes %j begin a document in %s', (bytes, label) => {
  expect(xmlEncoding(Uint8Array.from(bytes))).toBe(label);
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

describe('ignore patterns', () => {
  it.each([
    ['.DS_Store', ['.DS_Store', 'a/.DS_Store'], ['DS_Store', 'a.DS_Store']],
    ['ascmhl/', ['ascmhl/x', 'a/ascmhl/x/y'], ['ascmhl']],
    ['/cuts', ['cuts', 'cuts/a.edl'], ['a/cuts']],
    ['*.tmp', ['x.tmp', 'a/x.tmp', 'x.tmp/y'], ['x.tmpl']],
    ['a/*/c', ['a/b/c', 'a/b/c/d'], ['a/b/b/c', 'x/a/b/c']],
    ['a/**/c', ['a/c', 'a/b/b/c'], ['a/b']],
    ['tak?', ['take', 'a/take'], ['tak', 'takes']],
    ['**', ['a', 'a/b'], []],
    ['!a', [], ['a', '!a']],
    ['[ab]', [], ['a', '[ab]']],
    ['', [], ['a']],
  ])('%s', (pattern, yes, no) => {
    const ignored = ignores([pattern]);
    expect([yes.filter((path) => !ignored(path)), no.filter(ignored)]).toEqual([[], []]);
  });

  it('a pattern made to go back and forth without end ends', () => {
    expect(ignores([`${'*a'.repeat(400)}b`])('a'.repeat(2000))).toBe(false);
    expect(ignores([`${'**/a/'.repeat(150)}b`])('a/'.repeat(1000) + 'a')).toBe(false);
  });
});

const at = '2026-03-14T09:15:00.000Z';
const segment = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 8 })
  .filter(
    (text) =>
      !/[/\\]/.test(text) &&
      !/^\.+$/.test(text) &&
      text.trim() === text &&
      unwritable([text]).length === 0 &&
      !/^[A-Za-z]:/.test(text) &&
      !/[\t\n\r]/.test(text),
  );
const entry = fc.record({
  path: fc.array(segment, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/')),
  size: fc.maxSafeNat(),
  xxh64: hex(16),
  md5: hex(32),
  action: fc.constantFrom('original' as const, 'verified' as const, 'failed' as const),
});

function generationOf(
  files: {
    path: string;
    size: number;
    xxh64: string;
    md5: string;
    action: 'original' | 'verified' | 'failed';
  }[],
): Generation {
  const folders = folderHashes(
    files.map(({ path, xxh64 }) => ({ path, digest: xxh64 })),
    [],
    'xxh64',
    digestOf,
  );
  const hash = (digest: string) => [{ algorithm: 'xxh64' as const, digest, date: at }];
  const one = (path: string) => ({
    content: hash(folders.get(path)!.content),
    structure: hash(folders.get(path)!.structure),
  });
  return {
    createdAt: at,
    hostname: 'edit-07 <&> "3"',
    tool: { name: 'Baton', version: '0.1.0' },
    process: 'in-place',
    ignore: ['.DS_Store', 'ascmhl/'],
    root: one(''),
    entries: [
      ...files.map(({ path, size, xxh64, md5, action }) => ({
        path,
        size,
        modified: at,
        hashes: [
          { algorithm: 'xxh64' as const, digest: xxh64, action, date: at },
          { algorithm: 'md5' as const, digest: md5, action, date: at },
        ],
      })),
      ...[...folders.keys()].filter(Boolean).map((path) => ({ path, ...one(path), modified: at })),
    ],
    references: [{ path: 'A/ascmhl/0001_A.mhl', c4: c4FromSha512('0'.repeat(128)) }],
  };
}

describe('what is written', () => {
  it('is valid and comes back as it went, folder hashes fitting', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(entry, { selector: ({ path }) => path.normalize('NFC'), maxLength: 8 }),
        (files) => {
          // A name that is a file here and a folder there cannot be on any drive.
          const real = files.filter((a) => !files.some((b) => b.path.startsWith(`${a.path}/`)));
          const generation = { ...generationOf(real), references: [] };
          const text = writeGeneration(generation);
          validMhl(text);
          const { value, issues } = readMhl(text, 'x');
          expect(issues).toEqual([]);
          expect(
            value!.files.map(({ path, spelled, size, hashes }) => ({
              path: spelled ?? path,
              size,
              hashes: hashes.length,
              digest: hashes.find((each) => each.algorithm === 'xxh64')!.digest,
              action: hashes[0]!.action,
            })),
          ).toEqual(
            real.map(({ path, size, xxh64, action }) => ({ path, size, hashes: 2, digest: xxh64, action })),
          );
          expect(unfitFolders(value!, digestOf)).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('with references, no entries, a chain: all valid', () => {
    validMhl(writeGeneration(generationOf([])));
    const entries = [1, 2].map((sequence) => ({
      sequence,
      path: `000${sequence}_A&B.mhl`,
      c4: c4FromSha512('ab'.repeat(64)),
    }));
    const text = writeChain(entries);
    validMhl(text, 'ASCMHLDirectory');
    expect(readChain(text, 'chain')).toEqual({ entries, issues: [] });
  });

  it('the validator refuses what is wrong, so it does look', () => {
    const text = writeGeneration(generationOf([]));
    if (!hasLists) return;
    expect(() => validMhl(text.replace('in-place', 'sideways'))).toThrow();
    expect(() =>
      validMhl(
        writeChain([{ sequence: 1, path: 'x', c4: 'y' }]).replace('sequencenr="1"', 'sequencenr="one"'),
        'ASCMHLDirectory',
      ),
    ).toThrow();
  });

  it('names that XML cannot hold are found before', () => {
    expect(unwritable(['a.mov', 'b\u0001.mov', 'c\ud800.mov', '🎬.mov', 'tab\t.mov'])).toEqual([
      'b\u0001.mov',
      'c\ud800.mov',
    ]);
  });
});

describe('chains', () => {
  it.each([
    ['<x/>', 0, 'mhl-chain'],
    [
      '<ascmhldirectory><hashlist><path>../../x</path><c4>c4</c4></hashlist></ascmhldirectory>',
      0,
      'mhl-chain',
    ],
    [
      '<ascmhldirectory><hashlist sequencenr="1"><path>a.mhl</path></hashlist></ascmhldirectory>',
      1,
      'mhl-chain',
    ],
    ['<ascmhldirectory><hashlist', 0, 'xml-broken'],
  ])('%s is said', (text, count, code) => {
    const { entries, issues } = readChain(text, 'chain');
    expect(entries).toHaveLength(count);
    expect(issues.map((issue) => issue.code)).toContain(code);
  });
});
