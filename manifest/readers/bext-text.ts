/**
 * The lines recorders write into a broadcast WAV's bext Description: `sSCENE=A101`, `gTAKE=01`, or plain `SCENE=12`.
 * The letter before the word is the maker's; what it says is the same. The older form of iXML, and its fallback.
 */
import type { Issue } from '../documents/issue.ts';
import { mayDrop, nominal, parseRate, type Rate } from '../time/rate.ts';
import type { Reader, ReadOptions } from './reader.ts';

/** What the lines say; a field that is absent was not said, or was empty. */
export interface BextText {
  scene?: string;
  take?: string;
  /** Sound roll. */
  tape?: string;
  note?: string;
  circled?: boolean;
  noGood?: boolean;
  wild?: boolean;
  /** Timecode rate, from `sSPEED=023.976-ND`. */
  speed?: Rate;
  /** Track names by track number, from 1. */
  tracks: Record<number, string>;
}

const LINE = /^[a-z]?([A-Z][A-Z0-9_]*)=(.*)$/;

function read(text: string, { name }: ReadOptions): { value: BextText; issues: Issue[] } {
  const value: BextText = { tracks: {} };
  const issues: Issue[] = [];
  // Metacorder leaves memory behind the first NUL.
  for (const line of text.split('\0', 1)[0]!.split(/[\r\n]+/)) {
    const match = LINE.exec(line.trim());
    const said = match?.[2]!.trim();
    if (!match || !said) continue;
    const problem = readLine(match[1]!, said, value);
    if (problem) {
      const message = `${name}: ${line.trim().slice(0, 60)} in the bext description ${problem}.`;
      issues.push({ code: 'bext-rate', severity: 'warning', at: name, clips: [], message });
    }
  }
  return { value, issues };
}

/** Null, or what is wrong with the line. Words that Baton has no use for (UBITS, SWVER, FILENAME…) are passed over. */
function readLine(word: string, said: string, value: BextText): string | null {
  const track = /^TRK(\d{1,3})$/.exec(word);
  if (track) value.tracks[Number(track[1])] = said;
  else if (word === 'SCENE') value.scene = said;
  else if (word === 'TAKE') value.take = said;
  else if (word === 'TAPE') value.tape = said;
  else if (word === 'NOTE') value.note = said;
  else if (word === 'CIRCLED') value.circled = isTrue(said);
  else if (word === 'NO_GOOD' || word === 'NG') value.noGood = isTrue(said);
  else if (word === 'WILD_TRACK' || word === 'WILD') value.wild = isTrue(said);
  else if (word === 'SPEED') return readSpeed(said, value);
  return null;
}

const isTrue = (said: string) => /^(true|yes|y|1)$/i.test(said);

/** `023.976-ND`, `029.97-DF`, `25`. */
function readSpeed(said: string, value: BextText): string | null {
  const match = /^0*(\d+(?:\.\d+)?|\d+\/\d+)\s*-?\s*(NDF?|DF?)?$/i.exec(said);
  const rate = match && parseRate(match[1]!);
  if (!rate || nominal(rate) < 1) return 'is not a frame rate; the sound counts as having none';
  const drop = /^d/i.test(match[2] ?? '');
  value.speed = { ...rate, drop: drop && mayDrop(rate) };
  return drop && !mayDrop(rate) ? 'says drop-frame where it does not exist; it is read as non-drop' : null;
}

export const bextText: Reader<BextText> = {
  id: 'bext-text',
  label: 'bext description of a sound file',
  suffixes: [],
  reads: 'sound-metadata',
  looksLike: (text) => /^[a-z]?(SCENE|TAKE|TAPE|SPEED|TRK\d+)=/m.test(text.slice(0, 256)),
  read,
};
