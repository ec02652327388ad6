/** What the columns of each sheet were taken for, kept in the manifest, and what a person chose, used again at the next scan. */
import type { Handoff } from '../documents/handoff.ts';
import { LOG_MEANINGS, type ColumnChoice, type LogMeaning, type LogSheet } from '../documents/log.ts';
import { plainHeading } from './columns.ts';

export type Mappings = NonNullable<Handoff['log']['mappings']>;

/** Sheets read again replace what was kept of them. Undefined where there is nothing to keep. */
export function keptMappings(
  known: Mappings | undefined,
  sheets: LogSheet[],
  again: (path: string) => boolean,
): Mappings | undefined {
  const kept = Object.entries(known ?? {}).filter(([path]) => !again(path));
  const fresh = sheets.flatMap(({ path, columns }): [string, Mappings[string]][] =>
    columns && columns.length > 0
      ? [
          [
            path,
            {
              columns: columns.map(({ heading, meaning, confidence }) => ({ heading, meaning, confidence })),
            },
          ],
        ]
      : [],
  );
  const all = [...kept, ...fresh];
  return all.length > 0 ? Object.fromEntries(all) : undefined;
}

const KNOWN = new Set<string>(LOG_MEANINGS);

/**
 * What a person chose for this sheet at an earlier scan; for a sheet not seen before, what was chosen for one with the same
 * headings (the next day's sheet of the same template). `lines` are the sheet's headings, or its first lines where none were
 * found. What Baton itself proposed is proposed anew.
 */
export function chosenBefore(
  mappings: Mappings | undefined,
  path: string,
  lines: string[][],
): ColumnChoice[] {
  const known = Object.entries(mappings ?? {});
  const own = known.find(([sheet]) => sheet === path);
  if (own) return choicesOf(own[1]);
  const shapes = new Set(lines.map(shapeOf));
  const alike = known.find(([, { columns }]) => shapes.has(shapeOf(columns.map(({ heading }) => heading))));
  return alike ? choicesOf(alike[1]) : [];
}

function shapeOf(line: string[]): string {
  return line.map(plainHeading).join('\n').trimEnd();
}

/** A chosen heading that occurs twice is given as often, with what the others mean, because choices are used up in order. */
function choicesOf({ columns }: Mappings[string]): ColumnChoice[] {
  const chosen = new Set(
    columns.filter((column) => column.confidence === 'chosen').map(({ heading }) => plainHeading(heading)),
  );
  return columns
    .filter(({ heading }) => chosen.has(plainHeading(heading)))
    .map(({ heading, meaning }) => ({
      heading,
      // A meaning this version does not know is left alone.
      meaning: meaning !== null && KNOWN.has(meaning) ? (meaning as LogMeaning) : null,
    }));
}

/** `Heading=scene`, `Lens=none`: a choice, or why it is none. */
export function parseChoice(text: string): ColumnChoice | string {
  const at = text.lastIndexOf('=');
  const heading = text.slice(0, Math.max(at, 0)).trim();
  const word = text
    .slice(at + 1)
    .trim()
    .toLowerCase();
  if (at <= 0 || heading === '') return `"${text}" is not HEADING=MEANING`;
  if (word === 'none' || word === '') return { heading, meaning: null };
  const meaning = LOG_MEANINGS.find((each) => each === word);
  return meaning
    ? { heading, meaning }
    : `"${word}" is no meaning; there are ${LOG_MEANINGS.join(', ')}, none`;
}
