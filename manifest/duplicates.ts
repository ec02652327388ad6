/**
 * One file several times: copies keep their ids and stay in the manifest, and one of them stands for all. Which one is always chosen
 * by the same rules, so that two machines choose the same. A copy has the name of what it copies; the same content under another
 * name is said and brought in, because which name is right is for a person to say.
 */
import type { Clip, Handoff, LogEntry } from './documents/handoff.ts';
import { fileName, stem } from './documents/paths.ts';
import { takeKey } from './identity.ts';
import { filesOf } from './log/take.ts';
import { isChaotic } from './names.ts';

export type Proof = 'size+ends' | 'hash';

/** Files of one content: the one that stands for all first, the others by path. */
export interface Copies {
  clips: Clip[];
  /** The weakest there is among them. */
  proof: Proof;
}

/** A take that was chosen lies in a folder of its own. */
const CHOSEN_FOLDER = /^(circled?([ _-]?takes)?|selects?|selected|good[ _-]?takes|auswahl|kopierer)$/i;
const COPY_FOLDER =
  /(^|[/_\-. ])(cop(y|ies)|kopien?|copie|copia|back-?ups?|sicherung|safety|dup(e|licate)?s?|old|trash)(?=[_\-. \d(][^/]*\/|\/)/i;
/** Tracks of one recording in files of their own, and frames of one picture sequence: silence is like silence, and black like black. */
const TRACK_ENDING = /[._-](?:(?:Tr|Ch|A|T)?\d{1,2}|(?:Tr)?(?:[LRMS]|L_R|MIX))$/i;
const FRAME_ENDING = /\d{3,}$/;

export interface DuplicateFacts {
  entries: readonly LogEntry[];
  /** Files found at this scan; with `roots`, what tells a clip that is gone. */
  files: readonly { root: string; path: string }[];
  roots: readonly string[];
  /** Paths a media hash list names, as `root`, line break, path. */
  listed?: ReadonlySet<string>;
}

const keyOf = ({ root, path }: { root: string; path: string }) => `${root}\n${path}`;

/** The clips, each with the copy that stands for it, where there is one. Says nothing of files that are not there. */
export function markDuplicates(clips: Clip[], facts: DuplicateFacts): Clip[] {
  const here = new Set(facts.files.map(keyOf));
  const there = clips.filter((clip) => here.has(keyOf(clip)) || !facts.roots.includes(clip.root));
  const standsFor = new Map<Clip, NonNullable<Clip['duplicateOf']>>();
  const rank = ranking(facts.entries, facts.listed);
  for (const group of sameContent(there).flatMap(byOriginalName).filter(isSeveral)) {
    const [first, ...others] = [...group].sort((a, b) => compare(rank(a), rank(b)));
    for (const clip of others) standsFor.set(clip, { clip: first!.id, proof: proofOf(first!, clip) });
  }
  return clips.map((clip) => {
    const duplicateOf = standsFor.get(clip);
    const { duplicateOf: before, ...rest } = clip;
    if (duplicateOf) return { ...rest, duplicateOf: { ...before, ...duplicateOf } };
    return before ? (rest as Clip) : clip;
  });
}

/** `hash` where each was read whole. */
export function proofOfAll(clips: Clip[]): Proof {
  return clips.every((clip) => clip.content?.hash !== undefined) ? 'hash' : 'size+ends';
}

function proofOf(a: Clip, b: Clip): Proof {
  return a.content?.hash !== undefined && b.content?.hash !== undefined ? 'hash' : 'size+ends';
}

const isSeveral = (group: Clip[]) => group.length > 1;

/** What a file manager puts round the name of a copy: `Copy of x`, `x copy 2`, `x (1)`, `x - Kopie`. */
const COPY_NAME =
  /^(?:copy of|kopie von|copie de|copia de|copia di|c\u00f3pia de) |(?:[ _-]+(?:copy|kopie|copie|copia|c\u00f3pia|dup)(?:[ _-]?\d+)?| ?\(\d+\))$/gi;

function nameOfOriginal({ path }: Clip): string {
  let name = stem(path);
  for (let before = ''; before !== name;) [before, name] = [name, name.replace(COPY_NAME, '').trim()];
  return (name || stem(path)).toLowerCase();
}

/** Copies that kept their name, each group apart. */
function byOriginalName(clips: Clip[]): Clip[][] {
  const groups = new Map<string, Clip[]>();
  for (const clip of clips) {
    const name = nameOfOriginal(clip);
    const group = groups.get(name);
    if (group) group.push(clip);
    else groups.set(name, [clip]);
  }
  return [...groups.values()];
}

/** The same content under several names: one clip for each name, by path. */
export function renamedCopies({ clips }: Pick<Handoff, 'clips'>): Clip[][] {
  return sameContent(clips.filter((clip) => !clip.duplicateOf))
    .map((group) => byOriginalName(group).map(([first]) => first!))
    .filter(isSeveral);
}

/** Groups of two or more. A file whose hash is known is never put beside one of another. */
function sameContent(clips: Clip[]): Clip[][] {
  const groups = new Map<string, Clip[]>();
  for (const clip of clips) {
    if (clip.content?.ends === undefined || clip.size === 0) continue;
    const key = `${clip.kind} ${clip.size} ${clip.content.ends}`;
    const list = groups.get(key);
    if (list) list.push(clip);
    else groups.set(key, [clip]);
  }
  return [...groups.values()].flatMap(byHash).flatMap(withoutSiblings);
}

/** Where hashes differ the ends were not enough, and a file without a hash belongs to nobody. */
function byHash(clips: Clip[]): Clip[][] {
  const groups = new Map<string, Clip[]>();
  for (const clip of clips) {
    const hash = clip.content?.hash;
    if (hash === undefined) continue;
    const list = groups.get(hash);
    if (list) list.push(clip);
    else groups.set(hash, [clip]);
  }
  return groups.size <= 1 ? [clips] : [...groups.values()];
}

/** Files of one set are not each other's copies, though each may have some elsewhere. */
function withoutSiblings(clips: Clip[]): Clip[][] {
  if (clips.length < 2) return [];
  const sets = new Map<string, Clip[]>();
  for (const clip of clips) {
    const set = setOf(clip);
    if (set === null) continue;
    const list = sets.get(set);
    if (list) list.push(clip);
    else sets.set(set, [clip]);
  }
  if (![...sets.values()].some((set) => set.length > 1)) return [clips];
  const byName = new Map<string, Clip[]>();
  for (const clip of clips) {
    const name = fileName(clip.path).toLowerCase();
    const list = byName.get(name);
    if (list) list.push(clip);
    else byName.set(name, [clip]);
  }
  return [...byName.values()].filter((group) => group.length > 1);
}

function setOf({ kind, root, path, tech }: Clip): string | null {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const ending =
    kind === 'sound' && (tech.channels ?? 1) === 1 ? TRACK_ENDING : kind === 'graphic' ? FRAME_ENDING : null;
  const name = stem(path);
  return ending?.test(name) ? JSON.stringify([root, folder, name.replace(ending, '')]) : null;
}

type Rank = readonly (number | string)[];

/** Lower is better: not rejected, named by the log, by a list, circled, in no folder of copies, on a card or roll, the shortest path. */
function ranking(entries: readonly LogEntry[], listed?: ReadonlySet<string>): (clip: Clip) => Rank {
  const named = new Map<string, Set<string>>();
  for (const entry of entries) {
    if (entry.about === 'comment') continue;
    const names = [...filesOf(entry.file), ...filesOf(entry.soundFile)].map(bare);
    for (const id of entry.clips) {
      const known = named.get(id) ?? new Set();
      for (const name of names) known.add(name);
      named.set(id, known);
    }
  }
  const byName = (clip: Clip) => {
    const name = bare(clip.path);
    // A camera's clip is logged by the head of its name.
    return [...(named.get(clip.id) ?? [])].some((each) => name.startsWith(each));
  };
  return (clip) => [
    clip.pick === 'rejected' ? 1 : 0,
    byName(clip) ? 0 : 1,
    listed?.has(keyOf(clip)) ? 0 : 1,
    isCircled(clip) ? 0 : 1,
    named.has(clip.id) ? 0 : 1,
    isChaotic(clip.path) ? 1 : 0,
    COPY_FOLDER.test(clip.path) ? 1 : 0,
    clip.card !== undefined || clip.identity.reel || clip.identity.soundRoll ? 0 : 1,
    clip.path.length,
    clip.path,
    clip.root,
  ];
}

const bare = (name: string) => stem(name.replaceAll('\\', '/')).toLowerCase();

function isCircled({ pick, path }: Clip): boolean {
  if (pick === 'circled' || pick === 'good') return true;
  return path
    .split('/')
    .slice(0, -1)
    .some((folder) => CHOSEN_FOLDER.test(folder));
}

function compare(a: Rank, b: Rank): number {
  for (const [at, one] of a.entries()) if (one !== b[at]) return one < b[at]! ? -1 : 1;
  return 0;
}

/** What the manifest knows of copies. A clip whose other copy is no longer in the manifest is no copy. */
export function copiesIn({ clips }: Pick<Handoff, 'clips'>): Copies[] {
  if (!clips.some((clip) => clip.duplicateOf)) return [];
  const byId = new Map(clips.map((clip) => [clip.id, clip]));
  const groups = new Map<Clip, Copies>();
  for (const clip of clips) {
    const first = clip.duplicateOf && byId.get(clip.duplicateOf.clip);
    if (!first || first === clip || first.duplicateOf) continue;
    const { proof } = clip.duplicateOf!;
    const known = groups.get(first);
    if (!known) groups.set(first, { clips: [first, clip], proof });
    else {
      known.clips.push(clip);
      if (proof === 'size+ends') known.proof = proof;
    }
  }
  return [...groups.values()];
}

export const PROOF_WORDS: Record<Proof, string> = {
  'size+ends': 'probably the same: size, first and last 64 KiB are',
  hash: 'the same by hash',
};

/** Two copies that are known as two takes: one of the names is wrong, and nobody but a person can say which. */
export function otherTake(a: Clip, b: Clip): boolean {
  const [one, two] = [takeKey(a.identity), takeKey(b.identity)];
  return one !== null && two !== null && one !== two;
}
