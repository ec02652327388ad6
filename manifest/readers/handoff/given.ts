/** What a person who writes a note or a row into a manifest by hand need not think of: ids, and empty lists. */
import { sha256Hex } from '../../canonical.ts';
import type { Issue } from '../../documents/issue.ts';

type Loose = Record<string, unknown>;

const isThing = (value: unknown): value is Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const lacksId = (thing: Loose) => thing['id'] === undefined || thing['id'] === null || thing['id'] === '';

/** Places told in a sentence; all are counted. */
const TOLD = 5;

/**
 * Fills in what rows and notes of the log lack, in `document` itself; what is wrong stays for the schema to say. The same text gets
 * the same id until it is written with one.
 */
export function giveIds(document: Loose): Issue[] {
  const places: string[] = [];
  const entries = listOf((document['log'] as Loose | undefined)?.['entries']).filter(isThing);
  const taken = new Set(entries.map(({ id }) => id));
  for (const [at, entry] of entries.entries()) {
    entry['notes'] ??= [];
    entry['clips'] ??= [];
    if (lacksId(entry)) {
      entry['id'] = freeId('row', JSON.stringify({ ...entry, id: '' }), taken);
      places.push(`log.entries[${at}]`);
    }
    places.push(...giveNoteIds(entry).map((place) => `log.entries[${at}].${place}`));
  }
  if (places.length === 0) return [];
  const more = places.length > TOLD ? ` and ${places.length - TOLD} more` : '';
  return [
    {
      code: 'manifest-no-id',
      severity: 'note',
      at: places[0]!,
      clips: [],
      message: `${places.slice(0, TOLD).join(', ')}${more} had no id and got one; it is written with the next change of the manifest.`,
    },
  ];
}

function giveNoteIds(entry: Loose): string[] {
  const notes = listOf(entry['notes']);
  const taken = new Set(notes.filter(isThing).map(({ id }) => id));
  return notes.flatMap((note, at): string[] => {
    if (!isThing(note)) return [];
    note['kind'] ??= 'note';
    if (!lacksId(note)) return [];
    note['id'] = freeId('note', `${String(entry['id'])}\n${JSON.stringify({ ...note, id: '' })}`, taken);
    return [`notes[${at}]`];
  });
}

function freeId(kind: string, text: string, taken: Set<unknown>): string {
  for (let nth = 1; ; nth++) {
    const id = `${kind}-${sha256Hex(`${text}\n${nth}`).slice(0, 12)}`;
    if (taken.has(id)) continue;
    taken.add(id);
    return id;
  }
}
