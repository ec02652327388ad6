/** Cuts written as FCP7 XML and parsed again: for the tests of writing. */
import { expect } from 'vitest';
import type { CutEvent, CutList } from '../../manifest/documents/cutlist.ts';
import type { Exported, ExportOptions } from '../../manifest/exports/export.ts';
import { xmeml } from '../../manifest/exports/xmeml.ts';
import { RATES, type Rate } from '../../manifest/time/rate.ts';
import { childText, readXml, type XmlElement } from '../../manifest/xml/read.ts';
import { list, track } from './cutlist-samples.ts';
import { validXmeml } from './xmeml-dtd.ts';

export const FILM = RATES['23.976'];
export const PAL = RATES['25'];

/** The file and its losses; the file is well-formed, and valid where the DTD is at hand. */
export function written(
  cut: CutList,
  options?: ExportOptions,
): Exported & { root: XmlElement; text: string } {
  const made = xmeml.write(cut, options);
  if ('refused' in made) throw new Error(made.refused);
  const { text } = made.files[0]!;
  validXmeml(text);
  const { root, issues } = readXml(text, 'cut.xml');
  expect(issues).toEqual([]);
  return { ...made, root: root!, text };
}

export function all(element: XmlElement, name: string): XmlElement[] {
  return element.children.flatMap((each) => [...(each.name === name ? [each] : []), ...all(each, name)]);
}

export function one(events: Omit<CutEvent, 'id'>[], rate: Rate = FILM, name = 'V1', options?: ExportOptions) {
  const made = written(list(rate, '01:00:00:00', [track(name, events)]), options);
  return { ...made, items: all(made.root, 'clipitem'), what: made.losses.map((loss) => loss.what) };
}

/** start, end, in, out, duration */
export const times = (item: XmlElement) =>
  ['start', 'end', 'in', 'out', 'duration'].map((name) => Number(childText(item, name)));
