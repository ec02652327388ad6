/**
 * Reads FCP7 XML (xmeml 4 and 5) as Final Cut Pro 7, Premiere, Resolve and others write it: every sequence of the file, the
 * nested ones after those that stand in bins.
 */
import type { CutList } from '../documents/cutlist.ts';
import { readXml, type XmlElement } from '../xml/read.ts';
import type { Reader, ReadOptions } from './reader.ts';
import { survey } from './xmeml/document.ts';
import { Report } from './xmeml/report.ts';
import { readSequence } from './xmeml/sequence.ts';

export const xmeml: Reader<CutList[]> = {
  id: 'xmeml',
  label: 'FCP7 XML (Premiere, Resolve, Final Cut Pro 7)',
  suffixes: ['xml'],
  silent: [
    'size',
    'frame-grid',
    'source-out',
    'speeds',
    'channel-tracks',
    'track-names',
    'marker-colours',
    'made',
    'transition-words',
    'grades',
  ],
  reads: 'timeline',
  looksLike: (text) => /<xmeml[\s>]/.test(text.slice(0, 4096)),
  read,
};

function read(text: string, { name, rate }: ReadOptions) {
  const { root, issues } = readXml(text, name);
  const report = new Report(name);
  const value = root ? cutsOf(root, rate, report) : [];
  return { value, issues: [...issues, ...report.finish()] };
}

function cutsOf(root: XmlElement, rate: ReadOptions['rate'], report: Report): CutList[] {
  if (root.name !== 'xmeml') {
    report.add(
      'xmeml-root',
      'error',
      root.line,
      `the root is <${root.name.slice(0, 40)}>, and FCP7 XML begins with <xmeml>`,
    );
    return [];
  }
  const document = survey(root);
  const cuts = document.sequences.flatMap((element) => readSequence(element, document, rate, report) ?? []);
  if (document.sequences.length === 0)
    report.warn(
      'xmeml-empty',
      root.line,
      document.clips
        ? `the file holds ${document.clips} clips in bins and no sequence, so there is no cut to read`
        : 'the file holds no sequence',
    );
  return cuts;
}
