/** Reports of cuts, and a cut whose every name means harm, for the tests of the report. */
import { expect } from 'vitest';
import type { CutList } from '../../manifest/documents/cutlist.ts';
import { DEFAULT_OPTIONS, type ExportOptions } from '../../manifest/exports/export.ts';
import { html } from '../../manifest/exports/html.ts';
import { RATES } from '../../manifest/time/rate.ts';
import { event, list, pictureSource, track } from './cutlist-samples.ts';

export function report(cut: CutList, options: Partial<ExportOptions> = {}): string {
  const made = html.write(cut, { ...DEFAULT_OPTIONS, ...options });
  if ('refused' in made) throw new Error(made.refused);
  expect(made.losses).toEqual([]);
  expect(made.files.map(({ suffix }) => suffix)).toEqual(['.html']);
  return made.files[0]!.text;
}

/** Names of the kind that break pages: markup, quotes, turned text, control characters, half a letter. */
export const HOSTILE = [
  '<script>window.ran = 1</script>',
  '"><img src=x onerror="window.ran = 1">',
  "' onmouseover='window.ran = 1",
  '</title></style></svg><script>window.ran = 1</script>',
  '\u202Egpj.exe\u2066 end',
  'nul\u0000bell\u0007line\nbreak\u2028',
  'half\ud800letter',
  '&lt;b&gt; &amp;',
  'مرحبا A001',
  '__proto__',
];
/** As a person should read them. */
export const READ = HOSTILE.map((name) =>
  name
    .replace('\u202E', '\\u202E')
    .replace('\u2066', '\\u2066')
    .replace('\u0000', '\\u0000')
    .replace('\u0007', '\\u0007')
    .replace('\n', '\\u000A')
    .replace('\u2028', '\\u2028')
    .replace('\ud800', '\ufffd'),
);

export function hostileCut(): CutList {
  const rate = RATES['25'];
  const events = HOSTILE.map((name, nth) =>
    event(
      pictureSource(`A00${nth}`, rate, '10:00:00:00', {
        name,
        reel: name,
        scene: name,
        take: name,
        tags: [name],
      }),
      nth * 50,
      50,
      0,
      rate,
      { name },
    ),
  );
  const transitions = [{ in: 40, out: 60, kind: 'other' as const, name: HOSTILE[0]! }];
  return list(rate, '01:00:00:00', [track('V1', events, { name: HOSTILE[3]!, transitions })], {
    name: HOSTILE[3]!,
    markers: HOSTILE.map((name, nth) => ({ frame: nth, duration: 1, name, comment: name, colour: name })),
  });
}
