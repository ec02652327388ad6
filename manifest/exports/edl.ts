/**
 * CMX3600 edit decision lists: one per video track, sound on A1–A4 with the first. Cuts, dissolves, wipes, fades and constant speeds
 * in the conventions of the target; whatever else the cut holds keeps its record time and is reported.
 */
import { trackName } from '../cutlist.ts';
import type { CutList, CutTrack } from '../documents/cutlist.ts';
import type { Loss } from '../documents/issue.ts';
import { framesPerDay, nominal, rateLabel } from '../time/rate.ts';
import { frameDigits } from '../time/timecode.ts';
import type { Writing } from './edl/comments.ts';
import { listFiles } from './edl/files.ts';
import { linesOf } from './edl/joins.ts';
import type { Entry } from './edl/lines.ts';
import { placeMarkers } from './edl/markers.ts';
import { layoutOf, PROFILES } from './edl/profile.ts';
import { reelNames, reelTable } from './edl/reels.ts';
import { canHold, pictureEntries, soundEntries, type Laid } from './edl/tracks.ts';
import { DEFAULT_OPTIONS, type Export, type Exported, type ExportOptions, type Refused } from './export.ts';

export const edl: Export = {
  id: 'edl',
  label: 'EDL (CMX3600)',
  suffix: '.edl',
  write,
};

function write(list: CutList, options: ExportOptions = DEFAULT_OPTIONS): Exported | Refused {
  const refused = refusal(list);
  if (refused) return { refused };
  const { names, losses } = reelNames(list, options.reels);
  const writing: Writing = {
    list,
    profile: PROFILES[options.target],
    layout: layoutOf(options),
    reels: names,
    lose: (loss: Loss) => losses.push(loss),
  };
  const laid = list.tracks.map((track): Laid => {
    trackLosses(track, writing);
    return { track, lines: canHold(track) ? linesOf(list, track, writing.profile, writing.lose) : [] };
  });
  if (!writing.profile.locators) markerLoss(writing);
  const [first, ...upper] = videoTracks(laid);
  const sound = laid.filter(({ track }) => track.type === 'audio' && canHold(track));
  const main = inRecordOrder([
    ...(first ? pictureEntries(first, writing) : []),
    ...soundEntries(sound, writing),
  ]);
  const top = writing.profile.locators ? placeMarkers(main, writing) : [];
  const files = listFiles('', main, options.split, writing, top);
  for (const each of upper)
    if (each.lines.length) {
      const entries = inRecordOrder(pictureEntries(each, writing));
      files.push(...listFiles(`_${trackName(each.track)}`, entries, options.split, writing));
    }
  linkLoss(writing);
  const table = reelTable(names, writing.lose);
  if (table !== null) files.push({ suffix: '_reels.csv', text: table });
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
function videoTracks(laid: readonly Laid[]): [Laid | null, ...Laid[]] {
  const video = laid.filter(({ track }) => track.type === 'video');
  const first = video.find(({ track }) => track.index === 1) ?? null;
  return [first, ...video.filter((each) => each !== first)];
}

function trackLosses(track: CutTrack, { lose }: Writing): void {
  const name = trackName(track);
  const count = track.events.length;
  if (!canHold(track) && count) {
    const { length } = track.transitions;
    const message = `an EDL has four sound tracks; the events of ${name} are not in the list`;
    lose({ what: 'track', where: name, count, message });
    if (length)
      lose({
        what: 'transition',
        where: name,
        count: length,
        message: 'they are not in the list, as their track is not',
      });
  } else if (!track.enabled && count)
    lose({
      what: 'disabled',
      where: name,
      count,
      message: `${name} is switched off in the sequence, which an EDL cannot say; its events are listed`,
    });
}

function markerLoss({ list, lose }: Writing): void {
  const count = list.markers.length;
  if (count) lose({ what: 'marker', where: 'sequence', count, message: 'an EDL holds no sequence markers' });
}

/** By record in; picture before sound where both begin together. Stable, so tracks keep their order. */
function inRecordOrder(entries: Entry[]): Entry[] {
  return entries.sort((a, b) => a.at - b.at);
}

/** Only events that share a line are linked in a list. */
function linkLoss({ list, lose }: Writing): void {
  const links = new Map<number, Set<string>>();
  for (const track of list.tracks)
    for (const { link, recordIn, recordOut } of track.events) {
      if (link === undefined) continue;
      const places = links.get(link) ?? new Set();
      places.add(`${track.type} ${recordIn} ${recordOut}`);
      links.set(link, places);
    }
  const count = [...links.values()].filter((places) => places.size > 1).length;
  if (count > 0)
    lose({
      what: 'link',
      where: 'sequence',
      count,
      message: 'an EDL does not say which picture and sound are linked',
    });
}
