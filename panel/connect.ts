/**
 * Where the panel finds its disk and its editor: the one place that knows a browser page from a panel inside an editor.
 * A page served by `baton serve` has a token in its address and reaches both over loopback; inside Premiere the disk is
 * Premiere's own Node (CEP), or UXP's on the other side of the WebView; inside Resolve it is the plugin's main process.
 */
import { HostError } from '../bridge/call.ts';
import type { Editor } from '../bridge/contract.ts';
import { HOSTS } from '../bridge/hosts/index.ts';
import { loopback, servedManifests, tokenIn } from '../bridge/loopback.ts';
import { hearingOf } from '../bridge/loopback-changes.ts';
import { bridgedDesk, type Lending } from '../bridge/uxp/bridged.ts';
import { webviewBridge } from '../bridge/uxp/webview.ts';
import { cepDesk, type CepPage, type Chosen } from './desk/cep.ts';
import { resolveDesk } from './desk/resolve.ts';
import { wholeDesk, type WholeDesk } from './desk/whole.ts';

/** What makes manifests, listens, renames and proves is absent where this face cannot. */
export interface Connection extends Partial<WholeDesk> {
  desk: WholeDesk['desk'];
  /** Null where no editor is here, or it was not reached. */
  editor: Editor | null;
  /** Tries to reach it; throws HostError. Absent where none is here. */
  connectEditor?: () => Promise<Editor>;
  /** Why it was not reached; '' = it was, or none is here. */
  unreached: string;
  /** Absolute path of the manifest to open; null = none was given. */
  manifest: string | null;
  /** Asks the person for a manifest or a folder of media with the system's own dialog; null where this face has none. */
  choose: ((what: Chosen) => Promise<string | null>) | null;
  /** As Bench has it. */
  admit?: (path: string) => void;
  /** Who lends all these to a panel without Node, where that comes and goes. */
  lending?: Lending;
}

/** Throws HostError where there is no way to the disk. */
export async function connect(page: Window, parse: Parse): Promise<Connection> {
  const disk = await deskHere(page, parse);
  const host = HOSTS.find((each) => each.isHere());
  if (!host) return { ...disk, editor: null, unreached: '' };
  const connectEditor = () => host.connect();
  try {
    return { ...disk, editor: await connectEditor(), connectEditor, unreached: '' };
  } catch (error) {
    // The handoff can be read all the same.
    const unreached = error instanceof Error ? error.message : String(error);
    return { ...disk, editor: null, connectEditor, unreached };
  }
}

/** Reads JSON of any size without stopping the page. */
type Parse = (text: string) => Promise<unknown>;

/** Characters from which an answer is read in the other thread: up to here it is done in some 20 ms. */
const LONG = 1_000_000;

function parsedApart(parse: Parse): Parse {
  return (text) => (text.length < LONG ? Promise.resolve(JSON.parse(text) as unknown) : parse(text));
}

type Disk = Omit<Connection, 'editor' | 'connectEditor' | 'unreached'>;

async function deskHere(page: Window, parse: Parse): Promise<Disk> {
  const apart = parsedApart(parse);
  const token = tokenIn(page.location.hash);
  if (token !== null) return served(page.location.origin, token, apart);
  const inUxp = webviewBridge();
  if (inUxp) return bridgedDesk(inUxp);
  const inPremiere = cepDesk(page as unknown as CepPage, apart);
  if (inPremiere) return inPremiere;
  const inResolve = await resolveDesk();
  if (inResolve) return inResolve;
  throw new HostError(
    'not-open',
    'connect',
    'This page has no way to the disk: open the whole address that baton serve prints, with the part after #.',
  );
}

async function served(origin: string, token: string, parse: Parse): Promise<Disk> {
  const ask = loopback(origin, token, async (address, init) => {
    const response = await fetch(address, init);
    response.json = async () => parse(await response.text());
    return response;
  });
  const { hear } = hearingOf(origin + token, ask);
  const [manifest] = await servedManifests(ask);
  const all = wholeDesk(ask);
  return {
    ...all,
    desk: { ...all.desk, watch: (changed) => hear((what) => what === 'manifest' && changed()) },
    manifest: manifest ?? null,
    choose: null,
  };
}
