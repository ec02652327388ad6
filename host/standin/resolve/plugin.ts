/**
 * The stand-in Resolve as the Workflow Integration plugin meets it: handles, a latency for every call, a dialog that blocks calls
 * until it is closed, a process that can be killed. The model behind it is the one behind Lua.
 */
import type { Answer as DoorAnswer, Door, Handle } from '../../../bridge/resolve/door.ts';
import type { Answer } from './handle.ts';
import type { StandinResolve } from './standin.ts';

export interface PluginOptions {
  /** Milliseconds a call takes; 0 where absent, 15 in Resolve. */
  latency?: number;
  /** A dialog blocks the Media Pool's calls until it is closed, as over Workflow Integration; else they answer nothing. */
  blocks?: boolean;
  /** Called before every call: counts, moves a virtual clock, or throws where the process is to die. */
  onCall?: (method: string) => void;
}

const ROOT = 'Resolve:';

export function pluginDoor(
  standin: StandinResolve,
  { latency = 0, blocks = false, onCall }: PluginOptions = {},
): Door {
  return {
    async call(on, method, args) {
      onCall?.(method);
      if (latency > 0) await new Promise((done) => setTimeout(done, latency));
      if (blocks) await closed(standin);
      // What crosses is text in the real thing too: nothing shares an object with the model.
      const sent = JSON.parse(JSON.stringify(args)) as unknown[];
      return plain(standin.call(handleText(on), method, sent));
    },
    has: (on, method) => Promise.resolve(standin.has(handleText(on), method)),
    constant: (name) => Promise.resolve(standin.constant(name)),
    exists: (path) =>
      Promise.resolve(
        standin.files.has(path) ||
          [...standin.files.keys()].some((file) => file.startsWith(`${path}/`)) ||
          standin.options.media(path) !== null,
      ),
    release: () => undefined,
  };
}

async function closed({ state }: StandinResolve): Promise<void> {
  while (state.modal !== null) await new Promise((done) => setTimeout(done, 5));
}

const handleText = (on: Handle | null) => on?.handle ?? ROOT;

/** Dictionaries are plain objects with text keys in JavaScript. */
function plain(answer: Answer): DoorAnswer {
  if (Array.isArray(answer)) return answer.map(plain);
  if (answer instanceof Map)
    return Object.fromEntries([...answer].map(([key, held]) => [String(key), plain(held)]));
  return answer as DoorAnswer;
}
