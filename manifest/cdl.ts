/** ASC CDL values of an event: exact decimals as people and lists write them, and what is said where a format has no place for them. */
import { eventPlace } from './cutlist.ts';
import type { CutGrade, CutList, Rgb } from './documents/cutlist.ts';
import type { Loss } from './documents/issue.ts';

/** Digits before or behind the point: more is no grade. */
const MOST_DIGITS = 40;

/** The one spelling of a decimal number: `1.0000` = `1`, `-.5` = `-0.5`, `1e-3` = `0.001`. Null where it is none. */
export function decimalOf(text: string): string | null {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,3}))?$/i.exec(text.trim());
  const [whole, part] = [match?.[2] ?? '', match?.[3] ?? ''];
  if (!match || whole + part === '') return null;
  const point = whole.length + Number(match[4] ?? 0);
  if (Math.abs(point) > MOST_DIGITS || whole.length + part.length > MOST_DIGITS) return null;
  const digits = '0'.repeat(Math.max(0, -point)) + whole + part;
  const at = Math.max(0, point);
  const before = digits.slice(0, at).padEnd(at, '0').replace(/^0+/, '') || '0';
  const behind = digits.slice(at).replace(/0+$/, '');
  const size = behind === '' ? before : `${before}.${behind}`;
  return match[1] === '-' && size !== '0' ? `-${size}` : size;
}

/** The lines of a list, `ASC_SOP (1 1 1)(0 0 0)(1 1 1)` and `ASC_SAT 1`. */
export function cdlLines({ sop, sat }: CutGrade): string[] {
  const group = (values: Rgb) => `(${values.join(' ')})`;
  return [
    ...(sop ? [`ASC_SOP ${group(sop.slope)}${group(sop.offset)}${group(sop.power)}`] : []),
    ...(sat === undefined ? [] : [`ASC_SAT ${sat}`]),
  ];
}

/** One loss for all grades of a cut. `format` as in `FCPXML has no place for …`. */
export function loseGrades(list: CutList, format: string, lose: (loss: Loss) => void): void {
  const graded = list.tracks.flatMap(({ events }) => events.filter(({ cdl }) => cdl !== undefined));
  const [first] = graded;
  if (first)
    lose({
      what: 'cdl',
      where: eventPlace(list, first),
      count: graded.length,
      message: `${first.name}${graded.length > 1 ? ` and ${graded.length - 1} more` : ''}: ${format} has no place for ASC CDL values; an EDL or OTIO keeps them`,
    });
}
