/**
 * Peak memory of one task: the most that a process of its own held in RAM (peak RSS) while it did the task once. Of `idle` the
 * process only takes in what the task needs.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CutList } from '../../manifest/documents/cutlist.ts';
import { peerRead, peerWrite, readWhole, textsOf } from './work.ts';

export type Who = 'idle' | 'ours' | 'peer';

export interface Task {
  task: 'write' | 'read';
  id: string;
  who: Who;
  /** File of JSON: the cut, the peer's input, or texts. */
  input: string;
  /** File of a text as the peer is to write it. */
  like: string;
}

export interface Peak {
  /** MiB. */
  peak: number;
  milliseconds: number;
  events: number;
}

/** In a process of its own, which bench/interchange.ts becomes when it is started with a task. */
export function measure(task: Task, flags: readonly string[] = []): Peak {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...flags, process.argv[1]!, 'task', JSON.stringify(task)],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`${task.task} ${task.id} ${task.who}: ${stderr.slice(-2000)}`);
  return JSON.parse(stdout) as Peak;
}

export function perform({ task, id, who, input, like }: Task): void {
  const text = readFileSync(input, 'utf8');
  // A text lies in its file as it is; everything else as JSON.
  const given: unknown = task === 'read' ? [text] : JSON.parse(text);
  const sample = like && readFileSync(like, 'utf8');
  const start = process.hrtime.bigint();
  const result =
    who === 'idle'
      ? given
      : task === 'write'
        ? who === 'ours'
          ? textsOf(id, given as CutList)
          : peerWrite(given, sample)
        : who === 'ours'
          ? readWhole(id, given as string[])
          : peerRead(given as string[]);
  const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
  const lists = task === 'read' && who === 'ours' ? (result as CutList[]) : [];
  const events = lists.reduce(
    (sum, { tracks }) => tracks.reduce((all, track) => all + track.events.length, sum),
    0,
  );
  const said: Peak = { peak: process.resourceUsage().maxRSS / 1024, milliseconds, events };
  process.stdout.write(JSON.stringify(said));
}

/** Writes `text` to a file of the folder, and says where. */
export function put(folder: string, name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}
