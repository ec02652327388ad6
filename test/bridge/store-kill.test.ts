/** The manifest under two writers at once, and under writers killed at random moments. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { appendHistory, readHandoff } from '../../bridge/local/store.ts';
import { someHandoff } from './store-documents.ts';
import { folder, start } from './store-processes.ts';

const placed = () => {
  const path = join(folder(), 'handoff.json');
  writeFileSync(path, JSON.stringify(someHandoff()));
  return path;
};

test('two processes that append 200 records each lose none', async () => {
  const path = placed();
  const began = performance.now();
  const writers = await Promise.all(['a', 'b'].map((tag) => start(['append', path, '200', tag])));
  expect(await Promise.all(writers.map((writer) => writer.gone))).toEqual([0, 0]);
  const { handoff } = await readHandoff(path);
  expect(handoff?.revision).toBe(400);
  for (const tag of ['a', 'b']) {
    const numbers = handoff!.history.filter((each) => each['tag'] === tag).map((each) => each['number']);
    expect(numbers).toEqual(Array.from({ length: 200 }, (_, number) => number));
  }
  const turns = handoff!.history.filter(
    (each, index, all) => index > 0 && all[index - 1]!['tag'] !== each['tag'],
  );
  console.log(
    `400 appends in ${Math.round(performance.now() - began)} ms; the lock changed hands ${turns.length} times`,
  );
  // Had one run after the other, this would have tested nothing.
  expect(turns.length).toBeGreaterThan(3);
});

test('40 writers killed at random moments: the manifest is always whole, nothing acknowledged is lost, the next does not wait for them', async () => {
  const path = placed();
  const previous = join(path, '..', '.baton', 'handoff.json.previous');
  let revision = 0;
  let slowest = 0;
  let midWrite = 0;
  for (let round = 0; round < 40; round++) {
    const writer = await start(['append', path, '100000', String(round)]);
    await writer.line('revision');
    await new Promise((wake) => setTimeout(wake, Math.random() * 60));
    writer.kill();
    // Not waited for: one who took the dead for alive would give up. The next writer may come while the killed one is still being cleared away.
    const began = performance.now();
    const next = await appendHistory(path, {
      kind: 'test',
      at: new Date().toISOString(),
      tag: 'survivor',
      number: round,
    });
    slowest = Math.max(slowest, performance.now() - began);
    await writer.gone;
    const acknowledged = Number(writer.lines.at(-1)!.split(' ')[1]);
    expect(next.revision).toBeGreaterThan(acknowledged);
    expect(next.revision).toBeGreaterThan(revision);
    if (next.revision > acknowledged + 1) midWrite++;
    // Every write is one record: a revision without its record, or the other way round, would be half a write.
    expect(next.history).toHaveLength(next.revision);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(next);
    expect(JSON.parse(readFileSync(previous, 'utf8'))).toMatchObject({ revision: next.revision - 1 });
    revision = next.revision;
  }
  console.log(
    `40 kills, revision ${revision}; the slowest next write took ${Math.round(slowest)} ms; ${midWrite} killed between commit and answer`,
  );
  expect(readdirSync(join(path, '..')).sort()).toEqual(['.baton', 'handoff.json']);
  expect(existsSync(previous)).toBe(true);
});
