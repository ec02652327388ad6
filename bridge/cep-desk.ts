/**
 * The desk inside Premiere's own Node: one CommonJS file that the panel loads by its absolute path and asks in JSON, so that
 * nothing depends on whether CEP runs page and Node in one context. Types here; bridge/local/cep/desk.ts is that file.
 */
import { HostError } from './call.ts';
import { unwrap, type Ask, type Envelope } from './loopback.ts';

/** What the file exports. */
export interface DeskModule {
  /** Baton's version, as in package.json. */
  version: string;
  /** Lets the panel work on the manifest at this absolute path. */
  admit(path: string): void;
  /** `method` is `desk/open` and so on; arguments and the envelope of the answer are JSON. Never rejects. */
  ask(method: string, args: string): Promise<string>;
}

/** Asks the module as `baton serve` is asked; `parse` may read long answers elsewhere. Throws HostError. */
export function askModule(module: DeskModule, parse: (text: string) => unknown = JSON.parse): Ask {
  return async <Value>(room: string, method: string, args: unknown[]) => {
    const answer = await module.ask(`${room}/${method}`, JSON.stringify(args));
    return unwrap(method, (await parse(answer)) as Envelope<Value>);
  };
}

/** Loads the module through CEP's `require`. Throws HostError where it is not there or is another version's. */
export function loadDesk(load: (path: string) => unknown, root: string, version: string): DeskModule {
  const path = `${root}/desk/desk.cjs`;
  let module: DeskModule;
  try {
    module = load(path) as DeskModule;
  } catch (error) {
    throw new HostError(
      'not-open',
      'connect',
      `${path} could not be loaded (${(error as Error).message}). Install the panel again.`,
    );
  }
  if (module.version === version) return module;
  throw new HostError(
    'unknown-method',
    'connect',
    `The panel is version ${version}, but ${path} is ${module.version}. Install the panel again, then restart Premiere.`,
  );
}
