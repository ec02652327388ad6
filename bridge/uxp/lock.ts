/**
 * The manifest's lock, as every other Baton takes it (bridge/local/lock-folder.ts says how it lies on the disk). UXP knows no
 * process: here an owner counts as one of another machine, and others count as such for us.
 */
import { HostError } from '../call.ts';
import { beside, changedAt, folderOf, look, makeFolder, nameOf, token, within, type UxpFs } from './fs.ts';

/** Milliseconds between two looks, and after which an owner that did not refresh is dead: waiting ends after that, not before. */
const LOOK_EVERY = 60;
const STALE = 60_000;
const PATIENCE = STALE + 5_000;

const NAME = /^(\d{8,15})\.(free|held\..+)$/;
/** As an owner of another machine is named. */
const OWNER = `1..${token()}..premiere-uxp`;

interface Top {
  name: string;
  number: number;
  free: boolean;
}

/** Runs `work` while holding the lock of the manifest. `verify` throws where it was taken away. Throws HostError `busy`. */
export async function withLock<T>(
  fs: UxpFs,
  manifest: string,
  work: (verify: () => Promise<void>) => Promise<T>,
  patience: number = PATIENCE,
): Promise<T> {
  const folder = await plant(fs, manifest);
  const mine = await acquire(fs, folder, manifest, patience);
  const verify = async () => {
    if (await look(fs, mine)) return;
    throw new HostError('busy', 'lock', `${manifest} was not written: another Baton took it over meanwhile.`);
  };
  try {
    return await work(verify);
  } finally {
    await release(fs, mine);
  }
}

/** The folder with a lock in it, both at once. */
async function plant(fs: UxpFs, manifest: string): Promise<string> {
  const state = within(folderOf(manifest), '.baton');
  await makeFolder(fs, state);
  const folder = within(state, `${nameOf(manifest)}.lock`);
  if (await look(fs, folder)) return folder;
  const temp = within(state, `.${nameOf(manifest)}.lock.${token()}.baton-uxp-tmp`);
  await fs.mkdir(temp);
  await fs.writeFile(within(temp, '00000000.free'), '', { encoding: 'utf-8' });
  await fs.rename(temp, folder).catch(async (error: unknown) => {
    if (!(await look(fs, folder))) throw error;
  });
  return folder;
}

async function acquire(fs: UxpFs, folder: string, manifest: string, patience: number): Promise<string> {
  const until = Date.now() + patience;
  for (;;) {
    const top = await topOf(fs, folder);
    if (top && (top.free || (await isStale(fs, within(folder, top.name))))) {
      const mine = await take(fs, folder, top);
      if (mine) return mine;
    }
    if (Date.now() >= until)
      throw new HostError(
        'busy',
        'lock',
        `${manifest} was not written: another Baton has held it for ${Math.round(patience / 1000)} s. Close it there and try again.`,
      );
    await new Promise((wake) => setTimeout(wake, LOOK_EVERY));
  }
}

async function list(fs: UxpFs, folder: string): Promise<Top[]> {
  const names = await fs.readdir(folder);
  return names.flatMap((name) => {
    const found = NAME.exec(name);
    return found ? [{ name, number: Number(found[1]), free: found[2] === 'free' }] : [];
  });
}

async function topOf(fs: UxpFs, folder: string): Promise<Top | null> {
  let top: Top | null = null;
  for (const one of await list(fs, folder))
    if (!top || one.number > top.number || (one.number === top.number && !one.free)) top = one;
  return top;
}

/** Null where another was faster: of two renames of one file, one finds it gone. */
async function take(fs: UxpFs, folder: string, top: Top): Promise<string | null> {
  const number = top.number + 1;
  const name = `${String(number).padStart(8, '0')}.held.${OWNER}.${token()}${token().slice(0, 4)}`;
  const mine = within(folder, name);
  try {
    await fs.rename(within(folder, top.name), mine);
  } catch {
    return null;
  }
  // Ours first and fresh then: writing to a name that is gone would make it anew.
  await fs.writeFile(mine, '.', { encoding: 'utf-8' });
  const others = (await list(fs, folder)).filter((other) => other.name !== name);
  if (!others.some((other) => other.number >= number)) return mine;
  await release(fs, mine);
  return null;
}

function release(fs: UxpFs, mine: string): Promise<unknown> {
  return fs.rename(mine, beside(mine, `${nameOf(mine).split('.', 1)[0]}.free`)).catch(() => {});
}

/** Owners refresh their file every few seconds. Both times are by the clock of the volume. */
async function isStale(fs: UxpFs, file: string): Promise<boolean> {
  const held = await look(fs, file);
  if (!held) return false;
  const probe = beside(folderOf(file), `.clock.${token()}.baton-uxp-tmp`);
  await fs.writeFile(probe, '.', { encoding: 'utf-8' });
  const now = await look(fs, probe);
  await fs.unlink(probe).catch(() => {});
  return now !== null && changedAt(now) - changedAt(held) > STALE;
}
