/** Runs commands, one at a time, and is the one place in the panel where errors are caught and put into words. */
import { HostError, type HostErrorCode } from '../bridge/call.ts';
import type { Waveforms, WaveformsAsked } from '../bridge/desk.ts';
import { Stopped } from './breathe.ts';
import { COMMANDS } from './commands/index.ts';
import type { Bench, Command } from './commands/command.ts';
import { look } from './look.ts';
import { watchEditor } from './watch-editor.ts';
import type { Failure } from './state.ts';

/** What to do about each way the wire can fail. */
const FIX: Record<HostErrorCode, string> = {
  'host-threw': 'Press Refresh and look at the project; nothing is lost. If it comes again, copy the report.',
  timeout: 'Look whether the editor waits for an answer in a dialog, then press Refresh.',
  'unknown-method': 'The panel and what it talks to differ in version: install both again.',
  'not-open': 'Open a project in the editor, then press Refresh.',
  refused: 'Change what the message names, then try again.',
  busy: 'Wait for the editor to finish, then try again.',
};

/** The other end of the wire is not there at all; the message says what to start. */
const GONE = /^(baton serve does not answer|This page has no way to the disk)/;

export function explain(what: string, error: unknown): Failure {
  if (error instanceof HostError && GONE.test(error.message))
    return {
      what,
      message: error.message,
      fix: 'Nothing is lost: what was done in the project is in its journal, and the next visit goes on from there.',
    };
  if (error instanceof HostError) return { what, message: error.message, fix: FIX[error.code] };
  const message = error instanceof Error ? error.message : String(error);
  return {
    what,
    message,
    fix: 'This is a fault in Baton. Press Refresh; if it comes again, copy the report.',
  };
}

const READING_STOPPED =
  'Reading was stopped. What is shown is as it was read before; press Refresh to read it all.';

export interface Runner {
  /** Runs the command with this id where it can run now; resolves when it is over, however it ended. */
  run(id: string): Promise<void>;
  /** Looks whether manifest, or also the project, changed since they were read, and says so. */
  look(at: 'manifest' | 'all'): Promise<void>;
  /** Shows an error that no command caused: one thrown while drawing. */
  fail(error: unknown): void;
  /** Peaks of a picture's sound and a recorded one, of the open handoff; rejects with a sentence where there are none to be had. */
  waveforms(asked: WaveformsAsked): Promise<Waveforms>;
  /** Nobody waits for those of this picture (clip id) any more. */
  stopWaveforms(picture: string): void;
}

export function createRunner(parts: Omit<Bench, 'stop'>): Runner {
  const { store } = parts;
  let running: AbortController | null = null;
  const bench: Bench = { ...parts, stop: () => running?.abort() };
  const watch = watchEditor(bench);
  watch.begin();
  bench.desk.watch?.(() => void look(bench, 'manifest'));

  const fail = (what: string, error: unknown) => {
    const failure = explain(what, error);
    store.change((state) => {
      state.failure = failure;
      state.said = `${failure.what}: ${failure.message}`;
    });
  };

  const work = async (command: Command, doing: string) => {
    if (store.get().work) return;
    running = new AbortController();
    store.change((state) => {
      state.work = { command: command.id, doing, stopping: false };
      state.failure = null;
      state.notice = '';
      state.tookBack = false;
    });
    try {
      await command.run(bench, running.signal);
    } catch (error) {
      if (!(error instanceof Stopped)) fail(command.label, error);
      else
        store.change((state) => {
          state.notice = command.stopped ?? READING_STOPPED;
          state.said = state.notice;
        });
    } finally {
      running = null;
      watch.begin();
      watch.settle();
      store.change((state) => {
        state.work = null;
      });
    }
  };

  return {
    look: (at) => look(bench, at),
    fail: (error) => fail('The panel could not be drawn', error),
    waveforms: async (asked) => {
      const { path } = store.get();
      if (!bench.listening || path === null) throw new Error('Sound cannot be read from here.');
      return bench.listening.waveforms(path, asked);
    },
    stopWaveforms: (picture) => {
      const { path } = store.get();
      // What is not stopped ends by itself.
      if (path !== null) bench.listening?.stopWaveforms(path, picture).catch(() => undefined);
    },
    run: async (id) => {
      const command = COMMANDS.find((each) => each.id === id);
      if (!command) throw new Error(`there is no command "${id}"`);
      const why = command.when(store.get());
      if (why !== null) {
        store.change((state) => {
          state.said = why;
        });
      } else if (command.doing) {
        await work(command, command.doing);
      } else {
        await command
          .run(bench, new AbortController().signal)
          .catch((error: unknown) => fail(command.label, error));
      }
    },
  };
}
