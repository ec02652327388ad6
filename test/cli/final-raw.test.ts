/** FINAL_RAW, from the drive to a plan, through the command line: all that was planted is told, and nothing else is. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Handoff } from '../../manifest/documents/handoff.ts';
import type { Issue } from '../../manifest/documents/issue.ts';
import type { Plan } from '../../manifest/documents/plan.ts';
import type { SyncVerdict } from '../../manifest/documents/sync.ts';
import type { ReceivedCounts } from '../../manifest/received.ts';
import { readHandoff } from '../../bridge/local/store.ts';
import { FOLDER } from '../bridge/probe-files.ts';
import { FAULTS, keepsSpellings, writeFinalRaw, type FinalRaw } from '../fixtures/final-raw.ts';
import { batonJson, tempFolder } from './baton.ts';

const top = tempFolder();
const folder = join(top, 'FINAL_RAW');
const manifest = join(folder, 'handoff.json');
mkdirSync(folder);
const spellings = keepsSpellings(top);

interface Scan {
  issues: Issue[];
  counts: Record<string, number>;
  files: Record<string, number>;
  received: ReceivedCounts;
}
let drive: FinalRaw;
let scan: Scan;
let check: { issues: Issue[]; received: ReceivedCounts };
let verdicts: SyncVerdict[];
let plan: Plan;
let handoff: Handoff;

beforeAll(async () => {
  drive = writeFinalRaw(folder);
  scan = (await batonJson<Scan>('scan', folder)).document;
  check = (await batonJson<typeof check>('check', manifest)).document;
  verdicts = (await batonJson<{ verdicts: SyncVerdict[] }>('sync', manifest)).document.verdicts;
  plan = (await batonJson<Plan>('plan', manifest)).document;
  handoff = (await readHandoff(manifest)).handoff!;
}, 120_000);
afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

/** `code path`, one for each file an issue speaks of; of two and more files that belong together the first stands for all. */
function told(issues: Issue[]): string[] {
  const each = /^(received-.+|media-replaced|name-(camera|unclear|delivery))$/;
  return issues.flatMap(({ code, clips, at }) => {
    const paths = clips.length === 0 ? [at] : each.test(code) ? clips : clips.slice(0, 1);
    return paths.map((path) => `${code}  ${path.normalize('NFC')}`);
  });
}

/** The same content under the name of another take is brought in, and is no copy. */
const underAnotherTake = () => drive.ledger.filter(({ fault }) => fault === 'copy under another take').length;

/** What is in one list and not, or less often, in the other. */
function without(list: string[], other: string[]): string[] {
  const left = new Map<string, number>();
  for (const each of other) left.set(each, (left.get(each) ?? 0) + 1);
  return list.filter((each) => {
    const count = left.get(each) ?? 0;
    left.set(each, count - 1);
    return count <= 0;
  });
}

describe('the ledger of FINAL_RAW', () => {
  const planted = () =>
    drive.ledger
      .filter(({ fault }) => spellings || fault !== 'two spellings of one name')
      .map(({ code, path }) => `${code}  ${path}`);

  it('speaks of a drive of 1,200 files, half of them copies, four fifths without timecode', () => {
    expect(drive.files).toBe(1200);
    expect(drive.copies / drive.files).toBeCloseTo(0.5, 2);
    expect(drive.withoutTimecode / drive.recordings).toBeGreaterThan(0.75);
    const kinds = new Set(drive.ledger.map(({ fault }) => fault));
    expect([...kinds].sort()).toEqual(Object.keys(FAULTS).sort());
  });

  it('holds nothing that is not told', () => {
    expect(without(planted(), told([...scan.issues, ...check.issues]))).toEqual([]);
  });

  it('holds all that is told', () => {
    expect(without(told([...scan.issues, ...check.issues]), planted())).toEqual([]);
  });
});

describe('FINAL_RAW in a manifest', () => {
  it('every file found is counted once', () => {
    const { files, ...places } = scan.files;
    expect(Object.values(places).reduce((sum, count) => sum + count, 0)).toBe(files);
  });

  it('every copy says of which file it is one, and by what proof', () => {
    const copies = handoff.clips.filter((clip) => clip.duplicateOf);
    expect(copies).toHaveLength(drive.copies - underAnotherTake());
    const proofs = new Set(copies.map(({ size, duplicateOf }) => `${size > 131_072} ${duplicateOf!.proof}`));
    expect([...proofs].sort()).toEqual(['false hash', 'true size+ends']);
  });

  it('every picture has one verdict', () => {
    const pictures = handoff.clips.filter(({ kind }) => kind === 'picture');
    const ids = new Set(verdicts.map(({ clipId }) => clipId));
    expect(ids.size).toBe(verdicts.length);
    expect(pictures.filter(({ id }) => !ids.has(id))).toEqual([]);
  });

  it('what was received adds up', () => {
    const { present, missing, extra, duplicate, substituted } = check.received;
    expect({ missing, extra, substituted, duplicate }).toEqual({
      missing: 2,
      extra: 1,
      substituted: 1,
      duplicate: drive.copies - underAnotherTake(),
    });
    expect(underAnotherTake()).toBe(3);
    expect(present + extra + duplicate + substituted).toBe(handoff.clips.length);
    expect(scan.received.duplicate).toBe(duplicate);
  });

  it('a plan brings in one of each: what is kept out, blocked and brought in are all there is', () => {
    const steps = plan.steps.filter(({ kind }) => kind === 'import').length;
    const parts = handoff.clips.reduce((sum, { parts: own }) => sum + Math.max(0, (own?.length ?? 1) - 1), 0);
    expect(steps + plan.blocked.length + (plan.keptOut?.length ?? 0)).toBe(handoff.clips.length + parts);
    expect(plan.keptOut).toHaveLength(drive.copies - underAnotherTake());
  });
});

describe('a second look', () => {
  it('changes nothing', async () => {
    const again = (await batonJson<{ revision: number }>('scan', folder)).document;
    expect(again.revision).toBe(1);
  });

  it('with --duplicates proves every copy', async () => {
    await batonJson('scan', folder, '--duplicates');
    const proven = (await readHandoff(manifest)).handoff!;
    const copies = proven.clips.flatMap((clip) => clip.duplicateOf ?? []);
    expect(copies).toHaveLength(drive.copies - underAnotherTake());
    expect(new Set(copies.map(({ proof }) => proof))).toEqual(new Set(['hash']));
  });
});
