/**
 * A root's files → its clips. Every file ends up in exactly one place: a clip, a part or frame of one, a sidecar of one, a transcript,
 * the card's own bookkeeping, or what Baton knows nothing of. Pure; goes by paths alone.
 */
import type { Sequence } from '../../documents/clip-files.ts';
import type { ClipKind } from '../../documents/handoff.ts';
import { kindOf } from '../../kinds.ts';
import { placeOf, type Claim, type FilePlace, type Folder } from '../card.ts';
import { CARDS } from '../index.ts';
import { besideKeys } from './beside.ts';
import { frameOf, runsOf, sequenceKey } from './frames.ts';

export interface GroupedPart<File> {
  file: File;
  number: number;
  essence?: 'sound';
}

export interface GroupedClip<File> {
  /** The file at the clip's path: the first part, the first frame. */
  file: File;
  kind: ClipKind;
  card?: string;
  /** All of them, in order, the first file among them; absent where the clip is one file and none is known to be missing. */
  parts?: GroupedPart<File>[];
  /** `frames`: the files, in order, the first among them. */
  sequence?: Sequence;
  frames?: File[];
  sidecars: File[];
  /** The recording goes on in a clip that is not here. */
  continues?: true;
}

export interface Grouped<File> {
  /** In order of their paths. */
  clips: GroupedClip<File>[];
  transcripts: File[];
  card: File[];
  /** Of no kind a handoff knows. */
  other: File[];
}

/** Paths must differ from each other. */
export function groupFiles<File extends { path: string }>(files: File[]): Grouped<File> {
  const grouper = new Grouper<File>();
  for (const file of files) grouper.take(file);
  return grouper.result();
}

type Beside = Extract<Claim, { as: 'beside' }>;

class Grouper<File extends { path: string }> {
  private readonly out: Grouped<File> = { clips: [], transcripts: [], card: [], other: [] };
  private readonly parts = new Map<string, { card: string; parts: GroupedPart<File>[] }>();
  private readonly beside: { file: File; place: FilePlace; claim: Beside }[] = [];
  private readonly rest: { file: File; place: FilePlace }[] = [];
  private readonly clips = new ClipIndex<File>();
  private readonly folders = new Map<string, Folder>();

  take(file: File): void {
    const place = placeOf(file.path, this.folders);
    for (const card of CARDS) {
      const claim = card.claim(place);
      if (!claim) continue;
      if (claim.as === 'card') this.out.card.push(file);
      else if (claim.as === 'beside') this.beside.push({ file, place, claim });
      else {
        const key = `${card.id}\n${claim.clip}`;
        const known = this.parts.get(key) ?? { card: card.id, parts: [] };
        const { number, essence } = claim;
        known.parts.push({ file, number, ...(essence ? { essence } : {}) });
        this.parts.set(key, known);
      }
      return;
    }
    this.rest.push({ file, place });
  }

  result(): Grouped<File> {
    for (const [key, { card, parts }] of this.parts) this.join(key.slice(card.length + 1), card, parts);
    const left = this.takeFrames(this.rest).filter((each) => !this.takePlain(each));
    left.push(...this.attachClaimed());
    for (const { file, place } of left) {
      if (this.clips.attach(file, besideKeys(place))) continue;
      const kind = kindOf(file.path);
      if (kind === 'transcript') this.out.transcripts.push(file);
      else if (kind !== null) this.clips.add({ file, kind, sidecars: [] }, place.folder + place.stem);
      else this.out.other.push(file);
    }
    this.out.clips = this.clips.all;
    this.out.clips.sort((a, b) => (a.file.path < b.file.path ? -1 : 1));
    return this.out;
  }

  /**
   * Claimed files to their clips; a proxy without its original becomes a clip only after all have looked, so that the order of files
   * decides nothing. Gives back what belongs nowhere.
   */
  private attachClaimed(): { file: File; place: FilePlace }[] {
    const keys = ({ clip, or }: Beside) => [clip, ...(or === undefined ? [] : [or])];
    const lost = this.beside.filter(({ file, claim }) => !this.clips.attach(file, keys(claim)));
    const paper = lost.filter((each) => !this.takePlain(each));
    const apart = paper.filter(({ file, claim }) => !this.clips.attach(file, keys(claim)));
    for (const { file } of apart.filter(({ claim }) => claim.orCard)) this.out.card.push(file);
    return apart.filter(({ claim }) => !claim.orCard);
  }

  /** A file whose kind no sidecar has: it is a clip wherever it lies. */
  private takePlain({ file, place }: { file: File; place: FilePlace }): boolean {
    const kind = kindOf(file.path);
    if (kind === null || kind === 'transcript' || besideKeys(place).length > 0) return false;
    this.clips.add({ file, kind, sidecars: [] }, place.folder + place.stem);
    return true;
  }

  private join(key: string, card: string, found: GroupedPart<File>[]): void {
    const parts = inOrder(found);
    // Two files of one number are two recordings, or one that was copied in another form: nobody can say which goes on.
    const numbers = new Set(parts.map(({ number, essence }) => `${essence ?? ''}${number}`));
    const groups = numbers.size === parts.length ? [parts] : parts.map((part) => [part]);
    for (const group of groups) {
      const [first] = group;
      const alone = group.length === 1 && first!.number === 1 && first!.essence === undefined;
      const kind = kindOf(first!.file.path);
      this.clips.add(
        {
          file: first!.file,
          kind: kind === null || kind === 'transcript' ? 'picture' : kind,
          card,
          ...(alone || groups.length > 1 ? {} : { parts: group }),
          sidecars: [],
        },
        key,
      );
    }
  }

  private takeFrames(files: { file: File; place: FilePlace }[]): { file: File; place: FilePlace }[] {
    const series = new Map<string, { frame: number; file: File }[]>();
    for (const { file, place } of files) {
      const found = frameOf(place);
      if (!found) continue;
      const list = series.get(found.series);
      if (list) list.push({ frame: found.frame, file });
      else series.set(found.series, [{ frame: found.frame, file }]);
    }
    const taken = new Set<File>();
    for (const [name, frames] of series)
      for (const { sequence, files: run } of runsOf(name, frames)) {
        for (const file of run) taken.add(file);
        const [file] = run;
        const kind = kindOf(file!.path) as ClipKind;
        const key = sequenceKey(file!.path, sequence);
        this.clips.add({ file: file!, kind, sequence, frames: run, sidecars: [] }, key);
      }
    return files.filter(({ file }) => !taken.has(file));
  }
}

/** Stretches of the clip first, in order, then its sound; a sound essence leads only where there is no picture. */
function inOrder<File>(parts: GroupedPart<File>[]): GroupedPart<File>[] {
  const rank = ({ essence, number }: GroupedPart<File>) => (essence === undefined ? 0 : 1_000_000) + number;
  return [...parts].sort((a, b) => rank(a) - rank(b));
}

/** Clips by the names their sidecars call them. */
class ClipIndex<File extends { path: string }> {
  readonly all: GroupedClip<File>[] = [];
  private readonly byKey = new Map<string, { key: string; clip: GroupedClip<File> }[]>();

  add(clip: GroupedClip<File>, key: string): void {
    this.all.push(clip);
    // Also under its whole name: A001.mov.xmp.
    for (const name of new Set([key, clip.file.path])) {
      const list = this.byKey.get(name.toLowerCase());
      if (list) list.push({ key: name, clip });
      else this.byKey.set(name.toLowerCase(), [{ key: name, clip }]);
    }
  }

  /** Under the first key that names one clip and no other; a name spelled exactly so goes before one that differs in case. */
  attach(file: File, keys: string[]): boolean {
    for (const key of keys) {
      const named = (this.byKey.get(key.toLowerCase()) ?? []).filter(({ clip }) => canHaveSidecars(clip));
      const exact = named.filter((each) => each.key === key);
      const fit = preferred((exact.length > 0 ? exact : named).map(({ clip }) => clip));
      if (!fit) continue;
      fit.sidecars.push(file);
      return true;
    }
    return false;
  }
}

const canHaveSidecars = ({ kind }: { kind: ClipKind }) => kind !== 'document';

/** Of a picture and a sound of one name the picture is meant; of two pictures nobody can say. */
function preferred<Clip extends { kind: ClipKind }>(clips: Clip[]): Clip | undefined {
  const pictures = clips.filter(({ kind }) => kind === 'picture');
  const [fit, ...more] = pictures.length > 0 ? pictures : clips;
  return more.length === 0 ? fit : undefined;
}
