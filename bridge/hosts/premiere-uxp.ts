/**
 * Premiere through UXP, from 25.6: the panel's own process speaks to Premiere, so the code that does is loaded here. Inside a
 * WebView, where `require` is not, the other end of the message bridge answers instead.
 */
import { uxpPremiere } from '../../host/uxp/main.ts';
import type { Host as UxpHost } from '../../host/uxp/main.ts';
import { HostError } from '../call.ts';
import type { Editor } from '../contract.ts';
import { bridgedEditor } from '../uxp/bridged.ts';
import { uxpEditor } from '../uxp/editor.ts';
import { uxpDisk, uxpFs } from '../uxp/fs.ts';
import { webviewBridge } from '../uxp/webview.ts';
import type { Host } from './host.ts';

type Require = (name: string) => unknown;

/** CEP's Node has a `require` too, but no module of this name. */
function load(name: string): unknown {
  try {
    return (globalThis as { require?: Require }).require?.(name) ?? null;
  } catch {
    return null;
  }
}

function version(): string {
  const uxp = load('uxp') as { host?: { version?: unknown } } | null;
  return typeof uxp?.host?.version === 'string' ? uxp.host.version : 'unknown';
}

/** Premiere's module and what goes with it; null where this is not Premiere's UXP. */
export function uxpHere(): UxpHost | null {
  const ppro = load('premierepro');
  const fs = uxpFs(load('fs'));
  if (!ppro || !fs) return null;
  return { ppro: ppro as UxpHost['ppro'], disk: uxpDisk(fs), version: version() };
}

/** The editor in this very process; null where this is not Premiere's UXP. */
export function uxpEditorHere(): Editor | null {
  const here = uxpHere();
  return here && uxpEditor(uxpPremiere(here));
}

export const premiereUxp: Host = {
  id: 'premiere-uxp',
  label: 'Premiere (UXP)',
  isHere: () => webviewBridge() !== null || uxpHere() !== null,
  async connect(): Promise<Editor> {
    const bridge = webviewBridge();
    if (bridge) return await bridgedEditor(bridge);
    const here = uxpEditorHere();
    if (!here) throw new HostError('not-open', 'connect', 'This page is not running inside Premiere.');
    return here;
  },
};
