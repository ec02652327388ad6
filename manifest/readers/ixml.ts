/**
 * iXML, the chunk in which sound recorders say scene, take, sound roll, timecode rate and track names (iXML 1.x to 3.x).
 * Every element is optional; recorders leave out what they do not know.
 */
import type { Issue } from '../documents/issue.ts';
import { mayDrop, nominal, parseRate, type Rate } from '../time/rate.ts';
import { readXml, type XmlElement } from '../xml/read.ts';
import { readPlain } from './ixml/plain.ts';
import type { Reader, ReadOptions } from './reader.ts';

/** A track of the recording. `interleave` is its place in this file from 1, where the recorder said so. */
export interface IxmlTrack {
  interleave?: number;
  name: string;
}

/** What an iXML chunk says; a field that is absent was not said, or was empty. */
export interface IxmlRecord {
  project?: string;
  scene?: string;
  take?: string;
  /** Sound roll. */
  tape?: string;
  circled?: boolean;
  noGood?: boolean;
  falseStart?: boolean;
  wild?: boolean;
  note?: string;
  /** Shared by files that were recorded together. */
  familyUid?: string;
  timecodeRate?: Rate;
  fileSampleRate?: number;
  digitizerSampleRate?: number;
  /** Samples a second at which `timestamp` counts, where it is said. */
  timestampSampleRate?: number;
  /** Samples since midnight; absent where neither half was written. */
  timestamp?: number;
  /** In the order of the document. */
  tracks: IxmlTrack[];
  /** A copy of the bext chunk that some recorders keep in here. */
  bext: { timeReference?: number; originator?: string; date?: string; description?: string };
}

const END = '</BWFXML>';
/** Longer than any recorder's; beyond it the chunk is not iXML. */
const LONGEST = 1024 * 1024;

function read(text: string, { name }: ReadOptions): { value: IxmlRecord; issues: Issue[] } {
  const parsed = parse(text);
  if ('problem' in parsed) {
    const message = `${name}: the iXML chunk was not read: ${parsed.problem}; scene, take and rate are taken from elsewhere.`;
    const issue: Issue = { code: 'ixml-unreadable', severity: 'warning', at: name, clips: [], message };
    return { value: { tracks: [], bext: {} }, issues: [issue] };
  }
  const root = fieldsOf(parsed.root);
  const speed = fieldsOf(root.get('SPEED'));
  const rate = timecodeRate(speed, name);
  return { value: { ...record(root, speed), ...rate.value }, issues: rate.issues };
}

function parse(text: string): { root: XmlElement } | { problem: string } {
  const plain = text.length <= LONGEST ? readPlain(text) : null;
  if (plain?.name === 'BWFXML') return { root: plain };
  // Recorders pad the chunk with spaces or NULs, and some leave the tail of a longer document behind.
  const end = text.indexOf(END);
  if (end < 0) return { problem: `it has no ${END}` };
  const start = text.indexOf('<');
  const document = text.slice(start, end + END.length);
  if (document.length > LONGEST) return { problem: `it is longer than ${LONGEST} characters` };
  // No recorder writes a DOCTYPE; one that is there can only be meant to make a reader expand or fetch something.
  if (document.includes('<!') && /<!(DOCTYPE|ENTITY)/i.test(document))
    return { problem: 'it holds a DOCTYPE, which iXML has no use for' };
  const { root, issues } = readXml(mend(document), 'line');
  if (issues[0]) return { problem: issues[0].message.replace(/^line line/, 'line').replace(/\.$/, '') };
  return root?.name === 'BWFXML' ? { root } : { problem: 'it has no BWFXML element' };
}

/** Notes typed on a recorder hold bare ampersands and control characters, which XML forbids and people mean as written. */
function mend(document: string): string {
  return (
    document
      .replace(/&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[\da-f]{1,6});)/gi, '&amp;')
      // oxlint-disable-next-line no-control-regex
      .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F]/g, '')
  );
}

/** The children of an element by name, the first of each: looked up some twenty times a document. */
type Fields = Map<string, XmlElement>;

function fieldsOf(element: XmlElement | undefined): Fields {
  const fields: Fields = new Map();
  for (const each of element?.children ?? []) if (!fields.has(each.name)) fields.set(each.name, each);
  return fields;
}
/** The text of a direct child: NOTE also occurs inside SPEED, where it means something else. One that holds elements has none. */
function words(parent: Fields, name: string): string | undefined {
  const found = parent.get(name);
  return found && found.children.length === 0 ? found.text.trim() || undefined : undefined;
}
function flag(parent: Fields, name: string): boolean | undefined {
  const word = words(parent, name);
  return word === undefined ? undefined : /^(true|yes|1)$/i.test(word);
}
function whole(parent: Fields, name: string): number | undefined {
  const word = words(parent, name);
  return word !== undefined && /^-?\d{1,20}$/.test(word) ? Number(word) : undefined;
}

function record(root: Fields, speed: Fields): IxmlRecord {
  // TAKE_TYPE took over from the four flags in iXML 2.0; it is a list.
  const type = words(root, 'TAKE_TYPE');
  const kinds = type === undefined ? [] : type.toUpperCase().split(/[\s,;|]+/);
  const bext = fieldsOf(root.get('BEXT'));
  const said: Partial<IxmlRecord> = {
    project: words(root, 'PROJECT'),
    scene: words(root, 'SCENE'),
    take: words(root, 'TAKE'),
    tape: words(root, 'TAPE'),
    circled: flag(root, 'CIRCLED'),
    noGood: kinds.includes('NO_GOOD') || flag(root, 'NO_GOOD'),
    falseStart: kinds.includes('FALSE_START') || flag(root, 'FALSE_START'),
    wild: kinds.includes('WILD_TRACK') || flag(root, 'WILD_TRACK'),
    note: words(root, 'NOTE'),
    familyUid: words(fieldsOf(root.get('FILE_SET')), 'FAMILY_UID'),
    fileSampleRate: positive(whole(speed, 'FILE_SAMPLE_RATE')),
    digitizerSampleRate: positive(whole(speed, 'DIGITIZER_SAMPLE_RATE')),
    timestampSampleRate: positive(whole(speed, 'TIMESTAMP_SAMPLE_RATE')),
    timestamp: joined(speed, 'TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_HI', 'TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_LO'),
  };
  return {
    ...present(said),
    tracks: (root.get('TRACK_LIST')?.children ?? []).filter(isTrack).map((each) => track(fieldsOf(each))),
    bext: present({
      timeReference: joined(bext, 'BWF_TIME_REFERENCE_HIGH', 'BWF_TIME_REFERENCE_LOW'),
      originator: words(bext, 'BWF_ORIGINATOR'),
      date: words(bext, 'BWF_ORIGINATION_DATE'),
      description: words(bext, 'BWF_DESCRIPTION'),
    }),
  };
}

const positive = (value: number | undefined) => (value !== undefined && value > 0 ? value : undefined);

/** Two 32-bit halves as one count. Metacorder writes the low half as a signed number; others put all of it there. */
function joined(parent: Fields, high: string, low: string): number | undefined {
  const [upper, lower] = [whole(parent, high), whole(parent, low)];
  if (upper === undefined && lower === undefined) return undefined;
  if (!upper && lower !== undefined && lower >= 2 ** 32)
    return Number.isSafeInteger(lower) ? lower : undefined;
  const count = ((upper ?? 0) >>> 0) * 2 ** 32 + ((lower ?? 0) >>> 0);
  return Number.isSafeInteger(count) ? count : undefined;
}

const isTrack = ({ name, children }: XmlElement) => name === 'TRACK' && children.length > 0;

function track(element: Fields): IxmlTrack {
  const interleave = positive(whole(element, 'INTERLEAVE_INDEX'));
  return { ...(interleave === undefined ? {} : { interleave }), name: words(element, 'NAME') ?? '' };
}

/** TIMECODE_RATE `24000/1001` and TIMECODE_FLAG `NDF`: a rate that has no drop-frame is kept as non-drop, and said. */
function timecodeRate(speed: Fields, name: string): { value: { timecodeRate?: Rate }; issues: Issue[] } {
  const text = words(speed, 'TIMECODE_RATE');
  if (text === undefined) return { value: {}, issues: [] };
  const issue = (message: string): Issue => ({
    code: 'ixml-rate',
    severity: 'warning',
    at: name,
    clips: [],
    message,
  });
  const rate = parseRate(text);
  if (!rate || nominal(rate) < 1) {
    const message = `${name}: iXML TIMECODE_RATE "${text.slice(0, 40)}" is not a frame rate; the sound counts as having none.`;
    return { value: {}, issues: [issue(message)] };
  }
  const drop = /^d/i.test(words(speed, 'TIMECODE_FLAG') ?? '');
  if (drop && !mayDrop(rate)) {
    const message = `${name}: iXML says drop-frame at ${text}, where it does not exist; it is read as non-drop.`;
    return { value: { timecodeRate: rate }, issues: [issue(message)] };
  }
  return { value: { timecodeRate: { ...rate, drop: drop || rate.drop } }, issues: [] };
}

type Present<Said> = { [Field in keyof Said]?: Exclude<Said[Field], undefined> };

/** The fields that hold something: a document has no use for undefined. */
function present<Said extends object>(said: Said): Present<Said> {
  const kept: Record<string, unknown> = {};
  for (const name in said) if (said[name] !== undefined) kept[name] = said[name];
  return kept as Present<Said>;
}

export const ixml: Reader<IxmlRecord> = {
  id: 'ixml',
  label: 'iXML of a sound file',
  suffixes: ['ixml'],
  reads: 'sound-metadata',
  looksLike: (text) => /<BWFXML[\s>]/.test(text.slice(0, 4096)),
  read,
};
