/** The editor behind a `baton serve` on this machine (its stand-in Premiere), for the panel as a page in a browser. */
import { HostError } from '../call.ts';
import type { Editor } from '../contract.ts';
import { loopback, tokenIn, type Ask } from '../loopback.ts';
import { hearingOf } from '../loopback-changes.ts';
import type { Host } from './host.ts';

/** The page's own address; a panel in an editor has no token in it, and Node has no address at all. */
function address(): Location | undefined {
  return (globalThis as { location?: Location }).location;
}

export function loopbackEditor(ask: Ask): Editor {
  return {
    about: () => ask('editor', 'about', []),
    prepare: (handoff) => ask('editor', 'prepare', [handoff]),
    snapshot: () => ask('editor', 'snapshot', []),
    apply: (steps) => ask('editor', 'apply', [steps]),
    readBack: (steps) => ask('editor', 'readBack', [steps]),
    sequences: () => ask('editor', 'sequences', []),
    sequence: (id) => ask('editor', 'sequence', [id ?? null]),
    exportInterchange: (sequence, path) => ask('editor', 'exportInterchange', [sequence, path]),
    syncSound: (pairs) => ask('editor', 'syncSound', [pairs]),
    show: (asked) => ask('editor', 'show', [asked]),
  };
}

export const loopbackHost: Host = {
  id: 'loopback',
  label: 'baton serve',
  isHere: () => tokenIn(address()?.hash ?? '') !== null,
  connect() {
    const here = address();
    const token = tokenIn(here?.hash ?? '');
    if (!here || token === null)
      return Promise.reject(
        new HostError(
          'not-open',
          'connect',
          'This page has no token: open the whole address that baton serve prints.',
        ),
      );
    const ask = loopback(here.origin, token);
    const { hear } = hearingOf(here.origin + token, ask);
    return Promise.resolve({
      ...loopbackEditor(ask),
      watch: (changed) => hear((what) => what !== 'manifest' && changed(what)),
    });
  },
};
