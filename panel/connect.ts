/**
 * Where the panel finds its disk and its editor: the one place that knows a browser page from a panel inside an editor.
 * A page served by `baton serve` has a token in its address and reaches both over loopback; inside Premiere (CEP) the disk
 * is Premiere's own Node.
 */
import { HostError } from '../bridge/call.ts';
import type { Editor } from '../bridge/contract.ts';
import type { Desk } from '../bridge/desk.ts';
import { HOSTS } from '../bridge/hosts/index.ts';
import { loopback, loopbackDesk, servedManifests, tokenIn } from '../bridge/loopback.ts';
import { cepDesk, type CepPage } from './desk/cep.ts';

export interface Connection {
  desk: Desk;
  /** Null where no editor is here. */
  editor: Editor | null;
  /** Absolute path of the manifest to open; null = none was given. */
  manifest: string | null;
  /** Asks the person for a manifest with the system's own dialog; null where this face has none. */
  choose: (() => Promise<string | null>) | null;
}

/** Throws HostError where there is no way to the disk. */
export async function connect(page: Window): Promise<Connection> {
  const disk = await deskHere(page);
  const host = HOSTS.find((each) => each.isHere());
  return { ...disk, editor: host ? await host.connect() : null };
}

async function deskHere(page: Window): Promise<Omit<Connection, 'editor'>> {
  const token = tokenIn(page.location.hash);
  if (token !== null) return served(page.location.origin, token);
  const inPremiere = cepDesk(page as unknown as CepPage);
  if (inPremiere) return inPremiere;
  throw new HostError(
    'not-open',
    'connect',
    'This page has no way to the disk: open the whole address that baton serve prints, with the part after #.',
  );
}

async function served(origin: string, token: string): Promise<Omit<Connection, 'editor'>> {
  const ask = loopback(origin, token);
  const [manifest] = await servedManifests(ask);
  return { desk: loopbackDesk(ask), manifest: manifest ?? null, choose: null };
}
