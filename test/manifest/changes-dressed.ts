/** Cuts with what random cut lists leave out: links, channels, words, markers on clips, switched-off tracks, media that says little. */
import fc from 'fast-check';
import type { CutEvent, CutList, CutSource } from '../../manifest/documents/cutlist.ts';

const dress = fc.record({
  link: fc.nat({ max: 4 }),
  channels: fc.option(fc.constantFrom<number[]>([1], [2], [1, 2], [2, 1]), { nil: undefined }),
  tags: fc.boolean(),
  marker: fc.option(fc.nat({ max: 30 }), { nil: undefined }),
});

const media = fc.record({
  offline: fc.boolean(),
  noStart: fc.boolean(),
  noReel: fc.boolean(),
  noLength: fc.boolean(),
});

/** `cut` with draws of everything; the same media keeps one description. */
export function dressed(cut: fc.Arbitrary<CutList>): fc.Arbitrary<CutList> {
  return fc
    .record({
      cut,
      events: fc.array(dress, { minLength: 7, maxLength: 7 }),
      media: fc.array(media, { minLength: 5, maxLength: 5 }),
      off: fc.nat({ max: 7 }),
      named: fc.boolean(),
    })
    .map(({ cut: given, events, media: facts, off, named }) => {
      let nth = 0;
      const known = new Map<string, CutSource>();
      const sourceOf = (source: CutSource) => {
        const key = `${source.name} ${source.rate.num}`;
        if (!known.has(key)) known.set(key, less(source, facts[known.size % facts.length]!));
        return known.get(key)!;
      };
      const tracks = given.tracks.map((track, at) => ({
        ...track,
        name: named && at === 1 ? 'Dialogue' : track.name,
        enabled: at !== off,
        events: track.events.map((event): CutEvent => {
          const { link, channels, tags, marker } = events[nth++ % events.length]!;
          const copy: CutEvent = { ...event };
          if (!event.source) return copy;
          copy.source = sourceOf(event.source);
          if (tags) copy.source.tags ??= ['circled'];
          if (link > 0) copy.link = link;
          if (channels && track.type === 'audio') copy.channels = channels;
          if (marker !== undefined && event.sourceIn + marker < event.sourceOut)
            copy.markers = [
              { frame: event.sourceIn + marker, duration: 1, name: `K${nth}`, comment: 'x', colour: 'blue' },
            ];
          return copy;
        }),
      }));
      return { ...given, tracks };
    });
}

function less(source: CutSource, { offline, noStart, noReel, noLength }: Record<string, boolean>): CutSource {
  const { reel, ...copy } = source;
  const to: CutSource = { ...copy, ...(noReel || reel === undefined ? {} : { reel }) };
  if (offline) to.file = null;
  if (noStart) to.start = null;
  if (noLength) to.duration = null;
  return to;
}
