/**
 * Where the panel finds its disk and its editor: the one place that knows a browser page from a panel inside an editor.
 * A page served by `baton serve` has a token in its address and reaches both over loopback.
 */
import { HostError } from '../bridge/call.ts';
import type { Editor } from '../bridge/contract.ts';
import type { Desk } from '../bridge/desk.ts';
import { HOSTS } from '../bridge/hosts/index.ts';
import { loopback, loopbackDesk, servedManifests, tokenIn } from '../bridge/loopback.ts';

export interface Connection {
  desk: Desk;
  /** Null where no editor is here. */
  editor: Editor | null;
  /** Absolute path of the manifest to open; null = none was given. */
  manifest: string | null;
}

/** Throws HostError where there is no way to the disk. */
export async function connect(page: Window): Promise<Connection> {
  const { desk, manifest } = await deskHere(page);
  const host = HOSTS.find((each) => each.isHere());
  return { desk, manifest, editor: host ? await host.connect() : null };
}

async function deskHere(page: Window): Promise<{ desk: Desk; manifest: string | null }> {
  const token = tokenIn(page.location.hash);
  if (token === null)
    throw new HostError(
      'not-open',
      'connect',
      'This page has no way to the disk: open the whole address that baton serve prints, with the part after #.',
    );
  const ask = loopback(page.location.origin, token);
  const [manifest] = await servedManifests(ask);
  return { desk: loopbackDesk(ask), manifest: manifest ?? null };
}
