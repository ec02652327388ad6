/** What of whole tracks and of markers FCPXML has no word for. */
import { trackName } from '../../cutlist.ts';
import type { CutList } from '../../documents/cutlist.ts';
import type { Loss } from '../../documents/issue.ts';

export function sayWholes(list: CutList, lose: (loss: Loss) => void): void {
  const markers = [...list.markers];
  let commas = 0;
  for (const track of list.tracks) {
    const where = trackName(track);
    const count = track.events.length;
    for (const { markers: own, source } of track.events) {
      for (const marker of own ?? []) markers.push(marker);
      if (source?.tags?.some((tag) => tag !== tag.trim() || tag === '' || tag.includes(','))) commas++;
    }
    if (!count) continue;
    if (!track.enabled)
      lose({
        what: 'disabled',
        where,
        count,
        message: `${where} is switched off; FCPXML has no tracks, so each of its clips is switched off`,
      });
    if (!isPlainName(track.name, where))
      lose({
        what: 'track-name',
        where,
        count: 1,
        message: `${where} is called "${track.name}"; FCPXML has no tracks that could be`,
      });
  }
  const said = (what: string, count: number, message: string) => {
    if (count) lose({ what, where: 'sequence', count, message });
  };
  const coloured = markers.filter(({ colour }) => colour !== '').length;
  said('marker-colour', coloured, 'markers have no colours in FCPXML');
  const unnamed = markers.filter(({ name }) => name === '').length;
  said(
    'marker-name',
    unnamed,
    `${unnamed === 1 ? '1 marker has' : `${unnamed} markers have`} no name; FCPXML wants one: the timecode stands in its place, or "Marker"`,
  );
  said(
    'tag',
    commas,
    `the words of ${commas === 1 ? '1 clip' : `${commas} clips`} hold commas or blanks, at which FCPXML takes keywords apart`,
  );
}

/** A name that says no more than the track's number: `V1`, `Video 1`, `Audio 2`. */
function isPlainName(name: string, where: string): boolean {
  const short = name.replace(/^video\s*/i, 'V').replace(/^audio\s*/i, 'A');
  return name === '' || short.toUpperCase() === where;
}
