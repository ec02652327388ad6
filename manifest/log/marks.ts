/** What a mark in a sheet means: under Circled, Good, NG, MOS or Wild, or as a word under Status. */
import type { Pick } from '../documents/handoff.ts';
import type { LogRow } from '../documents/log.ts';

const NO_MARK =
  /^(|-|–|—|0|no?|nein|non|não|nao|false|falsch|faux|falso|n\/?a|none|keine?|unchecked|☐|□|✗|✘)$/i;
const NO_GOOD =
  /^(ng|n\.g\.|no good|nk|nicht kopieren|bad|reject(ed)?|do not use|dnu|false start|fs|cut|waste|✗|✘)$/i;
const ALTERNATE = /^(alt(ernate|ernativ[eao]?)?|hold|keep|backup|reserve|back-up)$/i;
const CIRCLED =
  /^(circled?|circ(le|led)? take|print(ed)?|select(ed)?|pick|kopierer|best|[*★⭐✓✔]+|cerclée?|bonne|favou?rite)$/i;
const GOOD = /^(good|ok|okay|gut|bon|buena|buona|boa|usable)$/i;
const MOS = /^(mos|m\.o\.s\.|stumm|mute|muet|mudo|muto|no sound|ohne ton|sans son|sin sonido)$/i;
const WILD = /^(wt|wild|wild ?track|nurton|nur ton|atmo|son seul)$/i;
const SYNC = /^(sync|synch?ron(e|o)?|sound|ton|son|sonido|suono|som|yes|ja|oui|s[ií]|sim|x)$/i;

export function isMarked(cell: string): boolean {
  return !NO_MARK.test(cell.trim());
}

/** What a mark in a Circled, Print or Kopierer column means. */
export function pickOf(cell: string, marked: Pick): Pick | undefined {
  const text = cell.trim();
  // A cross is a mark under NG and none under Circled.
  if (NO_GOOD.test(text) && (marked === 'rejected' || !/^[✗✘]$/.test(text))) return 'rejected';
  if (ALTERNATE.test(text)) return 'alternate';
  return NO_MARK.test(text) ? undefined : marked;
}

/** A word under Status or Rating; undefined for one that is no mark. */
export function statusOf(cell: string): Pick | undefined {
  const text = cell.trim();
  if (NO_GOOD.test(text)) return 'rejected';
  if (ALTERNATE.test(text)) return 'alternate';
  if (CIRCLED.test(text)) return 'circled';
  return GOOD.test(text) ? 'good' : undefined;
}

export function soundKindOf(cell: string): LogRow['soundKind'] {
  const text = cell.trim();
  if (MOS.test(text)) return 'mos';
  if (WILD.test(text)) return 'wild';
  return SYNC.test(text) ? 'sync' : undefined;
}

/** Circled says more than good, and NG more than either, whichever column comes first. */
export function keepPick(entry: LogRow, pick: Pick | undefined): void {
  const weight = (each: Pick | undefined) => ['good', 'alternate', 'circled', 'rejected'].indexOf(each ?? '');
  if (pick && weight(pick) > weight(entry.pick)) entry.pick = pick;
}
