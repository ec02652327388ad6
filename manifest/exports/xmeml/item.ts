/** The items of a track as elements: clips, titles and the transitions between them. */
import { eventPlace } from '../../cutlist.ts';
import type { CutList, CutMarker, CutTransition } from '../../documents/cutlist.ts';
import type { Loss } from '../../documents/issue.ts';
import { rescale } from '../../readers/xmeml/count.ts';
import { divide, fraction, round, subtract, type Fraction } from '../../time/fraction.ts';
import type { FileTable } from './files.ts';
import type { Numbered } from './links.ts';
import type { Nests } from './nests.ts';
import { markerXml, type Escape, type Logging } from './logging.ts';
import type { Crossing, Placed } from './place.ts';
import { timeRemapXml, type Timing } from './timing.ts';

export interface Context {
  list: CutList;
  /** The sequence's rate as an element: every item counts at it. */
  rate: string;
  type: 'video' | 'audio';
  files: FileTable;
  nests: Nests;
  numbers: Numbered;
  escape: Escape;
  lose(loss: Loss): void;
  logging: Logging;
}

export function clipXml(item: Placed, context: Context): string {
  const { event, head, tail, hidden } = item;
  const { escape, rate, type, numbers, files } = context;
  const length = event.recordOut - event.recordIn;
  const [file, timing] = [item.file!, item.timing!];
  const frozen = timing.retime !== null && timing.retime.freeze !== null;
  // A frozen frame and a still have as much handle as anyone likes, on their own side of the in.
  const from = frozen || event.source!.still ? timing.in : timing.in - head;
  const to = from + length + head + tail;
  const { master, said } = context.logging(event.source!);
  const still = event.source!.still
    ? '<stillframe>TRUE</stillframe>'
    : frozen
      ? `<stillframe>TRUE</stillframe><stillframeoffset>${timing.retime!.freeze}</stillframeoffset>`
      : '';
  const channel =
    type === 'audio'
      ? `<sourcetrack><mediatype>audio</mediatype><trackindex>${event.channels?.[0] ?? 1}</trackindex></sourcetrack>\n`
      : '';
  return `<clipitem id="${numbers.id(item)}">
<name>${escape(event.name, event.id)}</name><masterclipid>${master ?? file.master}</masterclipid><enabled>${event.enabled ? 'TRUE' : 'FALSE'}</enabled><duration>${Math.max(timing.duration, to)}</duration>${rate}
<start>${hidden.start ? -1 : event.recordIn - head}</start><end>${hidden.end ? -1 : event.recordOut + tail}</end><in>${from}</in><out>${to}</out>${still}
${event.kind === 'nested' ? context.nests.xml(file) : files.xml(file)}
${channel}${timeRemapXml(timing, from, to, type)}${markersXml(item, context)}${said}${numbers.links(item)}</clipitem>
`;
}

function markersXml({ event, timing, file }: Placed, context: Context): string {
  if (!event.markers?.length) return '';
  const where = eventPlace(context.list, event);
  return event.markers
    .map((marker) => {
      const { frame, exact } = markerFrame(marker, timing!, file!.source.rate, context.list);
      if (!exact)
        context.lose({
          what: 'marker-place',
          where,
          count: 1,
          message: `${event.name}: marker "${marker.name}" stands between two frames of the sequence; it is written at the nearest`,
        });
      const duration =
        marker.duration > 0
          ? Math.max(1, rescale(marker.duration, event.source!.rate, context.list.rate))
          : 0;
      return markerXml({ ...marker, duration }, frame, where, context.escape);
    })
    .join('');
}

/** A marker counts like its clip's in: on a retimed clip along the warped clip. */
function markerFrame(marker: CutMarker, timing: Timing, own: { num: number; den: number }, list: CutList) {
  const { retime } = timing;
  const plain = rescale(marker.frame, own, list.rate);
  if (!retime || retime.freeze !== null)
    return { frame: plain, exact: rescale(plain, list.rate, own) === marker.frame };
  const media = fraction(
    BigInt(marker.frame) * BigInt(own.den) * BigInt(list.rate.num),
    BigInt(own.num) * BigInt(list.rate.den),
  );
  const span: Fraction = subtract(retime.to, retime.from);
  const along = divide(subtract(media, retime.from), divide(span, fraction(timing.length)));
  return { frame: timing.in + round(along), exact: along.den === 1n };
}

/** A generator that keeps the place of a title, and its markers: it counts frames of the sequence from its first. */
export function titleXml(item: Placed, context: Context): string {
  const { event, head, tail, hidden } = item;
  const name = context.escape(event.name, event.id);
  const out = event.recordOut - event.recordIn + head + tail;
  const where = eventPlace(context.list, event);
  const markers = (event.markers ?? []).map((marker) =>
    markerXml(marker, marker.frame - event.sourceIn + head, where, context.escape),
  );
  return `<generatoritem id="${context.numbers.id(item)}">
<name>${name}</name><enabled>${event.enabled ? 'TRUE' : 'FALSE'}</enabled><duration>${out}</duration>${context.rate}
<start>${hidden.start ? -1 : event.recordIn}</start><end>${hidden.end ? -1 : event.recordOut}</end><in>0</in><out>${out}</out><alphatype>black</alphatype>
<effect><name>Text</name><effectid>Text</effectid><effectcategory>Text</effectcategory><effecttype>generator</effecttype><mediatype>video</mediatype>
<parameter><parameterid>str</parameterid><name>Text</name><value>${name}</value></parameter></effect>
${markers.join('')}${context.numbers.links(item)}</generatoritem>
`;
}

export function transitionXml(
  { transition, in: from, out: to, alignment }: Crossing,
  context: Context,
): string {
  return `<transitionitem>
<start>${from}</start><end>${to}</end><alignment>${alignment}</alignment>${context.rate}
<effect><name>${context.escape(transition.name, 'transition')}</name>${effectXml(transition, context.type)}<startratio>0</startratio><endratio>1</endratio><reverse>FALSE</reverse></effect>
</transitionitem>
`;
}

function effectXml({ kind, wipe }: CutTransition, type: Context['type']): string {
  if (type === 'audio')
    return '<effectid>KGAudioTransCrossFade3dB</effectid><effecttype>transition</effecttype><mediatype>audio</mediatype><wipecode>0</wipecode><wipeaccuracy>100</wipeaccuracy>';
  const [id, category] = kind === 'wipe' ? ['Edge Wipe', 'Wipe'] : ['Cross Dissolve', 'Dissolve'];
  return `<effectid>${id}</effectid><effectcategory>${category}</effectcategory><effecttype>transition</effecttype><mediatype>video</mediatype><wipecode>${kind === 'wipe' ? (wipe ?? 0) : 0}</wipecode><wipeaccuracy>100</wipeaccuracy>`;
}
