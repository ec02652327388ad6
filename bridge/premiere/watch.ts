/**
 * Premiere's word that something may have changed. Its events come in swarms and late, so they are gathered; those that follow
 * a write of ours are its echo.
 */
import type { EditorChange } from '../contract.ts';
import type { Send } from './send.ts';

/** The CEP event's type; a panel of another vendor must not take it for its own. */
const CHANGED = 'baton.changed';

/** Milliseconds: a swarm is over after so long, and a write echoes for so long. */
const QUIET = 250;
const ECHO = 500;

/** Hears events of a type until the function it gives back is called. */
export type Listen = (type: string, heard: (data: string) => void) => () => void;

export interface Watching {
  /** The same wire, whose writes are known. */
  send: Send;
  watch(changed: (what: EditorChange) => void): () => void;
}

const KNOWN: readonly string[] = ['project', 'items', 'sequence'] satisfies EditorChange[];

export function watching(wire: Send, listen: Listen): Watching {
  let writing = 0;
  let wrote = -Infinity;
  let bound = false;
  const send: Send = async (method, argument, kind) => {
    if (kind !== 'write') return wire(method, argument, kind);
    writing++;
    try {
      return await wire(method, argument, kind);
    } finally {
      writing--;
      wrote = Date.now();
    }
  };
  return {
    send,
    watch(changed) {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const heard = new Set<EditorChange>();
      const tell = () => {
        for (const what of heard) changed(what);
        heard.clear();
      };
      const off = listen(CHANGED, (data) => {
        if (writing > 0 || Date.now() - wrote < ECHO || !KNOWN.includes(data)) return;
        heard.add(data as EditorChange);
        clearTimeout(timer);
        timer = setTimeout(tell, QUIET);
      });
      // One binding serves every listener. Where Premiere takes none, nothing tells us and nobody is the worse for it.
      if (!bound) void wire('watch', { type: CHANGED }).catch(() => undefined);
      bound = true;
      return () => {
        clearTimeout(timer);
        off();
      };
    },
  };
}
