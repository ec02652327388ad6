/**
 * Stands in for node:diagnostics_channel in the desk's bundle: before Node 16 nobody is told of a child that is started. Only
 * the channel `child_process` is known; its subscribers hear of every child that spawn starts from then on.
 */
import childProcess, { type ChildProcess } from 'node:child_process';

type Listener = (message: { process: ChildProcess }, name: string) => void;

const listeners = new Set<Listener>();
const { spawn } = childProcess;

function heard(this: unknown, ...args: unknown[]): ChildProcess {
  const child = Reflect.apply(spawn, this, args) as ChildProcess;
  for (const listener of listeners) listener({ process: child }, 'child_process');
  return child;
}

export function subscribe(_name: string, listener: Listener): void {
  // Before fluent-ffmpeg is loaded, which takes spawn as it then is.
  if (listeners.size === 0) childProcess.spawn = heard as typeof spawn;
  listeners.add(listener);
}

export function unsubscribe(_name: string, listener: Listener): boolean {
  return listeners.delete(listener);
}
