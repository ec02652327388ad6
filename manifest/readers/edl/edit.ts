/** One edit line of an EDL, taken apart by its words from the right: reels may be long, hold spaces or be missing. */
import { parseChannels, type Channels } from './channels.ts';

/** `B`, `F` and `O` are a key's background, foreground and key-out. */
export type EditKind = 'cut' | 'dissolve' | 'wipe' | 'key' | 'unknown';

export interface EditLine {
  number: number;
  /** As written; empty where the line has none. */
  reel: string;
  channels: Channels | null;
  channelWord: string;
  kind: EditKind;
  transitionWord: string;
  /** Wipe number, for a wipe. */
  wipe: number;
  /** Length of the transition in frames. */
  frames: number;
  /** Timecodes, or bare frame counts. */
  source: [string, string];
  record: [string, string];
  /** What stands behind the timecodes. */
  rest: string;
}

/** Longer lines are no editor's. */
export const LONGEST_LINE = 4000;
const TIMECODE = /^\d{1,2}[:;.,]\d{2}[:;.,]\d{2}[:;.,]\d{2,3}$/;
const COUNT = /^\d{1,9}$/;
const TRANSITION = /^(?:C|D(\d{3})?|W(\d{1,3})|K[BO]?)$/;

export function isTimecode(word: string): boolean {
  return TIMECODE.test(word);
}

/** A cut with every column in its place, as nearly all lines of a long list are. */
const USUAL =
  /^(\d{1,6})\s+(\S+)\s+(\S+)\s+C\s+(\d\d:\d\d:\d\d[:;]\d\d)\s+(\d\d:\d\d:\d\d[:;]\d\d)\s+(\d\d:\d\d:\d\d[:;]\d\d)\s+(\d\d:\d\d:\d\d[:;]\d\d)$/;

/** Null where the line is not an edit. */
export function parseEdit(line: string): EditLine | null {
  if (line.length > LONGEST_LINE) return null;
  const usual = USUAL.exec(line);
  if (usual)
    return {
      number: Number(usual[1]),
      reel: usual[2]!,
      channels: parseChannels(usual[3]!),
      channelWord: usual[3]!,
      kind: 'cut',
      transitionWord: 'C',
      wipe: 0,
      frames: 0,
      source: [usual[4]!, usual[5]!],
      record: [usual[6]!, usual[7]!],
      rest: '',
    };
  return parseWords(line);
}

/** Any other, by its words. */
export function parseWords(line: string): EditLine | null {
  if (!/^\d/.test(line)) return null;
  const words = line.split(/\s+/);
  if (!/^\d{1,6}$/.test(words[0]!)) return null;
  const end = lastTimecode(words);
  if (end < 6) return null;
  const [sourceIn, sourceOut, recordIn, recordOut] = words.slice(end - 3, end + 1) as [
    string,
    string,
    string,
    string,
  ];
  const times = isTimecode(sourceIn) && isTimecode(sourceOut);
  if (!isTimecode(recordIn) || !(times || (COUNT.test(sourceIn) && COUNT.test(sourceOut)))) return null;
  const { reel, channels, channelWord, kind, transitionWord, wipe, frames } = head(words.slice(1, end - 3));
  return {
    number: Number(words[0]),
    reel,
    channels,
    channelWord,
    kind,
    transitionWord,
    wipe,
    frames,
    source: [sourceIn, sourceOut],
    record: [recordIn, recordOut],
    rest: words.slice(end + 1).join(' '),
  };
}

function lastTimecode(words: readonly string[]): number {
  let at = words.length - 1;
  while (at >= 0 && !isTimecode(words[at]!)) at--;
  return at;
}

type Head = Omit<EditLine, 'number' | 'source' | 'record' | 'rest'>;

/** Reel, channels, transition and its frames. */
function head(words: string[]): Head {
  let at = words.length - 1;
  const word = () => (words[at] ?? '').toUpperCase();
  const isTransition = (text: string) => TRANSITION.test(text);
  let frames = 0;
  if (/^\d{1,4}$/.test(word()) && at > 0 && hasFrames(words, at - 1)) frames = Number(words[at--]);
  let transition = word();
  if (/^[BO]$/.test(transition) && words[at - 1]?.toUpperCase() === 'K') {
    transition = `K${transition}`;
    at--;
  }
  at--;
  // Two words of three: the channel was left out, or the reel was.
  const channelWord = at >= 0 ? words[at]! : '';
  const channels = parseChannels(channelWord);
  const reel = words.slice(0, channels || at > 0 ? at : at + 1).join(' ');
  const glued = /^D(\d{3})$/.exec(transition);
  return {
    reel: at < 0 ? '' : reel,
    channels,
    channelWord,
    kind: isTransition(transition) ? KINDS[transition[0]!]! : 'unknown',
    transitionWord: transition,
    wipe: transition[0] === 'W' ? Number(transition.slice(1)) : 0,
    frames: glued ? Number(glued[1]) : frames,
  };
}

/** A transition, or a word that stands behind a channel as one would. */
function hasFrames(words: readonly string[], at: number): boolean {
  if (/^(?:D|W\d{1,3}|K|B|O|C)$/i.test(words[at]!)) return true;
  return parseChannels(words[at]!) === null && parseChannels(words[at - 1] ?? '') !== null;
}

const KINDS: Record<string, EditKind> = { C: 'cut', D: 'dissolve', W: 'wipe', K: 'key' };
