/** ASC CDL values of a clip, where OTIO's own EDL adapter keeps them: `metadata.cdl`, as plain numbers. */
import { decimalOf } from '../../cdl.ts';
import type { CutGrade, Rgb } from '../../documents/cutlist.ts';
import type { Said } from './said.ts';
import { record } from './time.ts';

/** Null where there are none; what is there and makes no grade is said. */
export function gradeOf(clip: Record<string, unknown>, place: string, said: Said): CutGrade | null {
  const cdl = record(record(clip['metadata'])?.['cdl']);
  if (!cdl) return null;
  const grade: CutGrade = {};
  const given = record(cdl['asc_sop']);
  const [slope, offset, power] = ['slope', 'offset', 'power'].map((name) => rgb(given?.[name]));
  if (slope && offset && power) grade.sop = { slope, offset, power };
  const sat = decimal(cdl['asc_sat']);
  if (sat !== null) grade.sat = sat;
  const whole = (cdl['asc_sop'] == null || grade.sop) && (cdl['asc_sat'] == null || sat !== null);
  if (!whole)
    said.say('otio-cdl', place, "a clip's ASC CDL is not three times three numbers, or one; it is not read");
  return grade.sop || sat !== null ? grade : null;
}

function rgb(value: unknown): Rgb | null {
  if (!Array.isArray(value) || value.length !== 3) return null;
  const [red, green, blue] = value.map(decimal) as [string | null, string | null, string | null];
  return red === null || green === null || blue === null ? null : [red, green, blue];
}

function decimal(value: unknown): string | null {
  return typeof value === 'number' ? decimalOf(String(value)) : null;
}
