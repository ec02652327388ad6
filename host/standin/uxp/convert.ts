/** What a stand-in's Premiere writes itself: Final Cut Pro 7 XML and OpenTimelineIO from 26.2, AAF from 26.3. */
import { writeFileSync } from 'node:fs';
import type { StandinSequence, StandinTrack } from '../premiere/state.ts';
import { xmeml } from '../premiere/xmeml.ts';
import { Sequence } from './sequence.ts';
import { TICKS_PER_SECOND } from './time.ts';
import type { World } from './world.ts';

/** Absent before 26.2. */
export function converter(world: World): Record<string, unknown> | undefined {
  if (!world.since('26.2')) return undefined;
  const write =
    (make: (sequence: StandinSequence) => string | Uint8Array) => (sequence: unknown, path: unknown) =>
      world.ask(() => {
        if (!(sequence instanceof Sequence) || typeof path !== 'string')
          throw new Error('Illegal Parameter type');
        world.model.count('export');
        try {
          writeFileSync(path, make(sequence.it));
          return true;
        } catch {
          return false;
        }
      });
  return {
    exportAsFinalCutProXML: write((it) => xmeml(it, (id) => world.node(id))),
    exportAsOpenTimelineIO: write((it) => `${JSON.stringify(otio(it, world), null, 2)}\n`),
    ...(world.since('26.3') ? { exportAAF: write(() => COMPOUND_FILE) } : {}),
  };
}

/** An AAF is a compound file; a stand-in's holds its signature and nothing else. */
const COMPOUND_FILE = Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1);

function otio(sequence: StandinSequence, world: World): unknown {
  const rate = TICKS_PER_SECOND / Number(sequence.timebase);
  const at = (ticks: bigint) => ({
    OTIO_SCHEMA: 'RationalTime.1',
    rate,
    value: Number(ticks / BigInt(sequence.timebase)),
  });
  const range = (start: bigint, duration: bigint) => ({
    OTIO_SCHEMA: 'TimeRange.1',
    start_time: at(start),
    duration: at(duration),
  });
  const track = (kind: string, { name, items }: StandinTrack) => {
    const children: unknown[] = [];
    let end = 0n;
    for (const item of items) {
      const [from, to] = [BigInt(item.start), BigInt(item.end)];
      if (from > end) children.push({ OTIO_SCHEMA: 'Gap.1', source_range: range(0n, from - end) });
      const media =
        item.node !== null && world.model.has(item.node) ? world.node(item.node).media : undefined;
      children.push({
        OTIO_SCHEMA: 'Clip.1',
        name: item.name,
        source_range: range(BigInt(item.in), to - from),
        media_reference: media
          ? { OTIO_SCHEMA: 'ExternalReference.1', target_url: media.path }
          : { OTIO_SCHEMA: 'MissingReference.1' },
      });
      end = to;
    }
    return { OTIO_SCHEMA: 'Track.1', name, kind, children };
  };
  const tracks = [
    ...sequence.videoTracks.map((each) => track('Video', each)),
    ...sequence.audioTracks.map((each) => track('Audio', each)),
  ];
  return {
    OTIO_SCHEMA: 'Timeline.1',
    name: sequence.name,
    global_start_time: at(BigInt(sequence.zeroPoint)),
    tracks: { OTIO_SCHEMA: 'Stack.1', children: tracks },
  };
}
