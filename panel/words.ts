/** The panel's words for the field's states, in one place, so that a thing is called the same in every view. */
import type { ClipKind } from '../manifest/documents/handoff.ts';
import type { Severity } from '../manifest/documents/issue.ts';
import type { AnyLabel, LabelName, MarkerColour, Step } from '../manifest/documents/plan.ts';
import type { SyncWord } from '../manifest/documents/sync.ts';

/** How a state looks: always beside its word, never instead of it. */
export type Tone = 'good' | 'attention' | 'bad' | 'note' | 'quiet';

export interface Worded {
  word: string;
  tone: Tone;
}

export const SEVERITY: Record<Severity, Worded> = {
  error: { word: 'Error', tone: 'bad' },
  warning: { word: 'Warning', tone: 'attention' },
  note: { word: 'Note', tone: 'note' },
};

export const VERDICT: Record<SyncWord, Worded> = {
  'in-sync': { word: 'In sync', tone: 'good' },
  mos: { word: 'MOS', tone: 'quiet' },
  wild: { word: 'Wild', tone: 'quiet' },
  'no-sound': { word: 'No sound', tone: 'bad' },
  'no-timecode': { word: 'No timecode', tone: 'bad' },
  'rate-mismatch': { word: 'Rates differ', tone: 'bad' },
  ambiguous: { word: 'Two candidates', tone: 'attention' },
  partial: { word: 'Partly covered', tone: 'attention' },
  'no-overlap': { word: 'No overlap', tone: 'bad' },
  orphan: { word: 'Orphan sound', tone: 'attention' },
};

export const CLIP_KIND: Record<ClipKind, [one: string, many: string]> = {
  picture: ['picture', 'pictures'],
  sound: ['sound file', 'sound files'],
  graphic: ['graphic', 'graphics'],
  music: ['music track', 'music tracks'],
  document: ['document', 'documents'],
};

export const COLOUR: Record<MarkerColour, string> = {
  green: 'Green',
  red: 'Red',
  purple: 'Purple',
  orange: 'Orange',
  yellow: 'Yellow',
  white: 'White',
  blue: 'Blue',
  cyan: 'Cyan',
};

export const LABEL: Record<LabelName, string> = {
  circled: 'circled',
  alternate: 'alternate',
  rejected: 'rejected',
  unsynced: 'unsynced',
  wild: 'wild',
  broll: 'B-roll',
};

/** A label in words, whoever's it is. */
export function labelWords(label: AnyLabel): string {
  return label === null ? 'none' : ((LABEL as Record<string, string>)[label] ?? label);
}

/** What a step does to its target: `Import`, `Move`. */
export const STEP_KIND: Record<Step['kind'], string> = {
  'make-bin': 'Make bin',
  import: 'Import',
  move: 'Move',
  'set-label': 'Label',
  'set-metadata': 'Log fields',
  'add-marker': 'Marker',
  'update-marker': 'Marker',
  'remove-marker': 'Remove marker',
  'remove-item': 'Remove from project',
  'remove-bin': 'Remove bin',
};

/** `1 change`, `143 changes`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`;
}

/** `2026-03-14T12:04:…Z` → `14 Mar, 12:04`, on this machine's clock. */
export function dayAndTime(at: string): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return at;
  const day = date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' });
  return `${day}, ${date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })}`;
}
