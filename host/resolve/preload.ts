/** Gives the sandboxed page its one way out: four functions, text in and text out. */
import { contextBridge, ipcRenderer } from 'electron';
import { CHANNELS } from './channels.ts';

contextBridge.exposeInMainWorld('batonResolve', {
  ask: (room: string, method: string, args: string) => ipcRenderer.invoke(CHANNELS.ask, room, method, args),
  choose: (what: string) => ipcRenderer.invoke(CHANNELS.choose, what),
  manifest: () => ipcRenderer.invoke(CHANNELS.manifest),
  changed(heard: (what: unknown) => void) {
    const listener = (_event: unknown, what: unknown) => heard(what);
    ipcRenderer.on(CHANNELS.changed, listener);
    return () => ipcRenderer.removeListener(CHANNELS.changed, listener);
  },
});
