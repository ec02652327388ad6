/**
 * Upgrades from each manifest version to the next, oldest first: element 0 turns version 1 into version 2.
 * A manifest of an older version is lifted step by step before it meets the schema; a newer one is refused.
 */
import { MANIFEST_VERSION } from './documents/handoff.ts';

export type Upgrade = (document: Record<string, unknown>) => Record<string, unknown>;

/** Empty while version 1 is the only one. */
export const UPGRADES: Upgrade[] = [];

export type Upgraded =
  | { ok: true; document: Record<string, unknown> }
  | { ok: false; message: string; fix: string };

export function upgrade(
  document: Record<string, unknown>,
  upgrades: Upgrade[] = UPGRADES,
  current: number = MANIFEST_VERSION,
): Upgraded {
  const { version } = document;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1)
    return {
      ok: false,
      message: `its version is ${JSON.stringify(version) ?? 'missing'}; a manifest's version is a whole number from 1`,
      fix: `"version": ${current} is what this Baton writes`,
    };
  if (version > current)
    return {
      ok: false,
      message: `it is version ${version}, and this Baton reads up to version ${current}`,
      fix: 'update Baton on this machine, or ask for the handoff from a machine with the same Baton',
    };
  let lifted = document;
  for (const step of upgrades.slice(version - 1, current - 1)) lifted = step(lifted);
  return { ok: true, document: { ...lifted, version: current } };
}
