/** A track as OTIO has it: items one after the other from the sequence's first frame, gaps between, transitions at the cuts. */
import { recordTimecode, trackName } from '../../cutlist.ts';
import type { CutTrack, CutTransition } from '../../documents/cutlist.ts';
import { sidesOf } from '../../transitions.ts';
import { itemText, type Writing } from './item.ts';
import { range, string, time } from './json.ts';

/** In pieces, to be joined once with those of the other tracks: a file of 10,000 clips is copied no more than it must be. */
export function trackPieces(track: CutTrack, writing: Writing): string[] {
  const { resolve } = writing;
  const cuts = cutsOf(track, writing);
  const children: string[] = [];
  const next = () => children.push(children.length === 0 ? '\n      ' : ',\n      ');
  let at = 0;
  const cross = () => {
    const transition = cuts.get(at);
    if (!transition) return;
    cuts.delete(at);
    next();
    children.push(transitionText(transition, at, writing));
  };
  for (const event of track.events) {
    cross();
    if (event.recordIn > at) {
      next();
      children.push(gapText(event.recordIn - at, writing));
      at = event.recordIn;
      cross();
    }
    next();
    children.push(itemText(event, writing));
    at = event.recordOut;
  }
  cross();
  const kind = track.type === 'video' ? 'Video' : 'Audio';
  const plain = `${kind} ${track.index}`;
  const own = track.name !== '' && track.name !== plain && track.name !== trackName(track);
  if (resolve && own)
    writing.lose({
      what: 'name',
      where: trackName(track),
      count: 1,
      message: `Resolve reads tracks that are called "${plain}"; the name "${track.name}" stands in Baton's own note`,
    });
  const note = `{"index": ${track.index}, "name": ${string(track.name)}}`;
  return trackFrame(kind, own && !resolve ? track.name : plain, note, track.enabled, children);
}

/** An empty track, so that the tracks above a number nobody used keep theirs. */
export function fillerPieces(type: CutTrack['type'], index: number): string[] {
  const kind = type === 'video' ? 'Video' : 'Audio';
  const note = `{"index": ${index}, "name": "", "filler": true}`;
  return trackFrame(kind, `${kind} ${index}`, note, true, []);
}

function trackFrame(
  kind: string,
  name: string,
  note: string,
  enabled: boolean,
  children: string[],
): string[] {
  const head = [
    '{"OTIO_SCHEMA": "Track.1"',
    `"metadata": {"baton": ${note}}`,
    `"name": ${string(name)}`,
    '"source_range": null',
    '"effects": []',
    '"markers": []',
    `"enabled": ${enabled}`,
    '"children": [',
  ].join(',\n    ');
  const pieces = [head];
  for (const child of children) pieces.push(child);
  pieces.push(`${children.length > 0 ? '\n    ' : ''}],\n    "kind": "${kind}"}`);
  return pieces;
}

function gapText(length: number, { list }: Writing): string {
  return `{"OTIO_SCHEMA": "Gap.1", "metadata": {}, "name": "", "source_range": ${range(time(0, list.rate), time(length, list.rate))}, "effects": [], "markers": [], "enabled": true}`;
}

function transitionText(transition: CutTransition, cut: number, { list, lose }: Writing): string {
  const { kind, wipe, name } = transition;
  const plain = kind === 'dissolve' || kind === 'fade';
  if (!plain)
    lose({
      what: 'transition',
      where: recordTimecode(list, transition.in),
      count: 1,
      message: `${name}: OTIO knows dissolves alone; it is written as a custom transition, which other programs may replace`,
    });
  const note = `{"kind": "${kind}"${wipe === undefined ? '' : `, "wipe": ${wipe}`}}`;
  return `{"OTIO_SCHEMA": "Transition.1", "metadata": {"baton": ${note}}, "name": ${string(name)}, "in_offset": ${time(cut - transition.in, list.rate)}, "out_offset": ${time(transition.out - cut, list.rate)}, "transition_type": "${plain ? 'SMPTE_Dissolve' : 'Custom_Transition'}"}`;
}

/** Transitions by the frame of the cut they lie over. One that lies over no edge of an event, or over another's cut, is lost. */
function cutsOf(track: CutTrack, { list, lose }: Writing): Map<number, CutTransition> {
  const cuts = new Map<number, CutTransition>();
  for (const transition of track.transitions) {
    const cut = sidesOf(track.events, transition).cut;
    const why =
      cut === null
        ? 'it lies over no edge of an event'
        : cuts.has(cut)
          ? 'another transition lies over the same cut'
          : null;
    if (cut !== null && why === null) cuts.set(cut, transition);
    else
      lose({
        what: 'transition',
        where: `${trackName(track)} at ${recordTimecode(list, transition.in)}`,
        count: 1,
        message: `${transition.name}: ${why}; OTIO has no place for it`,
      });
  }
  return cuts;
}
