/**
 * What should have come against what came: log sheets, media hash lists and the manifest as it was each say which files there are.
 * Everything expected or found is counted once, with who expected it.
 */
import type { Facts } from './checks/check.ts';
import type { Clip, Handoff } from './documents/handoff.ts';
import { loggedRows, type LoggedClip } from './received/log.ts';
import { listedFiles } from './received/lists.ts';
import { replacedClips } from './received/replaced.ts';

export interface Expectation {
  by: 'log' | 'mhl' | 'manifest';
  /** `day1.csv row 7`, `A001/ascmhl/0001_A001.mhl`, `revision 3`. */
  from: string;
}

export interface ReceivedItem {
  /** Of the file; of a row that names none, what it speaks of. */
  path: string;
  root?: string;
  /** Id, where it is a clip of the manifest. */
  clip?: string;
  expected: Expectation[];
  /** The issue under which a check tells it; absent where there is nothing to tell. */
  code?: string;
  /** What is wrong, as the end of a sentence that begins with the path. */
  reason?: string;
}

export const RECEIVED = ['present', 'missing', 'extra', 'duplicate', 'substituted'] as const;
export type ReceivedWord = (typeof RECEIVED)[number];
export type Received = Record<ReceivedWord, ReceivedItem[]>;

export const keyOf = ({ root, path }: { root: string; path: string }) => `${root}\n${path}`;

const answers = new WeakMap<Handoff, { facts: Facts; answer: Received }>();

/** What is not asked of the disk is taken to be there. The same question twice is answered once. */
export function received(handoff: Handoff, facts: Facts): Received {
  const known = answers.get(handoff);
  if (known && known.facts === facts) return known.answer;
  const answer = compare(handoff, facts);
  answers.set(handoff, { facts, answer });
  return answer;
}

function compare(handoff: Handoff, facts: Facts): Received {
  const found: Received = { present: [], missing: [], extra: [], duplicate: [], substituted: [] };
  const log = loggedRows(handoff);
  const lists = listedFiles(handoff, facts.drive);
  const replaced = replacedClips(handoff);
  const before = facts.before ?? { revision: handoff.revision, clips: null };
  for (const clip of handoff.clips) {
    const listed = lists.byKey.get(keyOf(clip));
    const logged = log.byClip.get(clip.id);
    const expected: Expectation[] = [
      ...(logged?.expected ?? []),
      ...(listed ? [listed.expected] : []),
      ...(before.clips === null || before.clips.has(clip.id)
        ? [{ by: 'manifest' as const, from: `revision ${before.revision}` }]
        : []),
    ];
    const { word, ...told } = judge(clip, facts, { logged, listed, unlisted: lists.unlisted, replaced });
    found[word].push({ path: clip.path, root: clip.root, clip: clip.id, expected, ...told });
  }
  found.missing.push(...log.missing, ...lists.missing);
  found.substituted.push(...lists.substituted);
  found.present.push(...lists.present);
  found.extra.push(...lists.extra);
  return found;
}

interface Known {
  logged: LoggedClip | undefined;
  listed: ReturnType<typeof listedFiles>['byKey'] extends Map<string, infer Listed>
    ? Listed | undefined
    : never;
  unlisted: ReadonlySet<string>;
  replaced: ReadonlyMap<string, string>;
}

type Judged = Pick<ReceivedItem, 'code' | 'reason'> & { word: ReceivedWord };

/** Missing before all else, then what came in place of something, then copies, then what nobody asked for. */
function judge(clip: Clip, { disk }: Facts, { logged, listed, unlisted, replaced }: Known): Judged {
  const size = disk?.[clip.id]?.size;
  if (size === null) return { word: 'missing', code: 'media-missing', reason: 'is not on the drive' };
  if (size !== undefined && size !== clip.size)
    return {
      word: 'substituted',
      code: 'media-changed',
      reason: `is ${size} bytes and was ${clip.size} when it was scanned`,
    };
  if (listed?.other) return { word: 'substituted', code: 'received-substituted', reason: listed.other };
  const was = replaced.get(clip.id);
  if (was !== undefined) return { word: 'substituted', code: 'media-replaced', reason: was };
  if (logged?.other) return { word: 'substituted', ...logged.other };
  if (clip.duplicateOf) return { word: 'duplicate', code: 'duplicate' };
  if (unlisted.has(keyOf(clip)))
    return { word: 'extra', code: 'received-extra', reason: 'is named by no list of its folder' };
  if (logged?.extra) return { word: 'extra', code: 'log-clip-no-row', reason: 'has no row in the log' };
  return { word: 'present' };
}

export interface ReceivedCounts extends Record<ReceivedWord, number> {
  /** How many files each source expects, and what became of them. */
  expectedBy: Record<Expectation['by'], Record<'present' | 'missing' | 'substituted' | 'duplicate', number>>;
}

export function countReceived(answer: Received): ReceivedCounts {
  const counts = Object.fromEntries(RECEIVED.map((word) => [word, answer[word].length]));
  const none = () => ({ present: 0, missing: 0, substituted: 0, duplicate: 0 });
  const expectedBy = { log: none(), mhl: none(), manifest: none() };
  for (const word of RECEIVED)
    for (const { expected } of answer[word])
      for (const by of new Set(expected.map((each) => each.by)))
        // What one source does not name another may: to the one that does, it is there.
        expectedBy[by][word === 'extra' ? 'present' : word]++;
  return { ...counts, expectedBy } as ReceivedCounts;
}
