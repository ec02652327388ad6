/** Generations and chains that are written: valid, and read back as they were. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readChain } from '../../manifest/mhl/chain.ts';
import { c4FromSha512 } from '../../manifest/mhl/digest.ts';
import { folderHashes, unfitFolders } from '../../manifest/mhl/folders.ts';
import { unwritable, writeChain, writeGeneration, type Generation } from '../../manifest/mhl/write.ts';
import { hasLists, validMhl } from './mhl-corpus.ts';
import { digestOf, hex, readMhl } from './mhl-stage.ts';

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
