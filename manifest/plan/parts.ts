/** Clips of several files that no editor joins: each part is imported, and has its own of the clip's notes. */
import { editorClips, framesBefore } from '../cards/group/files.ts';
import type { Clip, LogEntry, Note } from '../documents/handoff.ts';

/** A clip of the manifest, and what an editor holds of it: itself, or one of its parts. */
export interface Seen {
  whole: Clip;
  clip: Clip;
}

export function asEditorsSee(whole: Clip): Seen[] {
  return editorClips(whole).map((clip) => ({ whole, clip }));
}

/** What is logged of a part: notes that stand in it, and those without a place in the first. */
export function entriesOf(whole: Clip, clip: Clip, entries: LogEntry[]): LogEntry[] {
  if (clip === whole) return entries;
  const before = framesBefore(whole, clip.path);
  const first = clip.id === whole.id;
  const own = (note: Note): Note[] => {
    // A timecode outside the part places itself nowhere; the first keeps what nobody can place.
    if (note.timecode !== undefined) return [note];
    if (note.offset === undefined || before === null) return first ? [note] : [];
    const offset = note.offset - before;
    const length = clip.tech.durationFrames;
    return offset >= 0 && (length === undefined || offset < length) ? [{ ...note, offset }] : [];
  };
  return entries.map((entry) => ({ ...entry, notes: entry.notes.flatMap(own) }));
}
