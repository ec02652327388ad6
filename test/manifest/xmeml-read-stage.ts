/** Small FCP7 XML documents, read: for the tests of reading. */
import type { CutEvent, CutList } from '../../manifest/documents/cutlist.ts';
import { xmeml } from '../../manifest/readers/xmeml.ts';
import type { RATES } from '../../manifest/time/rate.ts';

export const P25 = '<rate><timebase>25</timebase><ntsc>FALSE</ntsc></rate>';
export const TICKS = 254016000000 / 25;

interface Words {
  video?: string;
  audio?: string;
  rate?: string;
  head?: string;
  attributes?: string;
  around?: (sequence: string) => string;
  given?: (typeof RATES)['25'];
}

export function document({
  video = '',
  audio = '',
  rate = P25,
  head = '',
  attributes = '',
  around = (s) => s,
}: Words): string {
  const sequence = `<sequence id="sequence-1" ${attributes}><name>Cut</name>${rate}${head}
<media><video><format><samplecharacteristics><width>1920</width><height>1080</height></samplecharacteristics></format>${video}</video><audio>${audio}</audio></media></sequence>`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE xmeml>\n<xmeml version="5">${around(sequence)}</xmeml>`;
}

export function read(words: Words) {
  const { value, issues } = xmeml.read(document(words), { name: 'cut.xml' });
  return { cut: value[0]!, value, codes: issues.map((issue) => issue.code), issues };
}

export const FILE = `<file id="f1"><name>a.mov</name><pathurl>file://localhost/m/a.mov</pathurl>${P25}<duration>1000</duration><media><video/></media></file>`;
export const item = (start: number, end: number, from: number, to: number, inside = FILE, id = `c${start}`) =>
  `<clipitem id="${id}"><name>a</name><start>${start}</start><end>${end}</end><in>${from}</in><out>${to}</out>${inside}</clipitem>`;
export const track = (...items: string[]) => `<track>${items.join('\n')}</track>`;
export const remap = (speed: string, more = '', reverse = 'FALSE') =>
  `<filter><effect><name>Time Remap</name><effectid>timeremap</effectid><parameter><parameterid>speed</parameterid><value>${speed}</value></parameter><parameter><parameterid>reverse</parameterid><value>${reverse}</value></parameter>${more}</effect></filter>`;

export const events = (cut: CutList): CutEvent[] => cut.tracks.flatMap((each) => each.events);
export const first = (words: Words) => {
  const made = read(words);
  const [event] = events(made.cut);
  return { ...made, event: event!, span: [event!.sourceIn, event!.sourceOut] };
};
