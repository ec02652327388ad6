/**
 * What the plugin's page may ask, text in and text out: the disk and the editor, checked as `baton serve` checks them, for the
 * manifests that a person chose. Knows no Electron.
 */
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { HostError } from '../../bridge/call.ts';
import type { Editor } from '../../bridge/contract.ts';
import { admitted } from '../../bridge/local/admitted.ts';
import { writeAtomic } from '../../bridge/local/atomic.ts';
import { localDesk } from '../../bridge/local/desk.ts';
import { localListening } from '../../bridge/local/listen/listening-desk.ts';
import { localRenaming } from '../../bridge/local/renaming-desk.ts';
import { localScanning } from '../../bridge/local/scanning-desk.ts';
import { failure } from '../../bridge/local/service-api.ts';
import { Denied } from '../../bridge/local/service-gate.ts';
import { localVerifying } from '../../bridge/local/verifying-desk.ts';

export type Chosen = 'manifest' | 'folder';

export interface ServiceOptions {
  /** Null until Resolve answered; asked again at every call. */
  editor(): Promise<Editor>;
  /** Absolute path of the file that remembers the manifest opened last. */
  memory: string;
  /** The system's own dialog; null where the person cancelled. */
  pick(what: Chosen, start: string | null): Promise<string | null>;
}

export interface Service {
  ask(room: unknown, method: unknown, args: unknown): Promise<string>;
  choose(what: unknown): Promise<string | null>;
  manifest(): Promise<string | null>;
}

export function pluginService({ editor, memory, pick }: ServiceOptions): Service {
  const [desk, listening] = [localDesk(), localListening()];
  const [scanning, renaming, verifying] = [localScanning(), localRenaming(), localVerifying()];
  const runs = { listening, scanning, renaming, verifying };
  const known = admitted({ desk, ...runs, editor: later(editor) });
  return {
    async ask(room, method, args) {
      try {
        const name = `${String(room)}/${String(method)}`;
        const answer = (await known.methods()).get(name);
        if (!answer) throw new HostError('unknown-method', name, `the plugin has no method "${name}"`);
        const value = (await answer(JSON.parse(String(args)) as unknown[])) ?? null;
        if (name === 'desk/open') await remember(memory, value);
        return JSON.stringify({ ok: true, value });
      } catch (error) {
        const told =
          error instanceof Denied ? new HostError('refused', String(method), error.message) : error;
        return JSON.stringify(failure(told));
      }
    },
    async choose(what) {
      const chosen = what === 'folder' ? 'folder' : 'manifest';
      const path = await pick(chosen, (await recall(memory)) ?? null);
      if (path !== null) known.add(chosen === 'folder' ? join(path, 'handoff.json') : path);
      return path;
    },
    async manifest() {
      const path = await recall(memory);
      if (path !== null) known.add(path);
      return path;
    },
  };
}

/** Every method of an editor that is connected by then. */
function later(editor: () => Promise<Editor>): Editor {
  return new Proxy({} as Editor, {
    get: (_none, name) =>
      name === 'then'
        ? undefined
        : async (...args: unknown[]) => {
            const here = (await editor()) as unknown as Record<
              string,
              ((...all: unknown[]) => unknown) | undefined
            >;
            return here[String(name)]?.(...args);
          },
  });
}

async function remember(memory: string, opened: unknown): Promise<void> {
  const { path, handoff } = opened as { path: string; handoff: unknown };
  // What cannot be kept is asked for the next time; nothing else depends on it.
  if (handoff) await writeAtomic(memory, `${JSON.stringify({ manifest: path })}\n`).catch(() => undefined);
}

async function recall(memory: string): Promise<string | null> {
  try {
    const kept = JSON.parse(await readFile(memory, 'utf8')) as { manifest?: unknown };
    return typeof kept.manifest === 'string' && basename(kept.manifest) !== '' ? kept.manifest : null;
  } catch {
    return null;
  }
}
