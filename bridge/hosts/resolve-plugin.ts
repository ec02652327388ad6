/** Resolve Studio through its Workflow Integration plugin: the adapter runs in the plugin's main process, and the page asks it. */
import { HostError, openEnvelope } from '../call.ts';
import type { Ask } from '../loopback.ts';
import { loopbackEditor } from './loopback.ts';
import type { Host } from './host.ts';

/** What the plugin's preload script puts on the window. Text in, text out: an envelope as over loopback. */
export interface ResolvePage {
  ask(room: string, method: string, args: string): Promise<string>;
  /** The system's own dialog; null where the person cancelled. */
  choose(what: 'manifest' | 'folder'): Promise<string | null>;
  /** Absolute path of the manifest opened last; null = none yet. */
  manifest(): Promise<string | null>;
  /** Calls back when another project or timeline was opened; the function returned ends it. */
  changed(heard: (what: 'project' | 'items' | 'sequence') => void): () => void;
}

export function resolvePage(): ResolvePage | null {
  return (globalThis as { batonResolve?: ResolvePage }).batonResolve ?? null;
}

export function resolveAsk(page: ResolvePage): Ask {
  return async <Value>(room: string, method: string, args: unknown[]) =>
    openEnvelope(method, await page.ask(room, method, JSON.stringify(args))) as Value;
}

export const resolvePlugin: Host = {
  id: 'resolve-plugin',
  label: 'DaVinci Resolve',
  isHere: () => resolvePage() !== null,
  async connect() {
    const page = resolvePage();
    if (!page) throw new HostError('not-open', 'connect', 'This page is not running inside Resolve.');
    const ask = resolveAsk(page);
    return {
      ...loopbackEditor(ask),
      watch: (changed) => page.changed(changed),
    };
  },
};
