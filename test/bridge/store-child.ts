/** A writer in a process of its own, which the store's tests start, race and kill. `node store-child.js WORD PATH …`; says what it does line by line. */
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { claimAndRename, tempName, writeAtomic, writeNew } from '../../bridge/local/atomic.ts';
import { saveJournal, startJournal } from '../../bridge/local/journal.ts';
import { withLock } from '../../bridge/local/lock.ts';
import { appendHistory, createHandoff, StoreError } from '../../bridge/local/store.ts';
import { someHandoff, someReceipt } from './store-documents.ts';

const [word = '', path = '', ...rest] = process.argv.slice(2);
const say = (line: string) => void process.stdout.write(`${line}\n`);
const never = () => new Promise<void>(() => setInterval(() => {}, 1000));

/** Stops every thread of JavaScript in this process, timers included. */
function block(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

/** Racers wait for one another: until the file `path` + `.go` is there. */
function atTheGate(): void {
  say('ready');
  while (!existsSync(`${path}.go`)) block(1);
}

async function append(count: number, tag: string): Promise<void> {
  for (let number = 0; number < count; number++) {
    const { revision } = await appendHistory(path, {
      kind: 'test',
      at: new Date().toISOString(),
      tag,
      number,
    });
    say(`revision ${revision}`);
  }
}

/** Inside the lock nobody else may be. The mark is a socket: the system takes it from a process in the moment it dies. */
async function contend(rounds: number): Promise<void> {
  const mark = process.platform === 'win32' ? `\\\\.\\pipe\\${path.replace(/\W/g, '-')}` : `${path}.inside`;
  const counter = `${path}.count`;
  for (let round = 0; round < rounds; round++) {
    await withLock(path, async () => {
      if (await answers(mark)) say(`VIOLATION: process ${process.pid} is not alone`);
      rmSync(mark, { force: true });
      const server = createServer();
      await new Promise<void>((ready) => server.listen(mark, ready));
      const before = existsSync(counter) ? Number(readFileSync(counter, 'utf8')) : 0;
      await new Promise((wake) => setTimeout(wake, Math.random() * 4));
      // Not in place: a kill between emptying and writing would set it back to nothing.
      writeFileSync(`${counter}.${process.pid}`, String(before + 1));
      renameSync(`${counter}.${process.pid}`, counter);
      say(`counted ${before + 1}`);
      await new Promise((closed) => server.close(closed));
    });
  }
}

function answers(mark: string): Promise<boolean> {
  return new Promise((answer) => {
    const call = connect(mark);
    call.on('connect', () => (call.destroy(), answer(true)));
    call.on('error', () => answer(false));
  });
}

const words: Record<string, () => Promise<void>> = {
  append: () => append(Number(rest[0]), rest[1]!),
  contend: () => contend(Number(rest[0])),
  hold: () =>
    withLock(path, async (lock) => {
      say('held');
      block(Number(rest[0]));
      await lock.verify();
      say('still held');
    }),
  'hold for ever': () => withLock(path, () => (say('held'), never())),
  take: async () => {
    atTheGate();
    const began = performance.now();
    await withLock(path, async () => say(`taken after ${Math.round(performance.now() - began)}`));
  },
  'stall before commit': () =>
    writeAtomic(path, 'never to be seen', { beforeCommit: () => (say('stalled'), never()) }),
  new: async () => {
    atTheGate();
    await writeNew(path, `${rest[0]} `.repeat(50_000));
    say('won');
  },
  claim: async () => {
    const temp = tempName(rest[1]!, 'claim');
    writeFileSync(temp, `${rest[0]} `.repeat(50_000));
    atTheGate();
    await claimAndRename(temp, path).catch((error: NodeJS.ErrnoException) => {
      throw error.code === 'EEXIST' ? new StoreError('exists', path) : error;
    });
    say('won');
  },
  create: async () => {
    atTheGate();
    await createHandoff(path, { ...someHandoff(), production: { title: rest[0]! } });
    say('won');
  },
  journal: async () => {
    await startJournal(path, someReceipt(rest[0]!, 0));
    for (let steps = 1; ; steps++) {
      await saveJournal(path, someReceipt(rest[0]!, steps));
      say(`saved ${steps}`);
    }
  },
};

words[word]!().catch((error: unknown) => {
  say(
    error instanceof StoreError
      ? `StoreError ${error.code}: ${error.message}`
      : String((error as Error).stack),
  );
  process.exitCode = 2;
});
