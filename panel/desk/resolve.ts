/** The panel inside Resolve: its disk and its dialog are the plugin's main process, asked through the preload script. */
import { resolveAsk, resolvePage } from '../../bridge/hosts/resolve-plugin.ts';
import type { Chosen } from './cep.ts';
import { wholeDesk, type WholeDesk } from './whole.ts';

interface ResolveDesk extends WholeDesk {
  /** Absolute path of the manifest opened last; null = none yet. */
  manifest: string | null;
  /** Null where the person cancelled. */
  choose(what: Chosen): Promise<string | null>;
}

/** Null where the page does not run in Resolve. */
export async function resolveDesk(): Promise<ResolveDesk | null> {
  const page = resolvePage();
  if (!page) return null;
  return {
    ...wholeDesk(resolveAsk(page)),
    manifest: await page.manifest(),
    choose: (what) => page.choose(what),
  };
}
