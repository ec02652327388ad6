/** What in a cut needs care when it is handed on: the things formats and editors carry differently, counted from the model alone. */
import type { CutEvent, CutList, CutSource } from '../../documents/cutlist.ts';
import { rateLabel, sameSpeed } from '../../time/rate.ts';
import { counted } from './count.ts';
import { isSampled } from './places.ts';

/** Sentences of plain text, most telling first; empty where the cut is straight cuts of known media. */
export function careNotes(list: CutList): string[] {
  const events = list.tracks.flatMap((track) => track.events);
  const sources = [
    ...new Map(
      events.flatMap(({ source }) => (source ? [[source.file ?? source.name, source]] : [])),
    ).values(),
  ] as CutSource[];
  return [
    ...transitionNotes(list),
    ...speedNotes(events),
    ...kindNotes(events),
    counted(events.filter((event) => !event.enabled).length, 'event is', 'events are', 'switched off'),
    counted(list.tracks.filter((track) => !track.enabled).length, 'track is', 'tracks are', 'switched off'),
    counted(
      sources.filter(({ file }) => file === null).length,
      'source has',
      'sources have',
      'no known file: relink by name',
    ),
    counted(
      sources.filter(({ start, still }) => start === null && !still).length,
      'source has',
      'sources have',
      'no timecode: lists count it from 0',
    ),
    ...rateNotes(list, sources),
    counted(
      sources.filter(({ reel, hasPicture, still }) => reel === undefined && hasPicture && !still).length,
      'picture source has',
      'picture sources have',
      'no reel name',
    ),
  ].filter((note): note is string => note !== null);
}

function transitionNotes(list: CutList): string[] {
  const kinds = new Map<string, number>();
  for (const { transitions } of list.tracks)
    for (const { kind } of transitions) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  if (kinds.size === 0) return [];
  const all = [...kinds.values()].reduce((sum, count) => sum + count, 0);
  const names = [...kinds].map(([kind, count]) =>
    kind === 'other' ? `${count} known to their editor only` : counted(count, kind, `${kind}s`)!,
  );
  return [`${counted(all, 'transition', 'transitions')!} (${names.join(', ')})`];
}

function speedNotes(events: CutEvent[]): string[] {
  const count = (is: (speed: CutEvent['speed']) => boolean) => events.filter(({ speed }) => is(speed)).length;
  const parts: [number, string][] = [
    [count((speed) => speed === null), 'varying'],
    [count((speed) => speed !== null && speed.num === 0), 'frozen'],
    [count((speed) => speed !== null && speed.num < 0), 'backwards'],
    [
      count((speed) => speed !== null && speed.num > 0 && speed.num !== speed.den),
      'at another constant speed',
    ],
  ];
  const there = parts.filter(([number]) => number > 0);
  if (there.length === 0) return [];
  const all = there.reduce((sum, [number]) => sum + number, 0);
  return [
    `${counted(all, 'event is', 'events are', 'retimed')!} (${there.map(([number, word]) => `${number} ${word}`).join(', ')})`,
  ];
}

const KINDS: Partial<Record<CutEvent['kind'], [string, string]>> = {
  title: ['title', 'titles'],
  nested: ['nested sequence', 'nested sequences'],
  adjustment: ['adjustment layer', 'adjustment layers'],
  multicam: ['multicam clip', 'multicam clips'],
  unknown: ['event of unknown kind', 'events of unknown kind'],
};

function kindNotes(events: CutEvent[]): string[] {
  const counts = new Map<CutEvent['kind'], number>();
  for (const { kind } of events) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].flatMap(([kind, count]) => {
    const words = KINDS[kind];
    return words ? [counted(count, ...words)!] : [];
  });
}

function rateNotes(list: CutList, sources: CutSource[]): string[] {
  const rates = new Map<string, number>();
  for (const source of sources)
    if (!isSampled(source) && !source.still && !sameSpeed(source.rate, list.rate))
      rates.set(rateLabel(source.rate), (rates.get(rateLabel(source.rate)) ?? 0) + 1);
  return [...rates].map(([rate, count]) =>
    counted(
      count,
      'source runs',
      'sources run',
      `at ${rate} fps, not the sequence's ${rateLabel(list.rate)}`,
    )!,
  );
}
