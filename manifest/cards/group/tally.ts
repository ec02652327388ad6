/** Where every file of a scan went: the numbers add up to the files found. */
import type { Grouped } from './group.ts';

export interface Tally {
  files: number;
  /** Files that are a clip by themselves, or its first. Documents are counted apart. */
  clips: number;
  documents: number;
  /** Further files of clips that are several, sound essences among them. */
  parts: number;
  /** Further frames of image sequences. */
  frames: number;
  sidecars: number;
  transcripts: number;
  /** A camera card's own bookkeeping. */
  card: number;
  /** Log sheets and the hand-over note. */
  logs: number;
  /** Of no kind a handoff knows. */
  other: number;
}

/** `logs`: files that were taken for the log or the note before the rest was grouped. */
export function tallyOf(groups: readonly Grouped<unknown>[], logs: number): Tally {
  const tally: Tally = {
    files: logs,
    clips: 0,
    documents: 0,
    parts: 0,
    frames: 0,
    sidecars: 0,
    transcripts: 0,
    card: 0,
    logs,
    other: 0,
  };
  for (const { clips, transcripts, card, other } of groups) {
    for (const { kind, parts, frames, sidecars } of clips) {
      tally[kind === 'document' ? 'documents' : 'clips']++;
      tally.parts += parts ? parts.length - 1 : 0;
      tally.frames += frames ? frames.length - 1 : 0;
      tally.sidecars += sidecars.length;
    }
    tally.transcripts += transcripts.length;
    tally.card += card.length;
    tally.other += other.length;
  }
  const { clips, documents, parts, frames, sidecars, transcripts, card, other } = tally;
  tally.files += clips + documents + parts + frames + sidecars + transcripts + card + other;
  return tally;
}

const WORDS: [keyof Tally, string, string][] = [
  ['clips', 'clip', 'clips'],
  ['parts', 'spanned part', 'spanned parts'],
  ['frames', 'further frame', 'further frames'],
  ['sidecars', 'sidecar', 'sidecars'],
  ['documents', 'document', 'documents'],
  ['transcripts', 'transcript', 'transcripts'],
  ['logs', 'log sheet or note', 'log sheets and notes'],
  ['card', "card's own file", "cards' own files"],
  ['other', 'of no kind Baton knows', 'of no kind Baton knows'],
];

/** `812 files: 240 clips, 31 spanned parts, 500 sidecars, 41 documents`. */
export function tallyText(tally: Tally): string {
  const told = WORDS.filter(([field]) => tally[field] > 0).map(
    ([field, one, many]) => `${tally[field]} ${tally[field] === 1 ? one : many}`,
  );
  return `${tally.files} ${tally.files === 1 ? 'file' : 'files'}: ${told.join(', ') || 'none'}`;
}
