/**
 * Every cut format, written and read, at 10,000 events on 8 tracks: time and peak memory, beside a peer that does the same work
 * (xml2js for XML, JSON for JSON; JSON of the same cut is the yardstick elsewhere) and beside the limit, which is turning the
 * finished text into bytes or the bytes into text. Then how reading grows, and an FCPXML of 100 MB in a heap of 1 GB.
 *
 * Times are medians of interleaved rounds in one process. Peaks are peak RSS of a process that does the task once: Node itself, the
 * input and all. `idle` is a process that only takes in the input.
 *
 * `bench/interchange.ts [format ...]` measures these formats alone.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CutList } from '../manifest/documents/cutlist.ts';
import { bigCut } from './interchange/cut.ts';
import { measure, perform, put, type Peak, type Task } from './interchange/peak.ts';
import {
  peerInput,
  peerOf,
  peerRead,
  peerText,
  peerWrite,
  READ,
  readWhole,
  textsOf,
  WRITTEN,
} from './interchange/work.ts';
import { held, rivals, table } from './table.ts';

const chosen = process.argv.slice(2);
const isChosen = (id: string) => chosen.length === 0 || chosen.includes(id);

const times = (a: number, b: number) => `${(a / b).toFixed(2)}x`;

/** Idle, ours and the peer's; `input` of each. */
function peaks(task: Task['task'], id: string, ours: string, theirs: string, like: string): number[] {
  const of = (who: Task['who'], input: string): Peak => measure({ task, id, who, input, like });
  return [of('idle', ours), of('ours', ours), of('peer', theirs)].map(({ peak }) => peak);
}

function writing(cut: CutList, folder: string): (string | number)[][] {
  const given = put(folder, 'cut.json', JSON.stringify(cut));
  return WRITTEN.filter(isChosen).map((id) => {
    const texts = textsOf(id, cut);
    const all = texts.join('');
    const first = texts[0] ?? '';
    const input = peerInput(first, cut);
    const spent = rivals({
      ours: () => textsOf(id, cut),
      peer: () => peerWrite(input, first),
      limit: () => Buffer.from(all),
    });
    const theirs = put(folder, 'peer.json', JSON.stringify(input));
    return [
      id,
      all.length / 1e6,
      spent['ours']!,
      spent['peer']!,
      times(spent['peer']!, spent['ours']!),
      spent['limit']!,
      ...peaks('write', id, given, theirs, put(folder, 'like', first)),
      peerOf(first, 'write'),
    ];
  });
}

function reading(cut: CutList, folder: string): (string | number)[][] {
  return READ.filter(isChosen).map((id) => {
    const texts = textsOf(id, cut);
    const theirs = peerText(texts, cut);
    const all = texts.join('');
    const bytes = Buffer.from(all);
    const spent = rivals({
      ours: () => readWhole(id, texts),
      peer: () => peerRead(theirs),
      limit: () => bytes.toString('utf8'),
    });
    // In one process one text: the longest, which of all formats but the EDL is the only one.
    const longest = texts.reduce((most, text) => (text.length > most.length ? text : most));
    const [ours, peers] = [
      put(folder, 'text', longest),
      put(folder, 'peer', theirs === texts ? longest : theirs[0]!),
    ];
    return [
      id,
      all.length / 1e6,
      spent['ours']!,
      spent['peer']!,
      times(spent['peer']!, spent['ours']!),
      spent['limit']!,
      ...peaks('read', id, ours, peers, ''),
      held(() => readWhole(id, texts)),
      peerOf(texts[0]!, 'read'),
    ];
  });
}

/** By the time at 2,000 and at 20,000 events, how much longer the text is, and how much longer it took. */
function growth(): (string | number)[][] {
  const ends = [bigCut(2000), bigCut(20_000)] as const;
  const row = (what: 'write' | 'read', id: string): (string | number)[] => {
    const [small, large] = ends.map((cut) => {
      const texts = textsOf(id, cut);
      const size = texts.reduce((sum, text) => sum + text.length, 0);
      const ours = what === 'write' ? () => textsOf(id, cut) : () => readWhole(id, texts);
      return { size, time: rivals({ ours }, 5)['ours']! };
    }) as [{ size: number; time: number }, { size: number; time: number }];
    return [
      `${what} ${id}`,
      small.time,
      large.time,
      times(large.size, small.size),
      times(large.time, small.time),
    ];
  };
  // A format that has nothing to say of the cut cannot grow.
  const written = WRITTEN.filter((id) => isChosen(id) && textsOf(id, ends[0]).join('') !== '');
  return [...written.map((id) => row('write', id)), ...READ.filter(isChosen).map((id) => row('read', id))];
}

/** Read in a heap that could not hold its tree. */
function longOne(folder: string): (string | number)[][] {
  const [text = ''] = textsOf('fcpxml', bigCut(214_000));
  const input = put(folder, 'large', text);
  const flags = ['--max-old-space-size=1024'];
  const task = { task: 'read', id: 'fcpxml', input, like: '' } as const;
  const idle = measure({ ...task, who: 'idle' }, flags);
  const ours = measure({ ...task, who: 'ours' }, flags);
  return [['fcpxml', text.length / 1e6, `${ours.events}`, ours.milliseconds / 1000, idle.peak, ours.peak]];
}

function main(): void {
  const folder = mkdtempSync(join(tmpdir(), 'baton-bench-'));
  const cut = bigCut(10_000);
  const head = [
    'format',
    'MB',
    'ours ms',
    'peer ms',
    'peer/ours',
    'limit ms',
    'idle MiB',
    'ours MiB',
    'peer MiB',
  ];
  try {
    table('Write 10,000 events on 8 tracks', [...head, 'peer'], writing(cut, folder));
    table('Read them back', [...head, 'held MiB', 'peer'], reading(cut, folder));
    table('Growth from 2,000 to 20,000 events', ['format', 'ms', 'ms', 'size', 'time'], growth());
    if (isChosen('fcpxml'))
      table(
        'A long one, in a heap of 1 GB',
        ['format', 'MB', 'events', 's', 'idle MiB', 'ours MiB'],
        longOne(folder),
      );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (chosen[0] === 'task') perform(JSON.parse(chosen[1]!) as Task);
else main();
