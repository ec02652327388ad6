/** XMP beside media: what Adobe programs keep of scene, shot, take, reel and timecode (the Dynamic Media schema), as element or attribute. */
import { nominal, RATES, type Rate } from '../../time/rate.ts';
import {
  dayOf,
  filled,
  LONGEST,
  type SidecarNode,
  type SidecarReader,
  type SidecarStart,
} from './sidecar.ts';

/** What XMP calls rates in a timecode's format. */
const TIME_FORMATS = new Map<string, Rate>([
  ['23976Timecode', RATES['23.976']],
  ['24Timecode', RATES['24']],
  ['25Timecode', RATES['25']],
  ['2997DropTimecode', RATES['29.97df']],
  ['2997NonDropTimecode', RATES['29.97']],
  ['30Timecode', RATES['30']],
  ['50Timecode', RATES['50']],
  ['5994DropTimecode', RATES['59.94df']],
  ['5994NonDropTimecode', RATES['59.94']],
  ['60Timecode', RATES['60']],
]);

export const xmp: SidecarReader = {
  id: 'xmp',
  suffixes: ['xmp'],
  looksLike: (root) => root.name === 'xmpmeta' || root.name === 'RDF',
  read(root) {
    const fields = fieldsOf(root);
    const text = (name: string) => fields.get(name)?.text || undefined;
    const start = startOf(fields.get('altTimecode')) ?? startOf(fields.get('startTimecode'));
    const shot = text('shotName');
    // In Premiere the field is the setup's letter; other programs write a whole clip name into it.
    const setup = shot !== undefined && /^[A-Za-z0-9]{1,4}$/.test(shot) ? shot : undefined;
    return {
      tech: filled({ rate: start?.rate, recordedOn: dayOf(text('shotDate')) }),
      witness: filled({
        scene: text('scene'),
        setup,
        take: text('takeNumber'),
        reel: text('tapeName'),
        note: text('logComment'),
        pick: text('good')?.toLowerCase() === 'true' ? ('good' as const) : undefined,
      }),
      ...(start ? { start: start.start } : {}),
      ...filled({ clipName: setup === undefined ? (shot ?? '') : '' }),
    };
  },
};

/** Every property of every rdf:Description by its name without prefix, attributes as if they were elements. The first word counts. */
function fieldsOf(root: SidecarNode): Map<string, SidecarNode> {
  const fields = new Map<string, SidecarNode>();
  const keep = (node: SidecarNode) => {
    if (!fields.has(node.name)) fields.set(node.name, { ...node, text: plainText(node).slice(0, LONGEST) });
  };
  const rdf = root.name === 'RDF' ? root : root.children.find(({ name }) => name === 'RDF');
  for (const description of rdf?.children ?? []) {
    if (description.name !== 'Description') continue;
    for (const child of description.children) keep(child);
    for (const [name, text] of Object.entries(description.attributes))
      keep({ name: bare(name), attributes: {}, children: [], text });
  }
  return fields;
}

const bare = (name: string) => name.slice(name.indexOf(':') + 1);

/** A text, or the first of a list of alternatives (rdf:Alt, rdf:Seq, rdf:Bag). */
function plainText(node: SidecarNode): string {
  const item = node.children[0]?.children[0];
  return node.text || (item?.name === 'li' ? item.text : '');
}

/** A structure's fields stand in it, in a description in it, or in its attributes. */
function startOf(node: SidecarNode | undefined): { start: SidecarStart; rate: Rate } | undefined {
  if (!node) return undefined;
  const places = [node, ...node.children.filter(({ name }) => name === 'Description')];
  const field = (name: string) => {
    for (const { attributes, children } of places) {
      const child = children.find((each) => each.name === name)?.text;
      const attribute = Object.entries(attributes).find(([key]) => bare(key) === name)?.[1];
      if (child || attribute) return child || attribute;
    }
    return undefined;
  };
  const rate = TIME_FORMATS.get(field('timeFormat') ?? '');
  const label = field('timeValue');
  if (!rate || label === undefined || !/^\d\d[:;]\d\d[:;]\d\d[:;]\d\d$/.test(label)) return undefined;
  const start = { label: label.replaceAll(';', ':'), drop: rate.drop, nominal: nominal(rate) };
  return { start, rate: { ...rate, drop: false } };
}
