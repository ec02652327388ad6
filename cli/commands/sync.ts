/**
 * baton sync: each picture against its sound by timecode, one verdict each, with the reason. With --listen, by ear as well where
 * timecode leaves it open: a suggestion beside the verdict, never instead of it.
 */
import { listenThrough, type ListenOutcome, type ListenProgress } from '../../bridge/local/listen/listen.ts';
import type { Handoff } from '../../manifest/documents/handoff.ts';
import { isUnsynced, type Listened, type SyncVerdict } from '../../manifest/documents/sync.ts';
import { fileName } from '../../manifest/documents/paths.ts';
import { sync } from '../../manifest/sync.ts';
import { writeSyncMap } from '../sync-map.ts';
import { CannotDo, type Command, type OptionValues, type Output } from '../command.ts';
import { interruptible } from '../interrupt.ts';
import { issueLine, openOrExplain, ROOT_OPTION, type Opened } from '../roots.ts';
import { counted } from '../words.ts';

export const syncCommand: Command = {
  id: 'sync',
  summary: 'compare picture and sound by timecode, and by ear where asked; say which do not fit',
  usage:
    'MANIFEST [--listen [--clip PATH]... [--all]] [--map FILE.xml [--unsynced marked|left-out]] [--root NAME=PATH]... [--json]',
  needs: ['MANIFEST'],
  options: {
    listen: {
      type: 'boolean',
      help: 'listen to pictures that timecode leaves open: camera sound against the recordings, LTC, the slate',
    },
    clip: {
      type: 'string',
      multiple: true,
      value: 'PATH',
      help: 'with --listen: these pictures, whatever their verdict, against every sound of their day (repeatable)',
    },
    all: { type: 'boolean', help: 'with --listen: every picture, against every sound of its day' },
    map: {
      type: 'string',
      value: 'FILE.xml',
      help: 'also write a sequence per scene with picture and sound where timecode puts them, as Final Cut Pro 7 XML (FILE-07.xml and so on)',
    },
    unsynced: {
      type: 'string',
      value: 'WHAT',
      help: 'with --map: marked (default) lays unsynced pictures alone under a marker, left-out leaves them out',
    },
    root: ROOT_OPTION,
  },
  async run({ positionals, options }, output) {
    const opened = await openOrExplain(positionals[0]!, options['root'], output);
    const { handoff } = opened;
    const heard = await listenWhereAsked(opened, options, output);
    const verdicts = heard?.verdicts ?? sync(handoff);
    tell(verdicts, heard, output);
    const map = await writeSyncMap(opened, verdicts, options, output);
    output.document({ verdicts, ...(heard ? { listened: heard.listened } : {}), ...(map ? { map } : {}) });
    const pictures = new Set(handoff.clips.filter((clip) => clip.kind === 'picture').map((clip) => clip.id));
    const person = verdicts.some(
      ({ clipId, verdict }) => pictures.has(clipId) && verdict !== 'in-sync' && verdict !== 'mos',
    );
    return person ? 1 : 0;
  },
};

/** Null where nobody asked. Ctrl-C keeps what was heard until then. */
async function listenWhereAsked(
  opened: Opened,
  options: OptionValues,
  output: Output,
): Promise<ListenOutcome | null> {
  const asked = options['clip'] as string[] | undefined;
  if (options['listen'] !== true) {
    if (asked || options['all'] === true) throw new CannotDo('--clip and --all go with --listen');
    return null;
  }
  const only = asked && new Set(asked.map((path) => pictureAt(path, opened.handoff)));
  const interrupt = interruptible();
  try {
    const heard = await listenThrough({
      opened,
      pairs: { all: options['all'] === true, ...(only ? { only } : {}) },
      signal: interrupt.signal,
      ...(process.stderr.isTTY ? { onProgress: progressTo(output) } : {}),
    });
    for (const issue of heard.issues) output.warn(issueLine(issue));
    if (heard.unheard > 0)
      output.warn(
        `stopped: ${counted(heard.unheard, 'picture')} not listened to; what was heard is kept, and the next time goes on from there`,
      );
    return heard;
  } finally {
    interrupt.over();
  }
}

/** Id of the picture of this path, or of this file name where only one has it. */
function pictureAt(path: string, { clips }: Handoff): string {
  const pictures = clips.filter((clip) => clip.kind === 'picture');
  const exact = pictures.filter((clip) => clip.path === path);
  const found = exact.length > 0 ? exact : pictures.filter((clip) => fileName(clip.path) === fileName(path));
  const [one, another] = found;
  if (!one) throw new CannotDo(`--clip: the manifest has no picture ${path}`);
  if (another) throw new CannotDo(`--clip ${path} could be ${one.path} or ${another.path}; give its path`);
  return one.id;
}

function tell(verdicts: readonly SyncVerdict[], heard: ListenOutcome | null, output: Output): void {
  const width = Math.max(0, ...verdicts.map((verdict) => verdict.verdict.length));
  const indent = ' '.repeat(width + 2);
  const listened = new Map<string, Listened[]>();
  for (const each of heard?.listened ?? [])
    listened.set(each.clipId, [...(listened.get(each.clipId) ?? []), each]);
  for (const { clipId, verdict, clip, reason } of verdicts) {
    output.say(`${verdict.padEnd(width)}  ${clip}\n${indent}${reason}`);
    for (const each of listened.get(clipId) ?? [])
      output.say(`${indent}♪ ${each.heard}${each.sound ? `  ${each.sound}` : ''}\n${indent}  ${each.reason}`);
  }
  const unsynced = verdicts.filter((verdict) => isUnsynced(verdict.verdict)).length;
  output.say(`${unsynced} of ${verdicts.length} unsynced`);
  if (heard) output.say(countLine(heard.listened));
}

/** `by ear: 12 match, 1 ambiguous, 3 none`, in pictures. */
function countLine(listened: readonly Listened[]): string {
  if (listened.length === 0) return 'by ear: timecode left no picture open, so none was listened to';
  const best = new Map<string, number>();
  for (const { clipId, heard } of listened)
    best.set(clipId, Math.min(best.get(clipId) ?? ORDER.length, ORDER.indexOf(heard)));
  const counts = ORDER.map(
    (word, at) => [word, [...best.values()].filter((each) => each === at).length] as const,
  );
  const said = counts.filter(([, count]) => count > 0).map(([word, count]) => `${count} ${word}`);
  return `by ear: ${said.join(', ')} of ${best.size} ${best.size === 1 ? 'picture' : 'pictures'}; these are suggestions, and nothing was moved`;
}

const ORDER: Listened['heard'][] = ['match', 'ambiguous', 'none', 'too-little', 'silence', 'not-heard'];

function progressTo(output: Output) {
  return ({ done, total, current, perSecond, secondsLeft }: ListenProgress) => {
    const left = secondsLeft === null ? '' : `, ${Math.ceil(secondsLeft)} s left`;
    const rate =
      perSecond >= 1 ? `${perSecond.toFixed(1)} pictures/s` : `${(perSecond * 60).toFixed(1)} pictures/min`;
    output.warn(`${done} of ${total} (${rate}${left})  ${current}`);
  };
}
