/** What Sync shows of the verdicts, and what a person can do about one: the sounds to choose from, and the edits. */
import type { Edit } from '../manifest/documents/edit.ts';
import type { Clip, Handoff, SoundKind } from '../manifest/documents/handoff.ts';
import { fileName } from '../manifest/documents/paths.ts';
import { isUnsynced, type SyncVerdict, type SyncWord } from '../manifest/documents/sync.ts';
import { comparable, takeKey, takeLabel } from '../manifest/identity.ts';
import { groupSounds, sameShootDay } from '../manifest/sync/candidates.ts';
import { offset, pictureSpan } from '../manifest/sync/span.ts';
import { FLICKS_PER_SECOND } from '../manifest/time/flicks.ts';
import { once } from './once.ts';
import { PART, type Parts } from './parts.ts';
import type { Change } from './state.ts';
import { counted, VERDICT } from './words.ts';

/** All, everything that needs a look, or one verdict. */
export type VerdictFilter = 'all' | 'unsynced' | SyncWord;

const ORDER = Object.keys(VERDICT) as SyncWord[];
const CALM: SyncWord[] = ['in-sync', 'mos', 'wild'];

interface VerdictChip {
  id: VerdictFilter;
  word: string;
  count: number;
}

const countsIn = once((verdicts: readonly SyncVerdict[]) => {
  const counts = Object.fromEntries(ORDER.map((word) => [word, 0])) as Record<SyncWord, number>;
  for (const { verdict } of verdicts) counts[verdict]++;
  return counts;
});

/** One chip for each verdict there is, what needs a look first; the chosen one stays though it holds nothing. */
export function verdictChips(verdicts: readonly SyncVerdict[], chosen: VerdictFilter): VerdictChip[] {
  const counts = countsIn(verdicts);
  const count = (words: readonly SyncWord[]) => words.reduce((sum, word) => sum + counts[word], 0);
  const open = ORDER.filter((word) => isUnsynced(word));
  const kinds = open.filter((word) => count([word]) > 0).length;
  return [
    { id: 'all' as const, word: 'All', count: verdicts.length },
    { id: 'unsynced' as const, word: 'Unsynced', count: count(open) },
    ...[...open, ...CALM].map((id) => ({ id, word: VERDICT[id].word, count: count([id]) })),
  ].filter(
    ({ id, count: held }) =>
      id === 'all' ||
      id === chosen ||
      // Where there is one kind only, Unsynced says it already.
      (held > 0 && !(kinds === 1 && open.includes(id as SyncWord))),
  );
}

export type SyncRow = { key: string; heading: string } | { key: string; verdict: SyncVerdict };

export function isShown(word: SyncWord, chosen: VerdictFilter): boolean {
  return chosen === 'all' || chosen === word || (chosen === 'unsynced' && isUnsynced(word));
}

/** `filter` is lower case. */
export function* syncRows(
  verdicts: readonly SyncVerdict[],
  chosen: VerdictFilter,
  filter: string,
): Parts<SyncRow[]> {
  const words = [...ORDER.filter(isUnsynced), ...CALM].filter((word) => isShown(word, chosen));
  const groups = new Map(words.map((word): [SyncWord, SyncRow[]] => [word, []]));
  for (let nth = 0; nth < verdicts.length; nth++) {
    if (nth % PART === PART - 1) yield;
    const verdict = verdicts[nth]!;
    const group = groups.get(verdict.verdict);
    if (group && matches(verdict, filter)) group.push({ key: verdict.clipId, verdict });
  }
  const rows: SyncRow[] = [];
  for (const [word, group] of groups) {
    if (group.length === 0) continue;
    const heading = isUnsynced(word) ? `Unsynced: ${VERDICT[word].word}` : VERDICT[word].word;
    if (chosen !== word) rows.push({ key: `heading ${word}`, heading: `${heading} ${group.length}` });
    for (const row of group) rows.push(row);
  }
  return rows;
}

function matches({ clip, sound }: SyncVerdict, filter: string): boolean {
  if (filter === '' || clip.toLowerCase().includes(filter)) return true;
  return sound.some((path) => path.toLowerCase().includes(filter));
}

/** Asked of each date once: many sounds have few. */
function soundsOfItsDay(handoff: Handoff, picture: Clip): Clip[] {
  const near = new Map<string, boolean>();
  return handoff.clips.filter((clip) => {
    if (clip.kind !== 'sound' || clip.duplicateOf) return false;
    const date = clip.tech.recordedOn ?? '';
    let is = near.get(date);
    if (is === undefined) near.set(date, (is = sameShootDay(picture, { files: [clip] })));
    return is;
  });
}

interface NearSound {
  ids: string[];
  name: string;
  /** Why it is among them: `7/3, starts 12 s later`. */
  why: string;
}

/** Sounds a person may mean, likeliest first: of its take, of its scene, then by how near they begin. At most `most`. */
export function nearSounds(handoff: Handoff, picture: Clip, most = 8): NearSound[] {
  const span = pictureSpan(picture);
  const take = takeKey(picture.identity);
  const scene = comparable(picture.identity.scene);
  return groupSounds(soundsOfItsDay(handoff, picture))
    .filter((sound) => sameShootDay(picture, sound))
    .map((sound) => {
      const first = sound.files[0]!;
      const away = span && sound.span ? offset(span, sound.span) : null;
      const ofTake = take !== null && sound.take === take;
      const ofScene = scene !== '' && comparable(first.identity.scene) === scene;
      const name = fileName(first.path);
      return { sound, name, away, first, rank: ofTake ? 0 : ofScene ? 1 : 2 };
    })
    .sort(
      (a, b) =>
        a.rank - b.rank ||
        Math.abs(a.away ?? Infinity) - Math.abs(b.away ?? Infinity) ||
        (a.name < b.name ? -1 : 1),
    )
    .slice(0, most)
    .map(({ sound, name, away, first }) => ({
      ids: sound.files.map(({ id }) => id),
      name: sound.files.length > 1 ? `${name} and ${sound.files.length - 1} more` : name,
      why: [takeLabel(first.identity), away === null ? 'no timecode' : awayText(away)]
        .filter(Boolean)
        .join(', '),
    }));
}

function awayText(flicks: number): string {
  const seconds = Math.abs(flicks) / FLICKS_PER_SECOND;
  if (seconds < 0.05) return 'starts with it';
  const long =
    seconds < 60
      ? `${seconds.toFixed(1)} s`
      : seconds < 3600
        ? `${Math.round(seconds / 60)} min`
        : `${(seconds / 3600).toFixed(1)} h`;
  return `starts ${long} ${flicks < 0 ? 'earlier' : 'later'}`;
}

/** `sound` null: as names and timecode say. */
export function pairBy(picture: Clip, sound: string[] | null, name: string): Change {
  const edit: Edit = { edit: 'pair', clip: picture.id, sound };
  const said = sound === null ? 'No pairing by hand' : `Paired with ${name}`;
  return { label: `${said}: ${fileName(picture.path)}`, edits: [edit] };
}

const KIND_WORDS: Record<SoundKind, string> = {
  mos: 'MOS',
  sync: 'Shot with sound',
  wild: 'Wild track',
  unknown: 'Sound not known',
};

export function soundKindOf(clips: Clip[], to: SoundKind): Change {
  const named = clips.length === 1 ? fileName(clips[0]!.path) : counted(clips.length, 'clip');
  return {
    label: `${KIND_WORDS[to]}: ${named}`,
    edits: clips.map(({ id }) => ({ edit: 'sound-kind', clip: id, to })),
  };
}
