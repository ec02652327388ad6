/** Final Cut Pro 7 XML of a stand-in's sequence: what Premiere's own export holds of the same, in the same words. */
import type { StandinNode, StandinSequence, StandinTrack, StandinTrackItem } from './state.ts';
import { TICKS_PER_SECOND } from './time.ts';

// oxlint-disable-next-line no-control-regex -- what XML cannot say
const unsayable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800-\udfff\ufffe\uffff]/gu;

function escape(text: string): string {
  return text
    .replace(unsayable, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
}

/** `timebase` is the nominal rate; NTSC says that it runs 1000/1001 slower. */
function rateXml(ticksPerFrame: bigint): string {
  const nominal = (TICKS_PER_SECOND + ticksPerFrame / 2n) / ticksPerFrame;
  const ntsc = nominal * ticksPerFrame !== TICKS_PER_SECOND;
  return `<rate><timebase>${nominal}</timebase><ntsc>${ntsc ? 'TRUE' : 'FALSE'}</ntsc></rate>`;
}

export function xmeml(sequence: StandinSequence, nodeOf: (id: string) => StandinNode): string {
  const frame = BigInt(sequence.timebase);
  const frames = (ticks: string) => String(BigInt(ticks) / frame);
  const ends = [...sequence.videoTracks, ...sequence.audioTracks].flatMap(({ items }) =>
    items.map(({ end }) => BigInt(end)),
  );
  const length = ends.reduce((a, b) => (a > b ? a : b), 0n) / frame;
  const declared = new Set<string>();
  const trackXml = (track: StandinTrack) =>
    `<track>${track.items.map((item) => itemXml(item)).join('')}<enabled>${track.muted ? 'FALSE' : 'TRUE'}</enabled></track>`;
  const itemXml = (item: StandinTrackItem) =>
    `<clipitem id="clipitem-${item.id}"><name>${escape(item.name)}</name>` +
    `<enabled>${item.disabled ? 'FALSE' : 'TRUE'}</enabled>${rateXml(frame)}` +
    `<start>${frames(item.start)}</start><end>${frames(item.end)}</end><in>${frames(item.in)}</in><out>${frames(item.out)}</out>` +
    `${fileXml(item.node)}</clipitem>`;
  const fileXml = (id: string | null) => {
    const media = id === null ? undefined : nodeOf(id).media;
    if (id === null || !media) return '';
    if (declared.has(id)) return `<file id="file-${id}"/>`;
    declared.add(id);
    const url = `file://localhost${media.path.startsWith('/') ? '' : '/'}${encodeURI(media.path.replace(/\\/g, '/'))}`;
    const per = BigInt(media.ticksPerFrame ?? sequence.timebase);
    return (
      `<file id="file-${id}"><name>${escape(nodeOf(id).name)}</name><pathurl>${escape(url)}</pathurl>${rateXml(per)}` +
      `<duration>${BigInt(media.durationTicks) / per}</duration></file>`
    );
  };
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE xmeml>\n<xmeml version="4"><sequence id="sequence-1">` +
    `<uuid>${sequence.id}</uuid><duration>${length}</duration>${rateXml(frame)}<name>${escape(sequence.name)}</name>` +
    `<media><video>${sequence.videoTracks.map(trackXml).join('')}</video><audio>${sequence.audioTracks.map(trackXml).join('')}</audio></media>` +
    `<timecode>${rateXml(frame)}<frame>${BigInt(sequence.zeroPoint) / frame}</frame></timecode></sequence></xmeml>\n`
  );
}
