/**
 * CMX3600 edit decision lists: one per video track, sound on A1–A4 with the first. Straight cuts and constant speeds; whatever
 * else the cut holds keeps its record time and is reported. ASCII, CRLF, at most 999 events a file.
 */
import type { CutList, CutTrack } from '../documents/cutlist.ts';
import type { Loss } from '../documents/issue.ts';
import { recordTimecode, trackName } from '../cutlist.ts';
import { framesPerDay, nominal, rateLabel, type Rate } from '../time/rate.ts';
import { frameDigits } from '../time/timecode.ts';
import { ascii } from './edl/ascii.ts';
import { canHold, eventLines, type EventLines } from './edl/lines.ts';
import { reelNames, type ReelName } from './edl/reels.ts';
import type { Export, ExportedFile, Exported, Refused } from './export.ts';

/** The event number has three digits. */
const MOST = 999;

export const edl: Export = {
  id: 'edl',
  label: 'EDL (CMX3600)',
  suffix: '.edl',
  write,
};

function write(list: CutList): Exported | Refused {
  const refused = refusal(list);
  if (refused) return { refused };
  const { names, losses } = reelNames(list);
  const lose = (loss: Loss) => losses.push(loss);
  const [first, ...upper] = videoTracks(list);
  const sound = list.tracks.filter((track) => track.type === 'audio');
  for (const track of list.tracks) trackLosses(list, track, lose);
  if (list.markers.length)
    lose({
      what: 'marker',
      where: 'sequence',
      count: list.markers.length,
      message: 'an EDL holds no sequence markers',
    });

  const lines = (tracks: CutTrack[]) =>
    tracks
      .filter(canHold)
      .flatMap((track) => track.events.map((event) => eventLines(list, track, event, names, lose)));
  const files = listFiles(list, '', inRecordOrder(lines([...(first ? [first] : []), ...sound])), names);
  for (const track of upper)
    if (track.events.length)
      files.push(...listFiles(list, `_${trackName(track)}`, inRecordOrder(lines([track])), names));
  return { files, losses };
}

/** Why no list can be right; null where one can. */
function refusal(list: CutList): string | null {
  const { rate } = list;
  const name = rateLabel(rate);
  if (frameDigits(rate) > 2)
    return `an EDL has two digits for frames and ${name} counts to ${nominal(rate) - 1}; put the cut in a sequence of at most 100 frames a second`;
  const whole = nominal(rate);
  if (whole < 1 || (whole * rate.den !== rate.num && whole * 1000 * rate.den !== rate.num * 1001))
    return `an EDL has no timecode for ${name} frames a second; put the cut in a sequence of a whole or NTSC rate`;
  const end = Math.max(
    0,
    ...list.tracks.map((track) => track.events[track.events.length - 1]?.recordOut ?? 0),
  );
  if (end > framesPerDay(rate))
    return `the sequence runs past 24 hours (to frame ${end}); an EDL's record timecode would come round again`;
  return null;
}

/** V1, whose list has the plain name and carries the sound (null where there is none), and the tracks above it. */
function videoTracks(list: CutList): [CutTrack | null, ...CutTrack[]] {
  const video = list.tracks.filter((track) => track.type === 'video');
  const first = video.find((track) => track.index === 1) ?? null;
  return [first, ...video.filter((track) => track !== first)];
}

function trackLosses(list: CutList, track: CutTrack, lose: (loss: Loss) => void): void {
  const name = trackName(track);
  const count = track.events.length;
  if (!canHold(track) && count)
    lose({
      what: 'track',
      where: name,
      count,
      message: `an EDL has four sound tracks; the events of ${name} are not in the list`,
    });
  else if (!track.enabled && count)
    lose({
      what: 'disabled',
      where: name,
      count,
      message: `${name} is switched off in the sequence, which an EDL cannot say; its events are listed`,
    });
  for (const transition of track.transitions) {
    const [from, to] = [transition.in, transition.out].map((frame) => recordTimecode(list, frame));
    const message = `${transition.name}, ${from}–${to}: written as a straight cut`;
    lose({ what: 'transition', where: `${name} at ${from}`, count: 1, message });
  }
}

/** By record in; picture before sound where both begin together. Stable, so tracks keep their order. */
function inRecordOrder(lines: EventLines[]): EventLines[] {
  return lines.sort((a, b) => a.event.recordIn - b.event.recordIn);
}

function listFiles(
  list: CutList,
  suffix: string,
  lines: EventLines[],
  reels: Map<string, ReelName>,
): ExportedFile[] {
  const parts: EventLines[][] = [];
  for (let at = 0; at < lines.length || at === 0; at += MOST) parts.push(lines.slice(at, at + MOST));
  return parts.map((part, at) => {
    const several = parts.length > 1 ? ` PART ${at + 1} OF ${parts.length}` : '';
    const title = `TITLE: ${ascii(list.name)}${suffix.replace('_', ' ')}${several}`;
    return {
      suffix: `${suffix}${at ? `_PART${at + 1}` : ''}.edl`,
      text: listText(title, list.rate, part, reels),
    };
  });
}

function listText(title: string, rate: Rate, lines: EventLines[], reels: Map<string, ReelName>): string {
  const text = [
    title,
    `FCM: ${rate.drop ? 'DROP FRAME' : 'NON-DROP FRAME'}`,
    ...reelComments(lines, reels),
    '',
  ];
  lines.forEach((event, at) => text.push(`${String(at + 1).padStart(3, '0')}  ${event.text}`, ''));
  return text.join('\r\n');
}

/** `* REEL A001C003 IS A001C003_200101_R1AB`, for each reel of this file that goes by a shorter name in it. */
function reelComments(lines: EventLines[], reels: Map<string, ReelName>): string[] {
  const comments = new Set<string>();
  for (const { event } of lines) {
    const reel = event.source?.reel;
    const name = reels.get(reel ?? '');
    if (name?.changed) comments.add(`* REEL ${name.short} IS ${ascii(reel!)}`);
  }
  return [...comments];
}
