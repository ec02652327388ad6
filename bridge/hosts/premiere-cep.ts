/** Premiere through CEP: the panel's page has `__adobe_cep__`, which runs ExtendScript in Premiere. */
import { HostError, within } from '../call.ts';
import { premiereEditor } from '../premiere/editor.ts';
import { es3Literal, type Transport } from '../premiere/send.ts';
import type { Host } from './host.ts';

/** What CEP puts on the window of a panel; only what is used here. */
interface AdobeCep {
  evalScript(code: string, answer: (text: string) => void): void;
  getSystemPath(what: 'extension'): string;
  addEventListener(type: string, listener: (event: { data: unknown }) => void): void;
  removeEventListener?(type: string, listener: (event: { data: unknown }) => void): void;
}

function cep(): AdobeCep | undefined {
  return (globalThis as { __adobe_cep__?: AdobeCep }).__adobe_cep__;
}

/** The folder of the panel, in the system's own form: CEP gives a file URL. */
export function extensionRoot(url: string): string {
  const path = decoded(url).replace(/^file:\/\//, '');
  // file:///C:/… has one slash too many for Windows; a share is file://server/….
  if (/^\/[A-Za-z]:/.test(path)) return path.slice(1);
  return path.startsWith('/') || /^[A-Za-z]:/.test(path) || path === url ? path : `//${path}`;
}

/** A path that is not a URL may hold a bare per cent sign. */
function decoded(url: string): string {
  try {
    return decodeURI(url);
  } catch {
    return url;
  }
}

/** Code that loads Baton's methods and answers with their type; `File` reads a path as a URI, so per cent signs are escaped. */
export function loadingCode(root: string): string {
  const path = `${root}/host/premiere.jsx`.replace(/%/g, '%25');
  return `$.evalFile(new File(${es3Literal(path)})); typeof $.baton`;
}

const LOAD_MS = 20_000;

export const premiereCep: Host = {
  id: 'premiere-cep',
  label: 'Premiere',
  isHere: () => cep() !== undefined,
  async connect() {
    const here = cep();
    if (!here) throw new HostError('not-open', 'connect', 'This page is not running inside Premiere.');
    const transport: Transport = {
      evalScript: (code) => new Promise((resolve) => here.evalScript(code, resolve)),
      listen: (type, heard) => {
        let on = true;
        const listener = (event: { data: unknown }) => {
          if (on) heard(String(event.data));
        };
        here.addEventListener(type, listener);
        return () => {
          on = false;
          here.removeEventListener?.(type, listener);
        };
      },
    };
    const root = extensionRoot(here.getSystemPath('extension'));
    const loaded = await within(transport.evalScript(loadingCode(root)), {
      method: 'connect',
      ms: LOAD_MS,
      message: 'Premiere is waiting for you: close the dialog it shows, then open the panel again.',
    });
    if (loaded !== 'object') {
      const message = `Premiere could not load ${root}/host/premiere.jsx (it answered "${loaded}"). Install the panel again.`;
      throw new HostError('unknown-method', 'connect', message);
    }
    return premiereEditor(transport, { adapter: 'cep' });
  },
};
