/**
 * Every marker of a cut in the order of the sequence: its own, and those on the media under its events, carried over to
 * record time through the event's exact speed. Markers in = markers listed + losses of what `marker`.
 */
import { eventPlace, recordTimecode, trackName } from '../../cutlist.ts';
import { isSampleRate } from '../../cutsource.ts';
import type { CutEvent, CutList, CutMarker, CutTrack } from '../../documents/cutlist.ts';
import type { Loss } from '../../documents/issue.ts';
import type { Rate } from '../../documents/rate.ts';

/** `frame` counts from the sequence's first, `duration` in its frames; `on` is null for the sequence's own. */
export interface ListedMarker extends CutMarker {
  on: { track: CutTrack; event: CutEvent } | null;
}

export function listedMarkers(list: CutList, lose: (loss: Loss) => void): ListedMarker[] {
  const listed: ListedMarker[] = list.markers.map((marker) => ({ ...marker, on: null }));
  const seen = new Set<string>();
  let again = 0;
  for (const track of list.tracks)
    for (const event of track.events)
      for (const marker of event.markers ?? []) {
        const placed = project(marker, event, list.rate);
        if (typeof placed === 'string') {
          const message = `${event.name}: its marker "${marker.name || marker.comment}" ${placed}`;
          lose({ what: 'marker', where: eventPlace(list, event), count: 1, message });
          continue;
        }
        // Picture and its sound are one take with the same markers; a list of them says each once.
        const key = JSON.stringify([
          placed.frame,
          mediaKey(event),
          marker.name,
          marker.comment,
          marker.colour,
        ]);
        if (seen.has(key)) again++;
        else {
          seen.add(key);
          listed.push({ ...marker, ...placed, on: { track, event } });
          if (placed.cut)
            lose({
              what: 'marker-length',
              where: `${trackName(track)} at ${recordTimecode(list, placed.frame)}`,
              count: 1,
              message: `${event.name}: its marker "${marker.name || marker.comment}" lasts longer than the event shows; it ends with it`,
            });
        }
      }
  if (again > 0)
    lose({
      what: 'marker',
      where: 'sequence',
      count: again,
      message: `${again} markers of media that lies on several tracks at once are listed on the first of them alone`,
    });
  return listed.sort((a, b) => a.frame - b.frame);
}

function mediaKey({ source, id }: CutEvent): string {
  return source ? (source.clip ?? source.file ?? source.name) : id;
}

/** The record frame in which a moment of the media is seen or heard; else the reason why there is none. */
function project(
  marker: CutMarker,
  event: CutEvent,
  rate: Rate,
): { frame: number; duration: number; cut: boolean } | string {
  const { speed, sourceIn, sourceOut, recordIn, recordOut } = event;
  if (marker.frame < sourceIn || marker.frame >= sourceOut)
    return `lies outside what the event shows (frame ${marker.frame} of the media, shown are ${sourceIn}–${sourceOut})`;
  if (!speed) return 'lies on media whose speed varies, so that its record time is not known';
  const own = event.source?.rate ?? rate;
  // A freeze shows one moment all along, from its first frame.
  const still = speed.num === 0;
  // Sound is placed to the nearest sample of a frame, up to half a sample before it; one sample brings it into that frame.
  const nudge = isSampleRate(own) ? 1 : 0;
  const along = speed.num < 0 ? sourceOut - 1 - marker.frame : marker.frame - sourceIn + nudge;
  const scale = scaleOf(own, rate, still ? { num: 1, den: 1 } : speed);
  const frame = still ? recordIn : Math.min(recordIn + scaled(along, scale, false), recordOut - 1);
  const duration = marker.duration > 0 ? Math.max(1, scaled(marker.duration, scale, true)) : 0;
  const room = recordOut - frame;
  // Rounding up at the very end of an event cuts nothing that anybody could see.
  return { frame, duration: Math.min(duration, room), cut: duration > room && marker.duration > 1 };
}

/** Record frames for one unit of the media, as a ratio of whole numbers. */
function scaleOf(own: Rate, rate: Rate, speed: { num: number; den: number }): [bigint, bigint] {
  return [
    BigInt(own.den) * BigInt(rate.num) * BigInt(speed.den),
    BigInt(own.num) * BigInt(rate.den) * BigInt(Math.abs(speed.num)),
  ];
}

/** Down, or to the nearest. */
function scaled(count: number, [num, den]: [bigint, bigint], nearest: boolean): number {
  const product = BigInt(count) * num;
  return Number(nearest ? (product * 2n + den) / (den * 2n) : product / den);
}
