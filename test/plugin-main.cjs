/**
 * Electron as Resolve's plugin meets it, as far as its main process goes: loads one `main.js`, and answers what a page would ask
 * over its channels, one message of { id, channel, args } at a time. Arguments: main.js, the user's folder, what the dialog chooses.
 */
const Module = require('node:module');
const threads = require('node:worker_threads');
const { existsSync } = require('node:fs');

const [main, userData, chosen] = process.argv.slice(2);
const handlers = new Map();

class BrowserWindow {
  constructor(options) {
    const { preload, sandbox, contextIsolation, nodeIntegration } = options.webPreferences;
    if (!existsSync(preload)) throw new Error(`no preload script at ${preload}`);
    if (!sandbox || !contextIsolation || nodeIntegration) throw new Error('the page is not shut in');
    this.webContents = { send() {}, setWindowOpenHandler() {}, on() {} };
  }
  setAlwaysOnTop() {}
  isDestroyed() {
    return false;
  }
  async loadFile(path) {
    if (!existsSync(path)) throw new Error(`no page at ${path}`);
    process.send({ shown: path });
  }
}

const electron = {
  app: {
    whenReady: () => Promise.resolve(),
    on() {},
    quit() {},
    exit: (code) => process.exit(code),
    getPath: () => userData,
  },
  BrowserWindow,
  ipcMain: { handle: (channel, listener) => handlers.set(channel, listener) },
  dialog: { showOpenDialog: () => Promise.resolve({ canceled: false, filePaths: [chosen] }) },
};

const { Worker } = threads;
threads.Worker = class extends Worker {
  constructor(file, options) {
    super(file, options);
    this.once('online', () => process.send({ thread: String(file) }));
  }
};

// Resolve's own module is of another kind of file; its stand-in is a script.
Module._extensions['.node'] = Module._extensions['.js'];

const load = Module._load;
Module._load = function (name, ...rest) {
  return name === 'electron' ? electron : load.call(this, name, ...rest);
};

process.on('message', async ({ id, channel, args }) => {
  try {
    const value = await handlers.get(channel)({}, ...args);
    process.send({ id, value: structuredClone(value) });
  } catch (error) {
    process.send({ id, error: error.message });
  }
});
process.on('unhandledRejection', (error) => process.send({ wrong: String(error.stack) }));
require(main);
