/**
 * What needs Node, lent by a `baton serve` on this machine: found by the file it leaves in the user's own folder, asked with the
 * token in it, and let go when it does not answer any more. Without one the plugin works alone.
 */
import { version } from '../../package.json';
import { HostError } from '../call.ts';
import { loopback, type Ask } from '../loopback.ts';
import { isFresh, readServiceFile, SERVE_FOLDER, type ServiceFile } from '../service-file.ts';
import { changedAt, look as lookAt, readText, within, type UxpFs } from './fs.ts';

/** Desk methods that the service does for this desk. */
export const LENT = [
  'scan',
  'scanning',
  'stopScan',
  'listen',
  'listening',
  'stopListening',
  'waveforms',
  'stopWaveforms',
  'verify',
  'verifying',
  'stopVerifying',
  'proposeNames',
  'rename',
  'undoRename',
  'renaming',
  'stopRenaming',
] as const;

export interface ServiceHere {
  /** `27480`. */
  port: number;
}

export interface Lender {
  now(): ServiceHere | null;
  /** Looks at once; what is found is told to who watches. */
  look(): Promise<ServiceHere | null>;
  /** Asks for one of LENT; the first argument is the manifest. Throws HostError, `not-open` where no service answers. */
  ask: Ask;
  /** Calls for every change until the returned function is called. */
  watch(heard: (here: ServiceHere | null) => void): () => void;
  stop(): void;
}

export interface LenderOptions {
  fs: UxpFs;
  /** The user's home, absolute. */
  home: string;
  fetcher: typeof fetch;
  /** Milliseconds between two looks. */
  every?: number;
}

const EVERY = 5_000;
const GONE = 'baton serve does not answer: start it on this machine, and this panel finds it by itself.';

interface Connected extends ServiceHere {
  ask: Ask;
  /** Whether the service itself still answers there. */
  answers(): Promise<boolean>;
  /** Manifests it may reach for us. */
  admitted: Set<string>;
}

export function lender({ fs, home, fetcher, every = EVERY }: LenderOptions): Lender {
  let current: Connected | null = null;
  let looking: Promise<ServiceHere | null> | null = null;
  /** Why one that is there is not used. */
  let why = '';
  const listeners = new Set<(here: ServiceHere | null) => void>();
  const here = () => current && { port: current.port };
  const turnTo = (next: Connected | null) => {
    if (next === current) return;
    current = next;
    for (const heard of listeners) heard(here());
  };
  const search = async () => {
    if (current && !(await current.answers())) turnTo(null);
    why = '';
    for (const file of current ? [] : await left(fs, home)) {
      const found = await connect(file, fetcher);
      if (typeof found === 'string') why ||= found;
      else turnTo(found);
      if (current) break;
    }
    return here();
  };
  const look = () =>
    (looking ??= search().finally(() => {
      looking = null;
    }));
  const timer = setInterval(() => void look(), every);
  void look();

  return {
    now: here,
    look,
    async ask(room, method, args) {
      if (!current) await look();
      const service = current;
      if (!service) throw new HostError('not-open', method, why || GONE);
      try {
        await admit(service, args[0]);
        return await service.ask(room, method, args);
      } catch (error) {
        if (error instanceof HostError && error.code === 'not-open' && !(await service.answers()))
          if (current === service) turnTo(null);
        throw error;
      }
    },
    watch(heard) {
      listeners.add(heard);
      return () => void listeners.delete(heard);
    },
    stop: () => clearInterval(timer),
  };
}

/** Files of services that run, the one touched last first. */
async function left(fs: UxpFs, home: string): Promise<ServiceFile[]> {
  const folder = within(home, ...SERVE_FOLDER);
  if (!(await lookAt(fs, folder))) return [];
  const found: { file: ServiceFile; touched: number }[] = [];
  for (const name of await fs.readdir(folder).catch((): string[] => [])) {
    if (!name.endsWith('.json') || name.startsWith('.')) continue;
    const path = within(folder, name);
    const there = await lookAt(fs, path);
    const touched = there ? changedAt(there) : 0;
    if (!there || !isFresh(touched, Date.now())) continue;
    const file = readServiceFile((await readText(fs, path).catch(() => null)) ?? '');
    if (file) found.push({ file, touched });
  }
  return found.sort((a, b) => b.touched - a.touched).map(({ file }) => file);
}

/** Null where nobody answers there, or another program; a sentence where it is another version's. */
async function connect(
  { origin, token, proof }: ServiceFile,
  fetcher: typeof fetch,
): Promise<Connected | string | null> {
  const ask = loopback(origin, token, namingOrigin(origin, fetcher), GONE);
  const greet = () => ask<{ version: string; proof: string }>('service', 'hello', []).catch(() => null);
  const hello = await greet();
  if (hello?.proof !== proof) return null;
  if (hello.version !== version)
    return `baton serve is version ${hello.version} and this panel ${version}: install both again.`;
  return {
    port: Number(origin.slice(origin.lastIndexOf(':') + 1)),
    ask,
    answers: async () => (await greet())?.proof === proof,
    admitted: new Set(),
  };
}

/**
 * What origin UXP names of itself, if any, is not documented, and the service lets in none but its own. A call that was refused is
 * made once more naming that one; from then on all are. A page in a browser cannot do so.
 */
function namingOrigin(origin: string, fetcher: typeof fetch): typeof fetch {
  let named = false;
  const call = (address: Parameters<typeof fetch>[0], init: RequestInit | undefined) =>
    fetcher(
      address,
      named ? { ...init, headers: { ...(init?.headers as Record<string, string>), origin } } : init,
    );
  return async (address, init) => {
    const answer = await call(address, init);
    if (answer.status !== 403 || named) return answer;
    named = true;
    return call(address, init);
  };
}

async function admit({ ask, admitted }: Connected, manifest: unknown): Promise<void> {
  if (typeof manifest !== 'string' || admitted.has(manifest)) return;
  await ask('service', 'admit', [manifest]);
  admitted.add(manifest);
}
