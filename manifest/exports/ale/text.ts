/** The text of ALEs: heading, columns, one row a clip, one file for each rate. */
import type { Loss } from '../../documents/issue.ts';
import { mayDrop, nominal, rateLabel, rateName, type Rate } from '../../time/rate.ts';
import { frameDigits, frameToTimecode } from '../../time/timecode.ts';
import type { ExportedFile } from '../export.ts';
import { OWN_COLUMN } from '../sheet/csv.ts';
import { rateGroup, type AleClip } from './clip.ts';

/** What Avid requires first, then its own columns, then ours; a heading has at most 32 characters and a file 64 of them. */
const COLUMNS: [string, (clip: AleClip, time: RowTime) => string][] = [
  ['Name', (clip) => clip.name],
  ['Tracks', (clip) => tracksText(clip)],
  ['Start', (_, time) => time.start],
  ['End', (_, time) => time.end],
  ['Duration', (_, time) => time.duration],
  ['Tape', (clip) => clip.reel ?? ''],
  ['Reel', (clip) => clip.reel ?? ''],
  ['Scene', (clip) => clip.scene ?? ''],
  ['Take', (clip) => clip.take ?? ''],
  ['Camera', (clip) => clip.camera ?? ''],
  ['Camroll', (clip) => (clip.hasPicture ? (clip.reel ?? '') : '')],
  ['Soundroll', (clip) => clip.soundRoll ?? ''],
  ['Circled', (clip) => (clip.circled ? 'Y' : '')],
  ['Shoot date', (clip) => (clip.shootDate ?? '').replaceAll('-', '')],
  ['FPS', (clip) => fpsText(clip.rate)],
  ['Source File', (clip) => (clip.file === null ? clip.name : lastPart(clip.file))],
  ['Source File Path', (clip) => clip.file ?? ''],
  ['Comments', (clip) => clip.comments.join('; ')],
  [OWN_COLUMN, (clip) => clip.id ?? ''],
];

interface RowTime {
  start: string;
  end: string;
  duration: string;
}

/** One file for each rate; where there are several, each says its own in its name. */
export function aleFiles(clips: readonly AleClip[], lose: (loss: Loss) => void): ExportedFile[] {
  const groups = new Map<string, AleClip[]>();
  for (const clip of clips) {
    const problem = uncounted(clip.rate);
    if (problem) {
      lose({
        what: 'source',
        where: clip.name,
        count: 1,
        message: `${clip.name}: ${problem}; it is in no ALE`,
      });
      continue;
    }
    const group = groups.get(rateGroup(clip));
    if (group) group.push(clip);
    else groups.set(rateGroup(clip), [clip]);
  }
  if (groups.size > 1)
    lose({
      what: 'mixed-rate',
      where: 'sequence',
      count: groups.size,
      message: `an ALE counts at one rate: the clips are in ${groups.size} files, for ${[...groups.keys()].join(', ')}`,
    });
  return [...groups].map(([name, group]) => ({
    suffix: groups.size > 1 ? `_${name.replace('/', '-')}.ale` : '.ale',
    text: aleText(group, lose),
  }));
}

function aleText(clips: AleClip[], lose: (loss: Loss) => void): string {
  const picture = clips.find((clip) => clip.size)?.size;
  const sampleRate = clips.find((clip) => clip.sampleRate !== undefined)?.sampleRate ?? 48000;
  const lines = [
    'Heading',
    'FIELD_DELIM\tTABS',
    `VIDEO_FORMAT\t${videoFormat(picture)}`,
    `AUDIO_FORMAT\t${Math.floor(sampleRate / 1000)}khz`,
    `FPS\t${fpsText(clips[0]!.rate)}`,
    '',
    'Column',
    COLUMNS.map(([heading]) => heading).join('\t'),
    '',
    'Data',
  ];
  for (const clip of clips) {
    const time = rowTime(clip, lose);
    lines.push(COLUMNS.map(([heading, cell]) => cellText(cell(clip, time), heading, clip, lose)).join('\t'));
  }
  return lines.map((line) => `${line}\r\n`).join('');
}

function cellText(text: string, heading: string, clip: AleClip, lose: (loss: Loss) => void): string {
  // oxlint-disable-next-line no-control-regex -- what parts cells and lines
  const clean = text.replace(/[\u0000-\u001f\u007f\u0085\u2028\u2029]+/g, ' ');
  if (clean !== text)
    lose({
      what: 'character',
      where: clip.name,
      count: 1,
      message: `${clip.name}: ${heading} holds tabs or line breaks, which part the cells of an ALE; they are spaces there`,
    });
  return clean;
}

/** Media without timecode counts from 00:00:00:00, as Avid requires a start; End is exclusive. */
function rowTime(clip: AleClip, lose: (loss: Loss) => void): RowTime {
  const say = (what: string, message: string) =>
    lose({ what, where: clip.name, count: 1, message: `${clip.name}: ${message}` });
  if (clip.start === null)
    say('no-source-timecode', 'the media has no timecode; Start counts from 00:00:00:00');
  if (clip.duration === null) say('media-length', 'the length of the media is unknown; End is Start');
  if (clip.between)
    say('subframe', 'the sound begins or ends between two frames; Start and End are the nearest');
  const [start, length] = [clip.start ?? 0, clip.duration ?? 0];
  return {
    start: frameToTimecode(start, clip.rate),
    end: frameToTimecode(start + length, clip.rate),
    duration: frameToTimecode(length, clip.rate),
  };
}

/** Why no timecode of two digits for frames counts at a rate. */
function uncounted(rate: Rate): string | null {
  const whole = nominal(rate);
  if (whole < 1 || (whole * rate.den !== rate.num && whole * 1000 * rate.den !== rate.num * 1001))
    return `there is no timecode for ${rateLabel(rate)} frames a second`;
  return frameDigits(rate) > 2 ? `an ALE has two digits for frames and ${rateLabel(rate)} needs three` : null;
}

/** `29.97` for drop and non-drop alike: in an ALE the semicolon in its timecodes tells. */
function fpsText(rate: Rate): string {
  return mayDrop(rate) ? rateName({ ...rate, drop: false }) : rateName(rate);
}

function videoFormat(size: AleClip['size']): string {
  if (!size) return 'CUSTOM';
  const named: Record<string, string> = { '1920x1080': '1080', '1280x720': '720' };
  return named[`${size.width}x${size.height}`] ?? 'CUSTOM';
}

/** `VA1A2`; Avid knows at most 64 channels of sound. */
function tracksText(clip: AleClip): string {
  const sound = Array.from({ length: Math.min(clip.channels, 64) }, (_, at) => `A${at + 1}`);
  return `${clip.hasPicture ? 'V' : ''}${sound.join('')}` || 'V';
}

function lastPart(path: string): string {
  return /[^/\\]*$/.exec(path)![0];
}
