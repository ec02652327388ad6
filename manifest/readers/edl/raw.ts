/** An EDL as its lines stand: edits in their order, each with the notes that belong to it; no time is counted yet. */
import type { IssueBook } from './issues.ts';
import { quoted } from './issues.ts';
import { parseEdit, type EditLine } from './edit.ts';
import { meansEdit, sayBroken, sayLoose, type LooseLine } from './loose.ts';
import { parseNote, type NoteLine } from './notes.ts';
import type { CutGrade } from '../../documents/cutlist.ts';
import type { Motion } from './motion.ts';

/** What the lines under an edit say about one clip. */
export interface ClipNotes {
  name?: string;
  called?: string;
  /** Path of the file, where one is written. */
  file?: string;
  sourceFile?: string;
  reel?: string;
  what: string[];
  timecode?: { rate: string; in: string; out: string };
  /** `line` is the first of its lines. */
  cdl?: { grade: CutGrade; line: number };
}

export interface RawMarker {
  /** Timecode, or a bare count of source frames. */
  at: string;
  colour: string;
  name: string;
  comment: string;
  duration: number;
  line: number;
  /** The edit it stands under, as its index in `edits`; −1 = before the first. */
  edit: number;
}

export interface RawEdit extends EditLine {
  line: number;
  /** What the last FCM line before it says; null = there was none. */
  fcm: boolean | null;
  /** Index of the first line of a two-line transition whose second this is. */
  pair: number | null;
  /** Notes before a TO CLIP NAME: they are the outgoing clip's where there is one. */
  first: ClipNotes;
  /** From TO CLIP NAME on. */
  second: ClipNotes | null;
  keyName?: string;
  effect?: string;
  cutAt?: string;
  /** Under a transition: its outgoing clip is none of the events above. */
  outgoingAt?: string;
  aud: number[];
  patches: { source: number; record: number }[];
  motions: { reel: string; motion: Motion; at: string; line: number }[];
  freeze: boolean;
  /** Unstarred lines that no rule knows, with their line numbers: Resolve's marker notes come before their marker. */
  loose: LooseLine[];
  /** This edit is the frame of a Resolve marker, not a clip. */
  isMarker: boolean;
}

export function isBlack(edit: EditLine): boolean {
  return edit.reel.toUpperCase() === 'BL';
}

export interface RawList {
  title: string;
  edits: RawEdit[];
  markers: RawMarker[];
  /** Short reels and the full names that comments and tables give them. */
  reels: Map<string, string>;
  fcm: boolean | null;
  comments: { count: number; first: { text: string; line: number } | null };
}

function emptyList(title: string): RawList {
  return {
    title,
    edits: [],
    markers: [],
    reels: new Map(),
    fcm: null,
    comments: { count: 0, first: null },
  };
}

/** A file holds several lists where TITLE comes again after an edit. */
export function parseLists(text: string, issues: IssueBook): RawList[] {
  const lists: RawList[] = [];
  let list = emptyList('');
  let table: string | null = null;
  /** `line` with its tabs, which divide the cells of a table; `bare` without what surrounds it. */
  const take = (bare: string, line: string, at: number) => {
    const edit = parseEdit(bare);
    if (edit) {
      table = null;
      addEdit(list, edit, at, issues);
      return;
    }
    const note = parseNote(line);
    if (note.kind === 'title') {
      const title = note.text.slice(0, 500);
      if (list.edits.length === 0) list.title ||= title;
      else {
        lists.push(list);
        list = emptyList(title);
      }
    } else if (note.kind === 'tableSource') table = note.reel;
    else if (note.kind === 'sourceFile' && table !== null) list.reels.set(table, note.text);
    else if (note.kind === 'fcm') {
      if (note.drop !== null) list.fcm = note.drop;
      // Other lines have been seen glued to this one.
      if (note.rest !== '') take(note.rest, note.rest, at);
    } else addNote(list, note, at, issues);
  };
  text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .forEach((line, index) => {
      // oxlint-disable-next-line no-control-regex
      const bare = line.replace(/[\u0000\u001a]+/g, '').trim();
      if (bare !== '') take(bare, line, index + 1);
    });
  lists.push(list);
  for (const { edits } of lists) for (const { loose } of edits) sayLoose(loose, issues);
  return lists;
}

function addEdit(list: RawList, edit: EditLine, line: number, issues: IssueBook): void {
  const { edits } = list;
  const before = edits[edits.length - 1];
  const second = edit.kind !== 'cut' && before?.kind === 'cut' && before.pair === null;
  const pairs = second && (before.number === edit.number || meets(before, edit));
  if (edit.rest !== '')
    issues.add(
      'edl-line',
      'warning',
      line,
      `${quoted(edit.rest)} stands behind the timecodes and was not read.`,
    );
  const { number, reel, channels, channelWord, kind, transitionWord, wipe, frames, source, record, rest } =
    edit;
  // Named one by one: objects made by spreading this many fields are several times slower, and lists are long.
  edits.push({
    number,
    reel,
    channels,
    channelWord,
    kind,
    transitionWord,
    wipe,
    frames,
    source,
    record,
    rest,
    line,
    fcm: list.fcm,
    pair: pairs ? edits.length - 1 : null,
    first: { what: [] },
    second: null,
    aud: [],
    patches: [],
    motions: [],
    freeze: false,
    loose: [],
    isMarker: false,
  });
}

/** A line of no length where a transition begins is its first line, whatever number it has. */
function meets(before: RawEdit, edit: EditLine): boolean {
  const [from, to] = before.record;
  return from === to && to === edit.record[0];
}

function addNote(list: RawList, note: NoteLine, line: number, issues: IssueBook): void {
  const edit = list.edits[list.edits.length - 1];
  const index = list.edits.length - 1;
  if (note.kind === 'locator') {
    const { at, colour } = note;
    list.markers.push({ at, colour, name: note.text, comment: '', duration: 1, line, edit: index });
  } else if (note.kind === 'reelIs') list.reels.set(note.short, note.full);
  else if (note.kind === 'grade') {
    const problem = addGrade(edit, note.grade);
    if (problem)
      issues.add('edl-cdl', 'warning', line, `This colour decision (ASC CDL) ${problem}; it was not read.`);
    else if (edit) (edit.second ?? edit.first).cdl!.line ||= line;
  } else if (note.kind === 'comment') {
    list.comments.count++;
    list.comments.first ??= { text: note.text, line };
  } else if (note.kind === 'other') {
    if (edit) edit.loose.push({ text: note.text, line });
    else if (meansEdit(note.text)) sayBroken(note.text, line, issues);
    else
      issues.add(
        'edl-line',
        'warning',
        line,
        `${quoted(note.text)} is neither an edit nor a comment; it was not read.`,
      );
  } else if (!edit) {
    list.comments.count++;
    list.comments.first ??= { text: 'a note before the first edit', line };
  } else if (note.kind === 'marker') addMarker(list, edit, note, line);
  else addToEdit(edit, note, line);
}

/** Says why not; null where the clip has it now. */
function addGrade(edit: RawEdit | undefined, grade: CutGrade | null): string | null {
  if (!grade) return 'is not three times three numbers, or one';
  if (!edit) return 'stands before the first edit';
  const clip = edit.second ?? edit.first;
  const known = (clip.cdl ??= { grade: {}, line: 0 }).grade;
  if ((grade.sop && known.sop) || (grade.sat !== undefined && known.sat !== undefined))
    return 'is the second of its kind under this edit';
  Object.assign(known, grade);
  return null;
}

function addMarker(
  list: RawList,
  edit: RawEdit,
  note: Extract<NoteLine, { kind: 'marker' }>,
  line: number,
): void {
  const { name, colour, duration } = note;
  const comment = [...edit.loose.map(({ text }) => text), note.note].join('\n').trim();
  list.markers.push({
    at: edit.record[0],
    colour,
    name,
    comment,
    duration,
    line,
    edit: list.edits.length - 1,
  });
  edit.loose = [];
  // The marker's own frame; an edit that plays something else only has a marker.
  edit.isMarker =
    edit.source[0] === edit.record[0] && edit.source[1] === edit.record[1] && edit.first.name === undefined;
}

function addToEdit(edit: RawEdit, note: NoteLine, line: number): void {
  const clip = edit.second ?? edit.first;
  switch (note.kind) {
    case 'from':
      edit.first.name ??= note.text;
      break;
    case 'to':
      edit.second ??= { what: [] };
      edit.second.name ??= note.text;
      break;
    case 'key':
      edit.keyName = note.text;
      break;
    case 'sourceFile':
      // Under a transition Avid gives the outgoing clip's only, even behind the incoming one's name.
      if (note.text === '(NULL)') break;
      if (edit.pair !== null && edit.second && edit.first.sourceFile === undefined)
        edit.first.sourceFile = note.text;
      else clip.sourceFile ??= note.text;
      break;
    case 'file':
    case 'reel':
    case 'called':
      clip[note.kind] ??= note.text;
      break;
    case 'is':
      clip.what.push(note.what);
      break;
    case 'sourceTimecode':
      clip.timecode = { rate: note.rate, in: note.in, out: note.out };
      break;
    case 'effect':
      edit.effect ??= note.text;
      break;
    case 'cutAt':
    case 'outgoingAt':
      edit[note.kind] ??= note.at;
      break;
    case 'aud':
      edit.aud.push(...note.tracks);
      break;
    case 'patch':
      edit.patches.push({ source: note.source, record: note.record });
      break;
    case 'motion':
      edit.motions.push({ reel: note.reel, motion: note.motion, at: note.at, line });
      break;
    case 'freeze':
      edit.freeze = true;
  }
}
