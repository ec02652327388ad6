/** The lines of one EDL event: the edit itself, then what belongs under it. Columns as CMX3600 lays them out. */
import { NO_REEL, type ReelName } from './reels.ts';
import { sourceSpan } from './source.ts';
import { ascii } from './ascii.ts';
import { eventPlace, recordTimecode } from '../../cutlist.ts';
import type { CutEvent, CutList, CutTrack } from '../../documents/cutlist.ts';
import type { Loss } from '../../documents/issue.ts';
import { nominal, type Rate } from '../../time/rate.ts';

/** An event without its number, which depends on the file it ends up in: `text` begins with the reel, its lines end in CRLF. */
export interface EventLines {
  event: CutEvent;
  text: string;
}

/** The channel column by track index, and the line that carries A3 and A4, which have no column of their own. */
const audio: Record<number, { channel: string; aud?: string }> = {
  1: { channel: 'A' },
  2: { channel: 'A2' },
  3: { channel: 'NONE', aud: 'AUD  3' },
  4: { channel: 'NONE', aud: 'AUD       4' },
};

export function canHold(track: CutTrack): boolean {
  return track.type === 'video' || track.index in audio;
}

/** `lose` takes what the event could not carry; the event itself always stands, at its true record time. */
export function eventLines(
  list: CutList,
  track: CutTrack,
  event: CutEvent,
  reels: Map<string, ReelName>,
  lose: (loss: Loss) => void,
): EventLines {
  const said = (what: string, message: string) =>
    lose({ what, where: eventPlace(list, event), count: 1, message: `${event.name}: ${message}` });
  const { source } = event;
  const reel = reels.get(source?.reel ?? '')?.short ?? NO_REEL;
  const span = sourceSpan(event, list.rate);
  for (const { what, message } of span.losses) said(what, message);
  const column = track.type === 'video' ? { channel: 'V' } : audio[track.index]!;
  const times = `${span.in} ${span.out} ${recordTimecode(list, event.recordIn)} ${recordTimecode(list, event.recordOut)}`;
  const edit = `${reel.padEnd(8)} ${column.channel.padEnd(4)}  C        ${times}`;
  const lines = [edit];
  if ('aud' in column && column.aud) lines.push(column.aud);
  const motion = motionLine(event, reel, span.in, list.rate, said);
  if (motion) lines.push(motion);
  const name = source?.name || event.name;
  const written = ascii(name);
  if (written !== name) said('name', `its clip name is written "${written}"; the list is ASCII`);
  lines.push(`* FROM CLIP NAME: ${written}`);
  if (span.own) lines.push(`* SOURCE TC AT ${span.own}`);
  if (event.kind !== 'clip') {
    said(event.kind, `an EDL has no ${KINDS[event.kind]}; its place is held by reel ${reel}`);
    lines.push(`* ${KINDS[event.kind].toUpperCase()}`);
  }
  if (!event.enabled) {
    said('disabled', 'an EDL cannot say that a clip is switched off; a comment does');
    lines.push('* CLIP IS DISABLED');
  }
  // Joined at once: strings pieced together with + or a template stay in pieces, and cost the collector most of the run.
  return { event, text: lines.join('\r\n') };
}

const KINDS: Record<CutEvent['kind'], string> = {
  clip: 'clip',
  title: 'title',
  nested: 'nested sequence',
  adjustment: 'adjustment layer',
  multicam: 'multicam clip',
  unknown: 'item of unknown kind',
};

/**
 * The M2 line of a clip that does not play at its own speed: source frames a second, one decimal, and the source in.
 * The source span above it is what is really used, as Premiere and Avid write it; Resolve wants it equal to the record's.
 */
function motionLine(
  event: CutEvent,
  reel: string,
  from: string,
  rate: Rate,
  said: (what: string, message: string) => void,
) {
  const { speed } = event;
  if (!speed) {
    said('retime', 'its speed varies, which an EDL cannot hold; it is listed at 100 % from its source in');
    return null;
  }
  if (speed.num === speed.den) return null;
  const tenths = (nominal(rate) * Math.abs(speed.num) * 10) / speed.den;
  const percent = Math.round((speed.num / speed.den) * 10000) / 100;
  if (tenths >= 9999.5) {
    said('retime', `its speed of ${percent} % is more than an M2 line can hold; the spans still show it`);
    return null;
  }
  if (speed.num === 0)
    said('retime', 'a freeze: its M2 line says 000.0, and readers differ about the frame it holds');
  else if (speed.num < 0)
    said('retime', `it plays backwards at ${-percent} %: readers differ about where M2 counts it from`);
  else if (!Number.isInteger(tenths))
    said('retime', `M2 has one decimal: ${percent} % is rounded there, and exact only in the spans`);
  const size = (Math.round(tenths) / 10).toFixed(1).padStart(5, '0');
  return `M2   ${reel.padEnd(8)}      ${speed.num < 0 ? '-' : ' '}${size}                ${from}`;
}
