/**
 * CMX3600 edit decision lists as every editor writes them: Premiere, Resolve, Avid, Final Cut Pro, ShotGrid. Lines are read by
 * their words, never by column; what is not understood is said with its line.
 */
import type { CutList } from '../documents/cutlist.ts';
import type { Issue } from '../documents/issue.ts';
import { buildList } from './edl/build.ts';
import { isTimecode, parseEdit } from './edl/edit.ts';
import { issueBook, quoted, type IssueBook } from './edl/issues.ts';
import { parseLists, type RawList } from './edl/raw.ts';
import type { Reader, ReadOptions } from './reader.ts';

function read(text: string, { name, rate }: ReadOptions): { value: CutList[]; issues: Issue[] } {
  const issues = issueBook(name);
  const lists = parseLists(text, issues);
  const known = lists.filter((list) => list.edits.length > 0 || list.markers.length > 0 || list.title !== '');
  if (known.length === 0)
    issues.add(
      'edl-empty',
      'error',
      0,
      `${name} holds no edit: no line has a number, a reel, a channel, a transition and four timecodes.`,
    );
  const value = known.map((list) => {
    sayMarkers(list, issues);
    sayNotKept(list, issues);
    return buildList(list, name, rate, issues);
  });
  return { value, issues: issues.all() };
}

/** Lines that it names, at most. */
const NAMED = 20;

/** A one-frame event whose source is its record, with a marker's text under it, is how Resolve lists a marker. */
function sayMarkers({ edits }: RawList, issues: IssueBook): void {
  const lines = edits.filter((edit) => edit.isMarker).map(({ line }) => line);
  if (lines.length === 0) return;
  const named = lines.slice(0, NAMED).join(', ');
  const more = lines.length > NAMED ? ` and ${lines.length - NAMED} more` : '';
  const which =
    lines.length === 1
      ? `One event (line ${named}) is a marker`
      : `${lines.length} events (lines ${named}${more}) are markers`;
  issues.add(
    'edl-markers',
    'note',
    lines[0]!,
    `${which}, as Resolve lists them, and no clip: read as markers of the sequence.`,
  );
}

/** What the list says and a cut list has no place for: said once each, so that a long list stays readable. */
function sayNotKept({ comments }: RawList, issues: IssueBook): void {
  if (comments.first)
    issues.add(
      'edl-comment',
      'note',
      comments.first.line,
      `${comments.count} comments say nothing that a cut list holds and were passed over; the first is ${quoted(comments.first.text)}.`,
    );
}

function looksLike(text: string): boolean {
  const lines = text
    .slice(0, 4096)
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/);
  return lines.some((line, at) => {
    const bare = line.trim();
    if (at < 5 && /^TITLE:/i.test(bare)) return true;
    const words = /^\d/.test(bare) ? bare.split(/\s+/) : [];
    return words.length >= 7 && words.filter(isTimecode).length >= 2 && parseEdit(bare) !== null;
  });
}

export const edlReader: Reader<CutList[]> = {
  id: 'edl',
  label: 'EDL (CMX3600)',
  suffixes: ['edl'],
  silent: [
    'clock',
    'size',
    'media-start',
    'media',
    'frame-grid',
    'source-out',
    'speeds',
    'names',
    'sound',
    'sound-past-four',
    'upper-pictures',
    'channel-tracks',
    'track-names',
    'track-enabled',
    'enabled',
    'links',
    'markers',
    'clip-markers',
    'marker-owners',
    'marker-colours',
    'marker-lengths',
    'made',
    'transition-words',
    'sound-transitions',
    'other-transitions',
    'grades',
  ],
  reads: 'timeline',
  looksLike,
  read,
};
