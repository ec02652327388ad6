/** What a media hash list is made of: digests, dates, encodings and ignore patterns. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDate, stampForName } from '../../manifest/mhl/dates.ts';
import { c4FromSha512, digestBytes, readDigest, sha512FromC4 } from '../../manifest/mhl/digest.ts';
import { xmlEncoding } from '../../manifest/mhl/encoding.ts';
import { ignores } from '../../manifest/mhl/ignore.ts';
import { hex } from './mhl-stage.ts';

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
