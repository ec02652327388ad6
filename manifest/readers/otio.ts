/**
 * OpenTimelineIO files: timelines, collections of them, and what is nested in them, each as a cut list; the first of a
 * timeline is the timeline itself. Rates become exact, places are added up exactly, and what is not read is said with how often.
 */
import type { CutList } from '../documents/cutlist.ts';
import type { Issue } from '../documents/issue.ts';
import { said } from './otio/said.ts';
import { parseText } from './otio/text.ts';
import { readTimelines } from './otio/timeline.ts';
import type { ReadOptions, Reader } from './reader.ts';

export const otioReader: Reader<CutList[]> = {
  id: 'otio',
  label: 'OpenTimelineIO',
  suffixes: ['otio'],
  silent: ['drop', 'size', 'media', 'speeds', 'links', 'made', 'transition-words', 'grades'],
  reads: 'timeline',
  looksLike: (text) =>
    /^\s*\{/.test(text.slice(0, 200)) && text.slice(0, 64 * 1024).includes('"OTIO_SCHEMA"'),
  read,
};

function read(text: string, { name, rate }: ReadOptions): { value: CutList[]; issues: Issue[] } {
  const parsed = parseText(text);
  if ('problem' in parsed) {
    const message = `${name} is not JSON, as OTIO files are: ${parsed.problem}. A file that was cut short must be exported again.`;
    return { value: [], issues: [{ code: 'otio-json', severity: 'error', at: name, clips: [], message }] };
  }
  const spoken = said(name);
  const lists: CutList[] = [];
  if (parsed.bare > 0)
    spoken.say(
      'otio-number',
      'numbers',
      `${parsed.bare} numbers are NaN or Infinity, which JSON does not have; they are read as nothing`,
      'note',
    );
  readTimelines(parsed.root, 'timeline', { said: spoken, rate, lists, nests: new Map() });
  return { value: lists, issues: spoken.issues() };
}
