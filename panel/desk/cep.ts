/**
 * The panel inside Premiere (CEP): its disk is Premiere's own Node, which loads the desk from the extension's folder; its file
 * dialog is CEP's. The manifest opened last is remembered in the panel's own storage.
 */
import { version } from '../../package.json';
import { askModule, loadDesk } from '../../bridge/cep-desk.ts';
import { HostError } from '../../bridge/call.ts';
import type { Desk } from '../../bridge/desk.ts';
import { extensionRoot } from '../../bridge/hosts/premiere-cep.ts';
import { wholeDesk, type WholeDesk } from './whole.ts';

type Load = (path: string) => unknown;

/** What CEP puts on a panel's window, as far as it is used here. */
export interface CepPage {
  localStorage: Storage;
  __adobe_cep__?: { getSystemPath(what: 'extension'): string };
  /** Node where page and Node have contexts of their own, and in most builds where they share one. */
  cep_node?: { require: Load };
  /** Node where they share one (--mixed-context). */
  require?: Load;
  cep?: { fs: CepFiles };
}

interface CepFiles {
  showOpenDialogEx(
    many: boolean,
    folders: boolean,
    title: string,
    start: string,
    suffixes: string[],
  ): { err: number; data: string[] };
}

/** What a person can be asked for. */
export type Chosen = 'manifest' | 'folder';

/** The disk of a panel inside Premiere. */
interface CepDesk extends WholeDesk {
  /** Absolute path of the manifest opened last; null = none yet. */
  manifest: string | null;
  /** Lets the desk into the manifest at this path, which a person chose by dragging it here. */
  admit(path: string): void;
  /** Asks the person for a manifest or a folder of media; null where they cancelled. */
  choose(what: Chosen): Promise<string | null>;
}

const LAST = 'baton.manifest';

/** Null where the page does not run in CEP. Throws HostError where it does and Node or the desk is missing. */
export function cepDesk(page: CepPage, parse?: (text: string) => unknown): CepDesk | null {
  const cep = page.__adobe_cep__;
  if (!cep) return null;
  const load = page.cep_node?.require ?? page.require;
  if (!load)
    throw new HostError(
      'not-open',
      'connect',
      'Premiere opened this panel without Node. Install the panel again: its manifest asks for --enable-nodejs.',
    );
  const module = loadDesk(load, extensionRoot(cep.getSystemPath('extension')), version);
  const all = wholeDesk(askModule(module, parse));
  const open: Desk['open'] = async (path) => {
    const opened = await all.desk.open(path);
    if (opened.handoff) keep(page, path);
    return opened;
  };
  const manifest = kept(page);
  // The desk reaches what a person chose, now or the last time, and nothing else.
  if (manifest !== null) module.admit(manifest);
  return {
    ...all,
    desk: { ...all.desk, open },
    manifest,
    admit: (path) => module.admit(path),
    async choose(what) {
      const path = chosen(page.cep?.fs, what, kept(page));
      if (path !== null) module.admit(what === 'folder' ? manifestOf(path) : path);
      return path;
    },
  };
}

/** Of a folder of media. */
export function manifestOf(folder: string): string {
  return `${folder.replace(/[\\/]+$/, '')}/handoff.json`;
}

function chosen(files: CepFiles | undefined, what: Chosen, last: string | null): string | null {
  if (!files)
    throw new HostError(
      'refused',
      'choose',
      'This Premiere shows no file dialog: update it, or use baton serve.',
    );
  const start = last === null ? '' : last.replace(/[\\/][^\\/]*$/, '');
  const [title, suffixes] = what === 'folder' ? ['A folder of media', []] : ['Open a handoff', ['json']];
  const { err, data } = files.showOpenDialogEx(false, what === 'folder', title, start, suffixes);
  const [path] = err === 0 ? data : [];
  // Some builds answer with a file URL, some with a path.
  return path === undefined || path === '' ? null : extensionRoot(path);
}

/** Storage can be refused outright: then the panel asks each time. */
function kept(page: CepPage): string | null {
  try {
    return page.localStorage.getItem(LAST);
  } catch {
    return null;
  }
}

function keep(page: CepPage, path: string): void {
  try {
    page.localStorage.setItem(LAST, path);
  } catch {
    // Nothing is remembered, and nothing else depends on it.
  }
}
