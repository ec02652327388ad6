import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { applyChanges, canonicalCut, type ChangeList } from '../../manifest/changes.ts';
import { readCuts } from '../../bridge/local/cut-files.ts';
import type { SequenceSnapshot } from '../../manifest/documents/snapshot.ts';
import { baton, batonJson, tempFolder } from './baton.ts';

const OLD = fileURLToPath(new URL('../../examples/sequence.json', import.meta.url));

interface Document {
  changes: ChangeList['changes'];
  runningTime: Record<'before' | 'after' | 'difference', { frames: number; timecode: string }>;
  counts: Record<string, number>;
  before: { name: string; format: string; events: number };
  after: { name: string; format: string };
  file?: string;
}

/** The example's sequence with one item pulled out of its first track and the rest of that track brought up. */
function shortened(folder: string): string {
  const sequence = JSON.parse(readFileSync(OLD, 'utf8')) as SequenceSnapshot;
  sequence.name = 'Reel 1 v2';
  const { items } = sequence.tracks[0]!;
  const [gone] = items.splice(0, 1);
  for (const item of items) {
    item.in -= gone!.out - gone!.in;
    item.out -= gone!.out - gone!.in;
  }
  const path = join(folder, 'new.json');
  writeFileSync(path, JSON.stringify(sequence));
  return path;
}

describe('baton changes', () => {
  it('says in text what changed, and exits 0', async () => {
    const { code, stdout } = await baton('changes', OLD, shortened(tempFolder()));
    expect(code).toBe(0);
    expect(stdout).toContain('- removed');
    expect(stdout).toContain('> ripple');
    expect(stdout).toMatch(/^Running time 00:00:0\d:\d\d/m);
  });

  it('says nothing changed between a cut and itself, in another format too', async () => {
    const folder = tempFolder();
    const otio = join(folder, 'same.otio');
    expect((await baton('convert', OLD, '--to', 'otio', '-o', otio)).code).toBe(0);
    for (const other of [OLD, otio]) {
      const { code, document } = await batonJson<Document>('changes', OLD, other);
      expect({ code, changes: document.changes, counts: document.counts }).toEqual({
        code: 0,
        changes: [],
        counts: {},
      });
    }
  });

  it('says nothing false of a cut against its own EDL, whose upper tracks and rate it finds and says so', async () => {
    const folder = tempFolder();
    const [edl, fcpxml] = [join(folder, 'R1.edl'), join(folder, 'R1.fcpxml')];
    expect((await baton('convert', OLD, '--to', 'edl', '-o', edl)).code).toBe(0);
    expect((await baton('convert', OLD, '--to', 'fcpxml', '-o', fcpxml)).code).toBe(0);
    for (const [old, now] of [
      [edl, fcpxml],
      [fcpxml, edl],
      [OLD, edl],
    ] as const) {
      const { code, document, stderr } = await batonJson<Document>('changes', old, now);
      expect({ code, changes: document.changes }).toEqual({ code: 0, changes: [] });
      expect(stderr).toContain('R1_V2.edl as V2');
      expect(stderr).toContain('R1.edl names no rate; it is counted at 23.976');
    }
    const { stdout } = await baton('changes', fcpxml, edl, '--alone');
    expect(stdout).toContain('Not compared: 1 event above V1');
    const events = async (...more: string[]) =>
      (
        await batonJson<{ counts: { events: number } }>(
          'convert',
          edl,
          '--to',
          'csv',
          '--rate',
          '23.976',
          ...more,
        )
      ).document.counts.events;
    expect([await events(), await events('--alone')]).toEqual([5, 4]);
  });

  it('a second version called _V2 is a cut of its own', async () => {
    const folder = tempFolder();
    const list = (title: string, reel: string) =>
      `TITLE: ${title}\n001  ${reel}     V     C        10:00:00:00 10:00:02:00 01:00:00:00 01:00:02:00\n`;
    writeFileSync(join(folder, 'Reel.edl'), list('Reel', 'A001'));
    writeFileSync(join(folder, 'Reel_V2.edl'), list('Reel_V2', 'B001'));
    const [old, now] = [join(folder, 'Reel.edl'), join(folder, 'Reel_V2.edl')];
    const { document } = await batonJson<Document>('changes', old, now, '--rate', '25');
    expect(document.counts).toMatchObject({ replaced: 1 });
    expect(document.before).toMatchObject({ events: 1 });
    const { stderr } = await baton('convert', old, '--to', 'csv', '--rate', '25');
    expect(stderr).toContain('Reel_V2.edl beside it was not read with it: its title, “Reel_V2”');
  });

  it('--json gives an edit script that leads from the old cut to the new one', async () => {
    const path = shortened(tempFolder());
    const { code, document, stderr } = await batonJson<Document>('changes', OLD, path);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [{ cuts: old }, { cuts: now }] = [await readCuts(OLD), await readCuts(path)];
    expect(applyChanges(old[0]!, document as unknown as ChangeList)).toEqual(canonicalCut(now[0]!));
    expect(document.counts['removed']).toBe(1);
    const { before, after, difference } = document.runningTime;
    expect(after.frames - before.frames).toBe(difference.frames);
    expect(document.before).toMatchObject({ format: 'sequence' });
  });

  it.each([
    ['csv', /^Change,Track,/],
    ['html', /^<!doctype html>/],
    ['text', /→ Reel 1 v2\n/],
  ])('--as %s prints it, and -o writes the same to a file', async (form, looks) => {
    const folder = tempFolder();
    const path = shortened(folder);
    const { stdout } = await baton('changes', OLD, path, '--as', form);
    expect(stdout).toMatch(looks);
    const out = join(folder, `out.${form === 'text' ? 'txt' : form}`);
    // The suffix says which form is meant.
    const written = await baton('changes', OLD, path, '-o', out);
    expect(written).toMatchObject({ code: 0, stdout: `${out}\n` });
    expect(readFileSync(out, 'utf8')).toBe(stdout);
  });

  it.each([
    [
      'a form there is none of',
      ['--as', 'pdf'],
      /"pdf" is not a form of a change list; there are text, csv, html/,
    ],
    ['a form called __proto__', ['--as', '__proto__'], /is not a form/],
    ['a rate there is none of', ['--rate', 'fast'], /"fast" is not a rate/],
    ['a sequence the file does not hold', ['--sequence', 'Reel 9'], /holds no sequence “Reel 9”; it holds “/],
    ['its own input as output', ['-o', OLD], /one of the cuts that are compared/],
  ])('%s: one clear line, exit 2, nothing written', async (_, words, says) => {
    const was = readFileSync(OLD, 'utf8');
    const { code, stdout, stderr } = await baton('changes', OLD, OLD, ...words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(says);
    expect(readFileSync(OLD, 'utf8')).toBe(was);
  });

  it('a file that is no cut is named, exit 2', async () => {
    const path = join(tempFolder(), 'x.txt');
    writeFileSync(path, 'hello');
    for (const [old, now] of [
      [path, OLD],
      [OLD, path],
      [OLD, join(tempFolder(), 'gone.edl')],
    ]) {
      const { code, stderr } = await baton('changes', old!, now!);
      expect(code).toBe(2);
      expect(stderr).toContain(now === OLD ? old! : now!);
    }
  });
});
