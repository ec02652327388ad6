/**
 * Files that went and files that came: which of them are one file, moved or renamed. Content tells first, then size, timecode and
 * length; a name breaks ties. Nothing else is guessed, and what could not be told is said.
 */
import type { Clip } from '../documents/handoff.ts';
import type { Issue } from '../documents/issue.ts';
import { fileName } from '../documents/paths.ts';
import type { FoundFile } from '../scan.ts';
import { asRead, markOf } from './as-read.ts';

type Alike = Pick<FoundFile, 'kind' | 'path' | 'size' | 'tech' | 'content' | 'asRead'>;

export interface Moves {
  followed: Map<FoundFile, Clip>;
  issues: Issue[];
}

/** Each file that came → the clip it is, where that can be told; `single`: only what cannot be anything else. */
export function followMoves(gone: Clip[], came: FoundFile[], which: 'single' | 'all' = 'all'): Moves {
  const pairing = new Pairing(gone, came);
  pairing.single((file) => named(contentOf(file), file));
  pairing.single(contentOf);
  pairing.single((file) => named(likeness(file), file));
  pairing.single(likeness);
  if (which === 'single') return { followed: pairing.followed, issues: [] };
  pairing.copies();
  pairing.unclear();
  return { followed: pairing.followed, issues: pairing.issues };
}

const named = (key: string | null, file: Alike) => key && `${key}\n${fileName(file.path)}`;

/** Null where nobody has looked into the file. */
function contentOf({ kind, size, content }: Alike): string | null {
  return content?.ends === undefined ? null : JSON.stringify([kind, size, content.ends]);
}

const MEASURES = ['startTc', 'startSamples', 'durationFrames', 'durationSamples'];

/** Kind, size, and start and length as they were read: what a person wrote in their place is no mark of the file. */
export function likeness({ kind, size, tech, asRead: marks = asRead(tech, MEASURES) }: Alike): string {
  return JSON.stringify([kind, size, ...MEASURES.map((field) => markOf(marks, field))]);
}

/** What is known of both contents, and differs. */
function contradict(clip: Clip, file: FoundFile): boolean {
  const differ = (a: string | undefined, b: string | undefined) =>
    a !== undefined && b !== undefined && a !== b;
  return differ(clip.content?.ends, file.content?.ends) || differ(clip.content?.hash, file.content?.hash);
}

class Pairing {
  readonly followed = new Map<FoundFile, Clip>();
  readonly issues: Issue[] = [];
  private readonly gone: Clip[];
  private readonly came: FoundFile[];

  constructor(gone: Clip[], came: FoundFile[]) {
    this.gone = gone;
    this.came = came;
  }

  /** Pairs where exactly one that went and one that came share a key. */
  single(keyOf: (file: Alike) => string | null): void {
    for (const [clips, files] of this.left(keyOf))
      if (clips.length === 1 && files.length === 1 && !contradict(clips[0]!, files[0]!))
        this.followed.set(files[0]!, clips[0]!);
  }

  /** Copies of one file, renamed in one go: any of them may stand for any, so the order of their names will do. */
  copies(): void {
    for (const [clips, files] of this.left(contentOf)) {
      const pairs = clips.slice(0, files.length).map((clip, at) => [clip, files[at]!] as const);
      for (const [clip, file] of pairs) this.followed.set(file, clip);
      const told = pairs.slice(0, 3).map(([clip, file]) => `${clip.path} is now ${file.path}`);
      const more = pairs.length > 3 ? `, and ${pairs.length - 3} more` : '';
      this.issues.push({
        code: 'scan-followed-alike',
        severity: 'note',
        at: pairs[0]![1].path,
        clips: pairs.map(([, file]) => file.path),
        message: `${clips.length} files of the same content went and ${files.length} came; they were followed in the order of their names: ${told.join(', ')}${more}.`,
        fix: 'look whether marks made by hand stand on the right one',
      });
    }
  }

  /** What is alike and could not be told apart gets new ids, and that is said. */
  unclear(): void {
    for (const [clips, files] of this.left((file) => (file.size > 0 ? likeness(file) : null))) {
      if (!clips.some((clip) => files.some((file) => !contradict(clip, file)))) continue;
      const list = (paths: string[]) =>
        paths.slice(0, 3).join(', ') + (paths.length > 3 ? ` and ${paths.length - 3} more` : '');
      const [went, came] = [clips, files].map((each) => each.map(({ path }) => path)) as [string[], string[]];
      this.issues.push({
        code: 'scan-move-unclear',
        severity: 'warning',
        at: came[0]!,
        clips: [...went, ...came],
        message: `${list(came)} came and ${list(went)} went, alike in size, timecode and length; nothing tells which became which, so what came is new.`,
        fix: 'give them their old names, scan, and rename one at a time; or mend the manifest by hand',
      });
    }
  }

  private left(keyOf: (file: Alike) => string | null): [Clip[], FoundFile[]][] {
    const taken = new Set(this.followed.values());
    const went = grouped(
      this.gone.filter((clip) => !taken.has(clip)),
      keyOf,
    );
    const came = grouped(
      this.came.filter((file) => !this.followed.has(file)),
      keyOf,
    );
    return [...went].flatMap(([key, clips]): [Clip[], FoundFile[]][] => {
      const files = came.get(key);
      return files ? [[clips, files]] : [];
    });
  }
}

function grouped<Thing extends Alike>(
  things: Thing[],
  keyOf: (thing: Thing) => string | null,
): Map<string, Thing[]> {
  const groups = new Map<string, Thing[]>();
  for (const thing of [...things].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    const key = keyOf(thing);
    if (key === null) continue;
    const list = groups.get(key);
    if (list) list.push(thing);
    else groups.set(key, [thing]);
  }
  return groups;
}
