/** The panel inside Resolve: its disk and its dialog are the plugin's main process, asked through the preload script. */
import type { Desk, ListeningDesk, RenamingDesk, ScanningDesk, VerifyingDesk } from '../../bridge/desk.ts';
import { resolveAsk, resolvePage } from '../../bridge/hosts/resolve-plugin.ts';
import {
  loopbackDesk,
  loopbackListening,
  loopbackRenaming,
  loopbackScanning,
  loopbackVerifying,
} from '../../bridge/loopback.ts';
import type { Chosen } from './cep.ts';

interface ResolveDesk {
  desk: Desk;
  /** Absolute path of the manifest opened last; null = none yet. */
  manifest: string | null;
  scanning: ScanningDesk;
  listening: ListeningDesk;
  naming: RenamingDesk;
  verifying: VerifyingDesk;
  /** Null where the person cancelled. */
  choose(what: Chosen): Promise<string | null>;
}

/** Null where the page does not run in Resolve. */
export async function resolveDesk(): Promise<ResolveDesk | null> {
  const page = resolvePage();
  if (!page) return null;
  const ask = resolveAsk(page);
  return {
    desk: loopbackDesk(ask),
    scanning: loopbackScanning(ask),
    listening: loopbackListening(ask),
    naming: loopbackRenaming(ask),
    verifying: loopbackVerifying(ask),
    manifest: await page.manifest(),
    choose: (what) => page.choose(what),
  };
}
