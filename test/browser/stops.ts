/**
 * How long the page is held up by what a person does in it: the tasks of its main thread, by the clock and in the processor's time, which
 * stays comparable while other programs take the machine.
 */
import type { Browser, Page } from 'playwright-core';

/** Milliseconds. */
export interface Stop {
  clock: number;
  cpu: number;
}

interface TraceEvent {
  ph: string;
  name: string;
  tid: number;
  pid: number;
  /** Microseconds. */
  dur?: number;
  tdur?: number;
  args?: { name?: string };
}

/** Tasks while `act` is done, the longest in processor's time first. */
export async function stopsDuring(
  browser: Browser,
  page: Page,
  act: (page: Page) => Promise<unknown>,
): Promise<Stop[]> {
  await browser.startTracing(page, { categories: ['toplevel'] });
  let trace: Buffer;
  try {
    await act(page);
  } finally {
    trace = await browser.stopTracing();
  }
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] };
  const main = new Set(
    traceEvents
      .filter(({ ph, name, args }) => ph === 'M' && name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  return traceEvents
    .filter(({ ph, name, pid, tid }) => ph === 'X' && name.endsWith('RunTask') && main.has(`${pid} ${tid}`))
    .map(({ dur = 0, tdur = 0 }) => ({ clock: dur / 1000, cpu: tdur / 1000 }))
    .sort((a, b) => b.cpu - a.cpu);
}
