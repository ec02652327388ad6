/** Measures and prints: medians of interleaved rounds, the peer's beside ours, the ratio, and the limit. */

/** Milliseconds: the median of `rounds` runs, after one that is thrown away. */
export function median(run: () => unknown, rounds = 7): number {
  run();
  const times = Array.from({ length: rounds }, () => {
    const start = process.hrtime.bigint();
    run();
    return Number(process.hrtime.bigint() - start) / 1e6;
  }).sort((a, b) => a - b);
  return times[Math.floor(times.length / 2)]!;
}

/** The same for several rivals in turn, so that a busy moment of the machine hits all of them. */
export function rivals(runs: Record<string, () => unknown>, rounds = 7): Record<string, number> {
  const names = Object.keys(runs);
  for (const name of names) runs[name]!();
  const times = new Map<string, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++)
    for (const name of names) {
      const start = process.hrtime.bigint();
      runs[name]!();
      times.get(name)!.push(Number(process.hrtime.bigint() - start) / 1e6);
    }
  return Object.fromEntries(
    names.map((name) => [name, times.get(name)!.sort((a, b) => a - b)[Math.floor(rounds / 2)]!]),
  );
}

/**
 * The same in milliseconds of the processor, garbage collection in other threads included: what remains comparable while other programs
 * take the machine.
 */
export function cpuRivals(runs: Record<string, () => unknown>, rounds = 7): Record<string, number> {
  const names = Object.keys(runs);
  for (const name of names) runs[name]!();
  const times = new Map<string, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++)
    for (const name of names) {
      const before = process.cpuUsage();
      runs[name]!();
      const { user, system } = process.cpuUsage(before);
      times.get(name)!.push((user + system) / 1000);
    }
  return Object.fromEntries(
    names.map((name) => [name, times.get(name)!.sort((a, b) => a - b)[Math.floor(rounds / 2)]!]),
  );
}

/** MiB of heap that a value keeps alive while it is held. Needs --expose-gc. */
export function held(make: () => unknown): number {
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  const value = make();
  globalThis.gc?.();
  const after = process.memoryUsage().heapUsed;
  // The value must outlive the second measurement.
  if (value === undefined) throw new Error('nothing was made');
  return (after - before) / 1024 / 1024;
}

/** A plain table; numbers right-aligned. */
export function table(title: string, head: string[], rows: (string | number)[][]): void {
  const text = rows.map((row) => row.map((cell) => (typeof cell === 'number' ? cell.toFixed(1) : cell)));
  const widths = head.map((name, at) => Math.max(name.length, ...text.map((row) => row[at]!.length)));
  const line = (cells: string[]) =>
    cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!))).join('  ');
  console.log(`\n${title}\n${line(head)}\n${widths.map((width) => '-'.repeat(width)).join('  ')}`);
  for (const row of text) console.log(line(row));
}
