/** Entries as files: numbered, headed, split where the event number ends. ASCII, CRLF. */
import { ascii } from './ascii.ts';
import type { Writing } from './comments.ts';
import type { Entry } from './lines.ts';
import { reelComments } from './reels.ts';
import type { ExportedFile } from '../export.ts';

/** Three digits of event number. */
const MOST = 999;

/** `top` are lines that stand above the first event. */
export function listFiles(
  suffix: string,
  entries: Entry[],
  split: boolean,
  writing: Writing,
  top: readonly string[] = [],
): ExportedFile[] {
  const parts = split ? partsOf(entries) : [entries];
  return parts.map((part, at) => {
    const several = parts.length > 1 ? ` PART ${at + 1} OF ${parts.length}` : '';
    const title = `TITLE: ${ascii(writing.list.name)}${suffix.replace('_', ' ')}${several}`;
    return {
      suffix: `${suffix}${at ? `_PART${at + 1}` : ''}.edl`,
      text: listText(title, part, writing, at ? [] : top),
    };
  });
}

/** A part does not begin with a transition where that can be helped: it would have lost the clip it comes from. */
function partsOf(entries: Entry[]): Entry[][] {
  const parts: Entry[][] = [];
  let from = 0;
  do {
    let to = Math.min(from + MOST, entries.length);
    if (to < entries.length) {
      let back = to;
      while (back > from && entries[back]!.first !== undefined) back--;
      if (back > from) to = back;
    }
    parts.push(entries.slice(from, to));
    from = to;
  } while (from < entries.length);
  return parts;
}

function listText(
  title: string,
  entries: Entry[],
  { list, reels, layout }: Writing,
  top: readonly string[],
): string {
  const text = [title, `FCM: ${list.rate.drop ? 'DROP FRAME' : 'NON-DROP FRAME'}`];
  const used = new Set<string>();
  for (const entry of entries) for (const reel of entry.reels) used.add(reel);
  text.push(...reelComments(used, reels), ...top, '');
  entries.forEach(({ first, text: own, more }, at) => {
    const number = `${String(at + 1).padStart(layout.digits, '0')}  `;
    if (first !== undefined) text.push(number + first);
    text.push(number + own);
    for (const line of more ?? []) text.push(line);
    text.push('');
  });
  return text.join('\r\n');
}
