/** A strict reader of the lists Baton writes: it throws on anything that CMX3600 does not have in that very column. */
import { timecodeToFrame } from '../../manifest/time/timecode.ts';
import type { Rate } from '../../manifest/time/rate.ts';

export interface EdlEvent {
  number: number;
  reel: string;
  channel: string;
  /** `C`; of a transition's second line `D` or `W001`. */
  transition: string;
  frames: number;
  /** Frame counts; source counted at the list's rate, dropping or not as its own mark says. */
  source: [number, number];
  record: [number, number];
  notes: string[];
  motion: { reel: string; speed: string; from: string } | null;
}

export interface EdlList {
  title: string;
  drop: boolean;
  comments: string[];
  events: EdlEvent[];
}

const TIMECODE = '\\d\\d:\\d\\d:\\d\\d[:;]\\d\\d';
const EVENT = new RegExp(
  `^(\\d{3})  ([A-Z0-9_]{1,8}) *(V|AA|A|A2|NONE) +(?:(C) {8}|(D|W\\d{3}) +(\\d{3}) )(${TIMECODE}) (${TIMECODE}) (${TIMECODE}) (${TIMECODE})$`,
);
const MOTION = new RegExp(`^M2   (\\S+) +(-?\\d{3}\\.\\d) {16}(${TIMECODE})$`);

export function parseEdl(text: string, rate: Rate): EdlList {
  if (!/^[\x20-\x7e\r\n]*$/.test(text)) throw new Error('a character outside printable ASCII');
  if (/[^\r]\n|\r[^\n]/.test(text)) throw new Error('a line end that is not CRLF');
  const lines = text.split('\r\n');
  const title = /^TITLE: (.*)$/.exec(lines[0]!)?.[1];
  const drop = { 'FCM: DROP FRAME': true, 'FCM: NON-DROP FRAME': false }[lines[1]!];
  if (title === undefined || drop === undefined)
    throw new Error(`no TITLE and FCM on top: ${lines.slice(0, 2).join(' | ')}`);
  const list: EdlList = { title, drop, comments: [], events: [] };
  const frame = (label: string) => {
    const read = timecodeToFrame(label, { ...rate, drop: label[8] === ';' });
    if (!read.ok) throw new Error(read.message);
    return read.frame;
  };
  for (const line of lines.slice(2)) {
    const current = list.events.at(-1);
    const [event, motion] = [EVENT.exec(line), MOTION.exec(line)];
    if (event) {
      for (const [column, at] of [
        [1, 0],
        [2, 5],
        [3, 14],
        [event[4] ? 4 : 5, 20],
        ...(event[6] ? [[6, 25] as const] : []),
      ] as const)
        if (line.indexOf(event[column]!, at) !== at) throw new Error(`column ${column} of "${line}"`);
      if (line.indexOf(event[7]!) !== 29) throw new Error(`source in is not in column 30: "${line}"`);
      const [sourceIn, sourceOut, recordIn, recordOut] = event.slice(7).map(frame) as [
        number,
        number,
        number,
        number,
      ];
      if ((event[9]![8] === ';') !== drop) throw new Error(`record timecode against the FCM: "${line}"`);
      const [number, reel, channel] = [Number(event[1]), event[2]!, event[3]!];
      // The second line of a transition has the number of the first, which has no length.
      const second = event[5] !== undefined;
      if (number !== (current?.number ?? 0) + (second ? 0 : 1))
        throw new Error(`event ${number} out of order`);
      if (second && current!.record[0] !== current!.record[1])
        throw new Error(`transition without its first line: "${line}"`);
      list.events.push({
        number,
        reel,
        channel,
        transition: event[4] ?? event[5]!,
        frames: Number(event[6] ?? 0),
        source: [sourceIn, sourceOut],
        record: [recordIn, recordOut],
        notes: [],
        motion: null,
      });
    } else if (motion && current) {
      if (motion[1] !== current.reel) throw new Error(`M2 of another reel: "${line}"`);
      current.motion = { reel: motion[1]!, speed: motion[2]!, from: motion[3]! };
    } else if (/^(\* |AUD  |EFFECTS NAME IS )/.test(line)) (current?.notes ?? list.comments).push(line);
    else if (line !== '') throw new Error(`neither event nor comment: "${line}"`);
  }
  return list;
}
