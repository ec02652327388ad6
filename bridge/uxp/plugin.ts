/**
 * The UXP plugin's own script: it speaks to Premiere and to the disk, and answers the panel, which runs in a WebView beside it.
 * What it remembers lies in the plugin's data folder, since a WebView with local pages has no storage.
 */
import { uxpEditorHere } from '../hosts/premiere-uxp.ts';
import { offer } from './bridged.ts';
import { uxpDesk } from './desk.ts';
import { readText, uxpFs, type UxpFs } from './fs.ts';
import { lender, type Lender } from './service.ts';
import { windowEndpoint } from './webview.ts';

interface Uxp {
  storage: {
    localFileSystem: {
      /** Null where the person cancelled. */
      getFileForOpening(options: { types: string[] }): Promise<{ nativePath: string } | null>;
      getFolder(): Promise<{ nativePath: string } | null>;
    };
  };
}

/** UXP's own, on the plugin's document; older builds have none. */
interface UxpTheme {
  /** darkest, dark, light, … */
  getCurrent(): string;
  onUpdated: { addListener(listener: () => void): void };
}

const LAST = 'plugin-data:/last.json';

function last(fs: UxpFs): Promise<string | null> {
  return readText(fs, LAST).then(
    (text) => (text === null || text === '' ? null : text),
    () => null,
  );
}

/** Undefined where this UXP says nothing of the user's folder, or has no network. */
function lenderHere(page: Window, fs: UxpFs, load: (name: string) => unknown): Lender | undefined {
  try {
    const home = (load('os') as { homedir?(): unknown } | null)?.homedir?.();
    const { fetch } = page as { fetch?: typeof globalThis.fetch };
    if (typeof home !== 'string' || home === '' || typeof fetch !== 'function') return undefined;
    return lender({ fs, home, fetcher: (address, init) => fetch.call(page, address, init) });
  } catch {
    return undefined;
  }
}

/** Throws where this is no UXP plugin in Premiere. */
export function startPlugin(page: Window, load: (name: string) => unknown): void {
  const editor = uxpEditorHere();
  const fs = uxpFs(load('fs'));
  const view = page.document.querySelector('webview') as unknown as {
    postMessage(message: unknown): void;
  } | null;
  if (!editor || !fs || !view) throw new Error('Baton: this page is not a plugin inside Premiere');
  const { localFileSystem } = (load('uxp') as Uxp).storage;
  const lent = lenderHere(page, fs, load);
  const desk = uxpDesk(fs, lent);
  const { theme } = page.document as unknown as { theme?: UxpTheme };
  const tellTheme = () => void (theme && answers.tell('theme', theme.getCurrent()));
  const answers = offer(windowEndpoint(page as never, view), {
    desk: {
      ...desk,
      async open(path) {
        const opened = await desk.open(path);
        // Nothing else depends on it.
        if (opened.handoff) await fs.writeFile(LAST, path, { encoding: 'utf-8' }).catch(() => {});
        return opened;
      },
    },
    editor,
    ...(lent ? { lender: lent } : {}),
    // Asked for once the panel listens: before that nothing told would be heard.
    manifest() {
      tellTheme();
      return last(fs);
    },
    async choose(what) {
      const asked =
        what === 'folder'
          ? localFileSystem.getFolder()
          : localFileSystem.getFileForOpening({ types: ['json'] });
      return (await asked)?.nativePath ?? null;
    },
  });
  theme?.onUpdated.addListener(tellTheme);
}
