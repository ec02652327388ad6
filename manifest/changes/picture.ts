/**
 * Two cuts one above the other: for each track what was, what is, and bands from the one to the other. What stayed is grey; what is
 * new, gone, moved or changed has a colour and a sign.
 */
import type { CutList } from '../documents/cutlist.ts';
import { escape } from '../exports/html/escape.ts';
import {
  across,
  bars,
  edges,
  picture,
  ruler,
  rulerMarks,
  UNITS,
  type Across,
} from '../exports/html/strip.ts';
import type { ChangeList } from './list.ts';
import { pairsOf, trackRows, type Side, type Standing } from './standing.ts';

const TOP = 18;
const BAR = 12;
const BAND = 12;
const ROW = BAR * 2 + BAND + 10;
/** Signs are drawn on bars of at least this many units, and on no more bars than that. */
const ROOM_FOR_SIGN = 90;
const MOST_SIGNS = 400;
/** Units between neighbours that share a band. */
const BESIDE = 2;

const SIGNS: Record<Exclude<Standing, 'same'>, string> = { new: '+', gone: '−', moved: '>', changed: '~' };

const WORDS: [Standing, string][] = [
  ['same', 'as before, or slid along'],
  ['new', '+ added'],
  ['gone', '− removed'],
  ['moved', '> moved'],
  ['changed', '~ trimmed, slipped, retimed, replaced or switched'],
];

export const PICTURE_STYLE = `
.pair{font-size:12px;line-height:${BAR}px;height:${ROW}px;color:var(--quiet);white-space:nowrap}
.pair b{display:block;font-weight:400;height:${BAR + BAND}px}
.strip.cuts{grid-template-columns:76px minmax(0,1fr)}
.strip.cuts+.legend{margin-left:76px}
.same{fill:var(--same)}.new{fill:var(--good)}.gone{fill:var(--bad)}.moved{fill:var(--moved)}.changed{fill:var(--changed)}
.band{opacity:.28}.band.same{opacity:.4}
text.sign{fill:var(--ground);font-size:12px;font-weight:700;text-anchor:middle}
`;

/** `before` and `after` are the cuts the list was made from. */
export function cutsPicture(list: ChangeList, before: CutList, after: CutList): string {
  const sides = pairsOf(list, before, after);
  const frames = Math.max(
    list.after.frames,
    ...sides.old.tracks.map(({ spans }) => spans[spans.length - 1]?.out ?? 0),
  );
  const rows = trackRows(sides);
  const height = TOP + rows.length * ROW;
  const x = across(frames);
  const { lines, labels } = ruler(rulerMarks(list.after.start, frames, list.after.rate), frames, height);
  const drawn = rows.map(({ old, now }, at) => drawRow(sides, old, now, x, TOP + at * ROW));
  const signs = drawn.flatMap((row) => row.signs).slice(0, MOST_SIGNS);
  const names = rows.map(({ old, now }) => {
    const first = old === null ? '' : `${escape(sides.old.tracks[old]!.key)} before`;
    const second = now === null ? '' : `${escape(sides.now.tracks[now]!.key)} after`;
    return `<div class="pair"><b>${first}</b>${second}</div>`;
  });
  const says = 'Both cuts, track by track; every difference is in the table below';
  const shown = picture(
    height,
    says,
    lines + drawn.map((row) => row.paths).join(''),
    labels + signs.join(''),
  );
  return `<div class="strip cuts"><div aria-hidden="true" style="padding-top:${TOP}px">${names.join('')}</div>${shown}</div>\n${legend(sides.used)}`;
}

function drawRow(
  sides: ReturnType<typeof pairsOf>,
  old: number | null,
  now: number | null,
  x: Across,
  top: number,
): { paths: string; signs: string[] } {
  const below = top + BAR + BAND;
  const signs: string[] = [];
  const lane = (side: Side, at: number | null, y: number) => {
    const spans = at === null ? [] : side.tracks[at]!.spans;
    const paths = (['same', 'changed', 'moved', 'gone', 'new'] as const).map((standing) => {
      const of = spans.filter((span) => span.standing === standing);
      if (standing !== 'same')
        for (const { in: from, out } of of)
          if (x(out) - x(from) >= ROOM_FOR_SIGN)
            signs.push(
              `<text class="sign" x="${(x(from) + x(out)) / 2 / (UNITS / 100)}%" y="${y + BAR - 2}">${SIGNS[standing]}</text>`,
            );
      const d = bars(
        of.map((span) => [span.in, span.out] as const),
        x,
        y,
        BAR,
      );
      return d ? `<path class="${standing}" d="${d}"/>` : '';
    });
    const cuts = edges(
      spans.map((span) => [span.in, span.out] as const),
      x,
      y,
      BAR,
    );
    return paths.join('') + cuts;
  };
  const bands = old === null || now === null ? '' : bandsOf(sides, old, now, x, top + BAR, below);
  return { paths: bands + lane(sides.old, old, top) + lane(sides.now, now, below), signs };
}

/** From each old place to its new one; what lies side by side in both cuts is one band. */
function bandsOf(
  sides: ReturnType<typeof pairsOf>,
  old: number,
  now: number,
  x: Across,
  top: number,
  bottom: number,
): string {
  const paths = new Map<Standing, string[]>();
  let last: { standing: Standing; a: [number, number]; b: [number, number] } | null = null;
  const flush = () => {
    if (!last) return;
    const list = paths.get(last.standing) ?? [];
    list.push(`M${last.a[0]} ${top}L${last.a[1]} ${top}L${last.b[1]} ${bottom}L${last.b[0]} ${bottom}z`);
    paths.set(last.standing, list);
  };
  for (const { in: from, out, standing: own, pair } of sides.old.tracks[old]!.spans) {
    if (!pair || pair.track !== now) continue;
    const standing = own === 'moved' ? own : 'same';
    const [a, b] = [[x(from), x(out)] as [number, number], [x(pair.in), x(pair.out)] as [number, number]];
    const near = (next: number, end: number) => next >= end && next - end <= BESIDE;
    if (last && last.standing === standing && near(a[0], last.a[1]) && near(b[0], last.b[1]))
      [last.a[1], last.b[1]] = [a[1], b[1]];
    else {
      flush();
      last = { standing, a, b };
    }
  }
  flush();
  return [...paths]
    .map(([standing, list]) => `<path class="band ${standing}" d="${list.join('')}"/>`)
    .join('');
}

function legend(used: ReadonlySet<Standing>): string {
  const items = WORDS.filter(([standing]) => used.has(standing)).map(
    ([standing, words]) =>
      `<li><svg viewBox="0 0 22 12" aria-hidden="true"><path class="${standing}" d="M0 1h22v10h-22z"/></svg>${words}</li>`,
  );
  return `<ul class="legend">${items.join('')}</ul>`;
}
