/**
 * The main process of the Workflow Integration plugin in Resolve Studio: one window with the panel in a sandbox, Resolve's objects and
 * the disk on this side. Resolve brings Electron; the built file is CommonJS.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { app, BrowserWindow, dialog, ipcMain } from 'electron';
import { HostError } from '../../bridge/call.ts';
import { RESOLVE_PLUGIN } from '../../bridge/product.ts';
import { resolveEditor, type ResolveEditor } from '../../bridge/resolve/editor.ts';
import { CHANNELS } from './channels.ts';
import { nativeDoor } from './handles.ts';
import { pluginService, type Chosen } from './service.ts';
import { openResolve, type WorkflowIntegration } from './workflow.ts';

const FOLDER = __dirname;
/** How long Electron may take to end by itself. */
const LAST_MS = 500;

let editor: Promise<ResolveEditor> | null = null;

/** Connected once; what fails is tried again at the next call. */
function connected(): Promise<ResolveEditor> {
  editor ??= connect().catch((error: unknown) => {
    editor = null;
    throw error instanceof HostError ? error : new HostError('not-open', 'connect', (error as Error).message);
  });
  return editor;
}

async function connect(): Promise<ResolveEditor> {
  const file = join(FOLDER, 'WorkflowIntegration.node');
  if (!existsSync(file))
    throw new HostError(
      'not-open',
      'connect',
      `${file} is not there. It belongs to Resolve and is copied from its installation: install the plugin again.`,
    );
  const module = createRequire(join(FOLDER, 'main.js'))(file) as WorkflowIntegration;
  const resolve = await openResolve(module, RESOLVE_PLUGIN);
  return resolveEditor(nativeDoor({ resolve, exists: (path) => Promise.resolve(existsSync(path)) }));
}

async function pick(what: Chosen, start: string | null): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog({
    title: what === 'folder' ? 'A folder of media' : 'Open a handoff',
    ...(start === null ? {} : { defaultPath: start }),
    properties: [what === 'folder' ? 'openDirectory' : 'openFile'],
    ...(what === 'folder' ? {} : { filters: [{ name: 'Handoff', extensions: ['json'] }] }),
  });
  return canceled ? null : (filePaths[0] ?? null);
}

async function begin(): Promise<void> {
  await app.whenReady();
  const service = pluginService({
    editor: connected,
    memory: join(app.getPath('userData'), 'baton.json'),
    pick,
  });
  ipcMain.handle(CHANNELS.ask, (_event, room, method, args) => service.ask(room, method, args));
  ipcMain.handle(CHANNELS.choose, (_event, what) => service.choose(what));
  ipcMain.handle(CHANNELS.manifest, () => service.manifest());
  const window = new BrowserWindow({
    width: 420,
    height: 760,
    minWidth: 230,
    title: 'Baton',
    backgroundColor: '#1d1d1f',
    autoHideMenuBar: true,
    webPreferences: {
      preload: join(FOLDER, 'preload.js'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
    },
  });
  // A panel that slips behind Resolve is lost: it cannot be docked.
  window.setAlwaysOnTop(true);
  window.webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
  window.webContents.on('will-navigate', (event) => event.preventDefault());
  await window.loadFile(join(FOLDER, 'index.html'));
  const tell = (what: unknown) => {
    if (!window.isDestroyed()) window.webContents.send(CHANNELS.changed, what);
  };
  // Without Resolve the panel still shows the handoff, and says what is missing when it asks.
  connected().then(
    (here) => here.watch?.(tell),
    () => undefined,
  );
}

app.on('window-all-closed', () => {
  // CleanUp() would block for ever in Resolve 21 and leave the process behind.
  app.quit();
  setTimeout(() => app.exit(0), LAST_MS);
});
void begin();
