/**
 * FCPXML 1.5–1.14 as Final Cut Pro, Resolve and others write it: every project, and clips that lie in none. The text is that of
 * a `.fcpxml` file or of the `Info.fcpxml` inside a bundle folder.
 */
import type { CutList } from '../documents/cutlist.ts';
import type { Issue } from '../documents/issue.ts';
import { readXml, type XmlElement } from '../xml/read.ts';
import { Early } from './fcpxml/early.ts';
import { readResources } from './fcpxml/resources.ts';
import { readLoose, readSequence, type Reading } from './fcpxml/sequence.ts';
import { Tally } from './fcpxml/tally.ts';
import { isItem } from './fcpxml/words.ts';
import type { Reader, ReadOptions } from './reader.ts';

export const fcpxmlReader: Reader<CutList[]> = {
  id: 'fcpxml',
  label: 'FCPXML (Final Cut Pro, Resolve)',
  suffixes: ['fcpxml', 'fcpxmld'],
  silent: [
    'size',
    'source-out',
    'speeds',
    'track-names',
    'track-enabled',
    'links',
    'marker-owners',
    'marker-colours',
    'marker-lengths',
    'made',
    'transition-words',
    'grades',
  ],
  reads: 'timeline',
  looksLike: (text) => /<fcpxml[\s>]/.test(text.slice(0, 4096)),
  read,
};

/** What a library holds beside clips and projects: how its browser is arranged. */
const ARRANGEMENT = new Set([
  'smart-collection',
  'keyword-collection',
  'collection-folder',
  'import-options',
]);

function read(text: string, options: ReadOptions): { value: CutList[]; issues: Issue[] } {
  let document = new Document(options);
  const { root, issues } = readXml(text, options.name, () => (document = new Document(options)).early.choose);
  const { tally } = document;
  const value = root?.name === 'fcpxml' ? lists(root, document, options) : [];
  if (root && root.name !== 'fcpxml')
    tally.fail('fcpxml-not', root.line, `this is <${root.name.slice(0, 60)}>, not <fcpxml>`);
  else if (!root && !issues.length) tally.fail('fcpxml-not', 1, 'there is no XML in it');
  else if (root && !value.length)
    tally.say('fcpxml-empty', root.line, 'it holds no project and no clip that could be read');
  return { value, issues: [...issues, ...tally.issues()] };
}

/** A document while it is read. */
class Document {
  readonly tally: Tally;
  /** Reads what needs nothing that comes after it. */
  readonly early: Early;
  private reading: Reading | null = null;
  private readonly rate: Reading['rate'];

  constructor({ name, rate }: ReadOptions) {
    this.tally = new Tally(name);
    this.rate = rate;
    this.early = new Early((root) => (root.children.some(isResources) ? this.readingOf(root) : null));
  }

  /** The root's version and resources are read the first time they are asked for. */
  readingOf(root: XmlElement): Reading {
    if (this.reading) return this.reading;
    const { tally, rate } = this;
    checkVersion(root, tally);
    const element = root.children.find(isResources);
    const resources = readResources(element, tally);
    // Nobody asks for them again.
    if (element) element.children = [];
    return (this.reading = { resources, tally, rate });
  }
}

const isResources = ({ name }: XmlElement) => name === 'resources';

/** A project's sequence, or the clips of one event that lie in no project. */
type Found = { project: XmlElement; name: string } | { clips: XmlElement[]; name: string };

function lists(root: XmlElement, document: Document, options: ReadOptions): CutList[] {
  const { tally, early } = document;
  const reading = document.readingOf(root);
  const found: Found[] = [];
  gather(root, options.name, found, tally);
  const projects = found.flatMap((each) => ('project' in each ? [each] : []));
  const loose = found.flatMap((each) => ('clips' in each ? [each] : []));
  const value: CutList[] = [];
  const keep = (list: CutList | null) => list && value.push(list);
  for (const { project, name } of projects) {
    const sequence = project.children.find((each) => each.name === 'sequence');
    if (sequence) keep(early.listOf(reading, sequence, name));
    else tally.say('fcpxml-empty', project.line, `the project ${name} has no sequence`);
  }
  for (const { clips, name } of loose) keep(readLoose(reading, clips, name));
  // Media alone: a compound clip that somebody saved by itself.
  if (!found.length)
    for (const media of reading.resources.media.values()) {
      const sequence = media.children.find((each) => each.name === 'sequence');
      if (sequence) keep(readSequence(reading, sequence, media.attributes['name'] ?? ''));
    }
  return value;
}

function checkVersion(root: XmlElement, tally: Tally): void {
  const version = root.attributes['version'] ?? '';
  const [, minor] = /^1\.(\d{1,2})$/.exec(version) ?? [];
  if (minor === undefined || Number(minor) < 5 || Number(minor) > 14)
    tally.say(
      'fcpxml-version',
      root.line,
      `version "${version.slice(0, 20)}" is not among 1.5–1.14; it is read as if it were`,
    );
}

/** Walks `fcpxml`, `library` and `event`; the loose clips of each are kept together. */
function gather(element: XmlElement, name: string, found: Found[], tally: Tally): void {
  const clips: XmlElement[] = [];
  for (const child of element.children) {
    const own = child.attributes['name'];
    if (child.name === 'library' || child.name === 'event') gather(child, own ?? name, found, tally);
    else if (child.name === 'project') found.push({ project: child, name: own ?? name });
    else if (isItem(child)) clips.push(child);
    else if (child.name !== 'resources' && !ARRANGEMENT.has(child.name))
      tally.say(
        'fcpxml-unknown-element',
        child.line,
        `<${child.name}> in <${element.name}> is not known and not read`,
        child.name,
      );
  }
  if (clips.length)
    found.push({ clips, name: clips.length === 1 ? (clips[0]!.attributes['name'] ?? name) : name });
}
