/** A change list as a page: both cuts in one picture, then every change in words. One file, no script, nothing from the network. */
import type { CutList } from '../documents/cutlist.ts';
import { escape, named } from '../exports/html/escape.ts';
import { page, table, type Column } from '../exports/html/page.ts';
import { rateLabel, sameRate } from '../time/rate.ts';
import { frameToTimecode } from '../time/timecode.ts';
import type { ChangeList } from './list.ts';
import { cutsPicture, PICTURE_STYLE } from './picture.ts';
import { countLine, notComparedLines } from './text.ts';
import { length, runningTimes } from './units.ts';
import { changeRows, type ChangeRow } from './words.ts';

const COLUMNS: Column[] = [
  { head: 'At', kind: 'time' },
  { head: 'Event', kind: 'short' },
  { head: 'Change', kind: 'wide' },
  { head: 'Name', kind: 'words' },
  { head: 'What changed', kind: 'words' },
];

const STYLE = `${PICTURE_STYLE}
td .quiet{white-space:nowrap}
td.sign{font-weight:600;white-space:nowrap}
td.plus{color:var(--good)}td.minus{color:var(--bad)}td.more{color:var(--moved)}td.tilde{color:var(--changed)}
`;

/** `before` and `after` are the cuts the list was made from. */
export function changesHtml(list: ChangeList, before: CutList, after: CutList): string {
  const rows = changeRows(list);
  const { before: was, after: now } = list;
  const by = runningTimes(list).difference.frames;
  const rates = sameRate(was.rate, now.rate)
    ? rateLabel(now.rate)
    : `${rateLabel(was.rate)} → ${rateLabel(now.rate)}`;
  const facts: [string, string][] = [
    ['Running time before', frameToTimecode(was.frames, was.rate)],
    ['Running time after', frameToTimecode(now.frames, now.rate)],
    ['Difference', by === 0 ? 'none' : `${length(by, now.rate)} ${by > 0 ? 'longer' : 'shorter'}`],
    ['Rate', `${rates} fps`],
    ['Events', was.events === now.events ? String(now.events) : `${was.events} → ${now.events}`],
  ];
  const empty = was.events + now.events === 0;
  const body = [
    `<p>${rows.length === 0 ? 'Nothing changed.' : `${escape(countLine(rows))}.`}</p>`,
    ...notComparedLines(list).map((line) => `<p class="quiet">${escape(line)}.</p>`),
    empty ? '' : `<h2>Both cuts</h2>\n${cutsPicture(list, before, after)}`,
    rows.length === 0 ? '' : `<h2>Changes</h2>\n${table(COLUMNS, rows.map(tableRow))}`,
  ];
  return page({
    title: `${was.name || 'Untitled cut'} → ${now.name || 'Untitled cut'}`,
    under: 'What changed between two cuts. Timecodes are the new cut’s, and the old one’s for what is gone.',
    facts,
    body: body.filter(Boolean).join('\n'),
    style: STYLE,
  });
}

const SIGN_CLASS = { '+': 'plus', '-': 'minus', '>': 'more', '~': 'tilde' } as const;

function tableRow({ sign, word, track, was, now, name, at, text }: ChangeRow): string {
  const id = (now ?? was)?.id ?? track;
  const once = was && now && was.id !== now.id ? `<br><span class="quiet">was ${escape(was.id)}</span>` : '';
  return (
    `<tr><td>${escape(at)}<td>${escape(id)}${once}<td class="sign ${SIGN_CLASS[sign]}">${escape(sign === '-' ? '−' : sign)} ${escape(word)}` +
    `<td>${named(name)}<td>${named(text)}`
  );
}
