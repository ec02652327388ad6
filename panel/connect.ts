/**
 * Where the panel finds its disk and its editor: the one place that knows a browser page from a panel inside an editor.
 * A page served by `baton serve` has a token in its address and reaches both over loopback; inside Premiere the disk is
 * Premiere's own Node (CEP), or UXP's on the other side of the WebView.
 */
import { HostError } from '../bridge/call.ts';
import type { Editor } from '../bridge/contract.ts';
import type { Desk, ListeningDesk, ScanningDesk } from '../bridge/desk.ts';
import { HOSTS } from '../bridge/hosts/index.ts';
import {
  loopback,
  loopbackDesk,
  loopbackListening,
  loopbackScanning,
  servedManifests,
  tokenIn,
} from '../bridge/loopback.ts';
import { bridgedDesk } from '../bridge/uxp/bridged.ts';
import { webviewBridge } from '../bridge/uxp/webview.ts';
import { cepDesk, type CepPage, type Chosen } from './desk/cep.ts';

export interface Connection {
  desk: Desk;
  /** Null where no editor is here. */
  editor: Editor | null;
  /** Absolute path of the manifest to open; null = none was given. */
  manifest: string | null;
  /** Asks the person for a manifest or a folder of media with the system's own dialog; null where this face has none. */
  choose: ((what: Chosen) => Promise<string | null>) | null;
  /** Makes and refreshes manifests; absent where this face cannot. */
  scanning?: ScanningDesk;
  /** Sync by ear; absent where this face cannot. */
  listening?: ListeningDesk;
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
  const inUxp = webviewBridge();
  if (inUxp) return bridgedDesk(inUxp);
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
  return {
    desk: loopbackDesk(ask),
    scanning: loopbackScanning(ask),
    listening: loopbackListening(ask),
    manifest: manifest ?? null,
    choose: null,
  };
}
