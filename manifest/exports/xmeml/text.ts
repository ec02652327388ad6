/** Words, rates and timecodes as xmeml's elements hold them. */
import { isSampleRate } from '../../cutsource.ts';
import type { Loss } from '../../documents/issue.ts';
import type { Rate } from '../../time/rate.ts';
import { frameToTimecode } from '../../time/timecode.ts';

/** Anything but plain characters that stand for themselves inside an element. */
const SUSPECT = /[^ !-%'-;=?-\ud7ff\ue000-\ufffd]/;
/** Whole surrogate pairs are matched first, so that what is left of a surrogate is a lone one. */
const EACH = /[\ud800-\udbff][\udc00-\udfff]|[^ !-%'-;=?-\ud7ff\ue000-\ufffd]/g;
const KEPT: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '\t': '\t',
  '\n': '\n',
  // As a reference, or a reader would turn it into a line feed (XML 1.0, 2.11).
  '\r': '&#13;',
};

/** Escapes a word; what XML cannot hold (controls, halves of surrogate pairs) becomes U+FFFD, which `lose` hears. */
export function escaper(lose: (loss: Loss) => void): (value: string, where: string) => string {
  return (value, where) => {
    if (!SUSPECT.test(value)) return value;
    let count = 0;
    const written = value.replace(EACH, (character) => {
      if (character.length === 2) return character;
      const kept = KEPT[character];
      if (kept === undefined) count++;
      return kept ?? '\ufffd';
    });
    if (count) {
      const message = `${count} characters that XML cannot hold are replaced by U+FFFD: ${written}`;
      lose({ what: 'character', where, count, message });
    }
    return written;
  };
}

/** How xmeml says a rate: whole frames, or these × 1000/1001. Null for a rate it has no word for (12.5, samples). */
export function timebaseOf(rate: Rate): { timebase: number; ntsc: 'TRUE' | 'FALSE' } | null {
  if (isSampleRate(rate)) return null;
  if (rate.den === 1) return { timebase: rate.num, ntsc: 'FALSE' };
  if (rate.den === 1001 && rate.num % 1000 === 0) return { timebase: rate.num / 1000, ntsc: 'TRUE' };
  return null;
}

/** The rate must be one that `timebaseOf` knows. */
export function rateXml(rate: Rate): string {
  const { timebase, ntsc } = timebaseOf(rate)!;
  return `<rate><timebase>${timebase}</timebase><ntsc>${ntsc}</ntsc></rate>`;
}

/** A start timecode, with its reel where there is one; null = the media has none. `reel` is escaped. */
export function timecodeXml(frame: number | null, rate: Rate, reel?: string): string {
  const named = reel ? `<reel><name>${reel}</name></reel>` : '';
  if (frame === null) return named && `<timecode>${rateXml(rate)}${named}</timecode>`;
  const label = `<string>${frameToTimecode(frame, rate)}</string><frame>${frame}</frame>`;
  return `<timecode>${rateXml(rate)}${label}<displayformat>${rate.drop ? 'DF' : 'NDF'}</displayformat>${named}</timecode>`;
}
