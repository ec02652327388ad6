/** Project metadata as Premiere keeps it: which columns take a write, and the XMP text it answers with. */
import { SaxesParser } from 'saxes';
import { sampleText, timecodeText } from './time.ts';
import type { StandinMedia, StandinNode, StandinState } from './state.ts';

const PROJECT = 'http://ns.adobe.com/premierePrivateProjectMetaData/1.0/';
const PREFIX = 'premierePrivateProjectMetaData';

const WRITABLE = new Set([
  'Column.PropertyText.Scene',
  'Column.PropertyText.Shot',
  'Column.PropertyText.Description',
  'Column.PropertyText.Comment',
  'Column.PropertyText.Client',
  'Column.PropertyText.SoundRoll',
  'Column.PropertyText.FilmCameraRoll',
  'Column.Intrinsic.LogNote',
  'Column.Intrinsic.TapeName',
  'Column.PropertyBool.Good',
  'Column.PropertyBool.Hide',
]);

/** Writes the listed fields that are columns; anything else is passed over in silence, as Premiere does. */
export function setMetadata(state: StandinState, node: StandinNode, xmp: string, fields: string[]): void {
  const packet = readPacket(xmp);
  for (const field of fields) {
    if (!WRITABLE.has(field) && !state.schema.some(({ name }) => name === field)) continue;
    const value = packet.get(field);
    const wrong =
      field.startsWith('Column.PropertyBool.') && value !== undefined && !/^(True|False)$/.test(value);
    if (wrong) continue;
    const there = node.metadata.findIndex(([column]) => column === field);
    const at = there < 0 ? node.metadata.length : there;
    node.metadata.splice(at, 1, ...(value ? [[field, value] as [string, string]] : []));
  }
}

/** Throws for text that is not XML, as Premiere's XMP parser does. */
function readPacket(xmp: string): Map<string, string> {
  const values = new Map<string, string>();
  const parser = new SaxesParser({ xmlns: true });
  let column: string | null = null;
  parser.on('error', () => {
    throw new Error('XMP parsing failure');
  });
  parser.on('opentag', (tag) => {
    if (tag.uri !== PROJECT) return;
    column = tag.local;
    values.set(column, '');
  });
  parser.on('text', (chars) => {
    if (column !== null) values.set(column, values.get(column)! + chars);
  });
  parser.on('closetag', (tag) => {
    if (tag.uri === PROJECT) column = null;
  });
  parser.write(xmp).close();
  return values;
}

/** The packet of an item: what it is, then what was set on it. Columns that are not set are absent. */
export function metadataText(node: StandinNode, localised: boolean): string {
  const columns: [string, string][] = [
    ['Column.Intrinsic.Name', node.name],
    ['Column.PropertyText.Label', `BE.Prefs.LabelColors.${node.label}`],
    [
      'Column.Intrinsic.MediaType',
      node.children ? 'Bin' : node.media?.hasVideo === false ? 'Audio' : 'Movie',
    ],
    ...(node.media ? mediaColumns(node, node.media, localised) : []),
    ...node.metadata,
  ];
  const body = columns
    .map(([id, value]) => `   <${PREFIX}:${id}>${escape(value)}</${PREFIX}:${id}>`)
    .join('\n');
  return (
    `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Adobe XMP Core 9.1">\n` +
    ` <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n  <rdf:Description rdf:about=""\n` +
    `    xmlns:${PREFIX}="${PROJECT}">\n${body}\n  </rdf:Description>\n </rdf:RDF>\n</x:xmpmeta>\n<?xpacket end="w"?>`
  );
}

function mediaColumns(node: StandinNode, media: StandinMedia, localised: boolean): [string, string][] {
  const frame = media.ticksPerFrame;
  const write = (ticks: string) =>
    frame === null ? sampleText(ticks) : timecodeText(ticks, frame, media.drop === true);
  const start = node.startTicks ?? media.startTicks ?? '0';
  return [
    ['Column.Intrinsic.MediaStart', write(start)],
    ['Column.Intrinsic.MediaDuration', write(media.durationTicks)],
    ['Column.Intrinsic.MediaTimebase', frame === null ? '48000 Hz' : fps(frame, localised)],
    ['Column.Intrinsic.FilePath', media.path],
  ];
}

function fps(ticksPerFrame: string, localised: boolean): string {
  const value = (254016000000 / Number(ticksPerFrame)).toFixed(2).replace(/\.?0+$/, '');
  return localised ? `${value.replace('.', ',')} i/s` : `${value} fps`;
}

function escape(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/\r/g, '&#xD;');
}
