/** Cuts with markers, and marker lists written of them: for the tests of marker lists. */
import { expect } from 'vitest';
import type { CutList, CutMarker } from '../../manifest/documents/cutlist.ts';
import type { Export, Exported } from '../../manifest/exports/export.ts';
import { RATES } from '../../manifest/time/rate.ts';

export const FILM = RATES['24'];

export function written(format: Export, cut: CutList): Exported & { text: string } {
  const made = format.write(cut);
  if ('refused' in made) throw new Error(made.refused);
  return { ...made, text: made.files[0]!.text };
}

export const marker = (frame: number, fields: Partial<CutMarker> = {}): CutMarker => ({
  frame,
  duration: 1,
  name: `m${frame}`,
  comment: '',
  colour: 'red',
  ...fields,
});

/** Resolve's list read back by its own grammar: TC, note, colour, name, length. */
export function resolveRead(text: string) {
  expect(text.split('\r\n').join('')).not.toMatch(/[\r\n]/);
  const lines = text.split('\r\n').slice(3);
  return lines.flatMap((line, at) => {
    const found = /^(\d{3,})  001      V     C        (\S+) (\S+) (\S+) (\S+)  $/.exec(line);
    if (!found) return [];
    const about = /^(.*) \|C:ResolveColor([A-Z][a-z]+) \|M:([^|]*) \|D:(\d+)$/.exec(lines[at + 1]!);
    expect(about, lines[at + 1]).not.toBeNull();
    const [, note, colour, name, length] = about!;
    return [
      { number: Number(found[1]), tc: found[2]!, to: found[3]!, note, colour, name, length: Number(length) },
    ];
  });
}
