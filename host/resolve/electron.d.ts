/** The few of Electron's words that the plugin uses. Resolve brings its own Electron; Baton never ships one. */
declare module 'electron' {
  export interface WebContents {
    send(channel: string, value: unknown): void;
    setWindowOpenHandler(handler: () => { action: 'deny' }): void;
    on(event: 'will-navigate', listener: (event: { preventDefault(): void }) => void): void;
  }
  export class BrowserWindow {
    constructor(options: object);
    readonly webContents: WebContents;
    loadFile(path: string): Promise<void>;
    setAlwaysOnTop(on: boolean): void;
    isDestroyed(): boolean;
    close(): void;
  }
  export const app: {
    whenReady(): Promise<void>;
    on(event: 'window-all-closed', listener: () => void): void;
    quit(): void;
    exit(code: number): void;
    getPath(name: 'userData'): string;
  };
  export const ipcMain: {
    handle(channel: string, listener: (event: unknown, ...args: unknown[]) => unknown): void;
  };
  export const dialog: {
    showOpenDialog(options: object): Promise<{ canceled: boolean; filePaths: string[] }>;
  };
  export const contextBridge: { exposeInMainWorld(name: string, api: object): void };
  export const ipcRenderer: {
    invoke(channel: string, ...args: unknown[]): Promise<unknown>;
    on(channel: string, listener: (event: unknown, value: unknown) => void): void;
    removeListener(channel: string, listener: (event: unknown, value: unknown) => void): void;
  };
}
