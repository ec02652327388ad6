/** Whether a receipt that was brought home belongs to a manifest: every clip it speaks of, and every receipt it takes back. */
import { handoffHash } from '../canonical.ts';
import type { Handoff } from '../documents/handoff.ts';
import type { Receipt } from '../documents/receipt.ts';
import { readReceipt } from '../documents/schemas.ts';
import { asEditorsSee } from '../plan/parts.ts';

export type Fit =
  /** `changed`: the delivery has changed since the plan was made. `gone`: paths of clips the manifest no longer has. */
  { fits: true; changed: boolean; gone: string[] } | { fits: false; why: string };

/** A receipt none of whose clips the manifest knows is another's; one that knows some was made before the rest went. */
export function fits(receipt: Receipt, handoff: Handoff): Fit {
  const known = new Set(
    handoff.clips.flatMap((clip) => [clip.id, ...asEditorsSee(clip).map((each) => each.clip.id)]),
  );
  const spoken = new Map<string, string>();
  for (const { target } of receipt.steps) if ('clip' in target) spoken.set(target.clip, target.path);
  const gone = [...spoken].filter(([clip]) => !known.has(clip)).map(([, path]) => path);
  const same = receipt.plan === handoffHash(handoff);
  if (!same && spoken.size > 0 && gone.length === spoken.size) return { fits: false, why: anotherOf(gone) };
  const missing = missingReceipts(receipt, handoff);
  if (missing.length > 0)
    return {
      fits: false,
      why: `it takes back ${missing.join(', ')}, which this manifest has not recorded; bring that receipt home first`,
    };
  if (!same && spoken.size === 0 && !knowsPlan(receipt, handoff))
    return { fits: false, why: 'it speaks of no clip, and its plan was made from another manifest' };
  return { fits: true, changed: !same, gone };
}

function anotherOf(paths: string[]): string {
  const one = paths.length === 1;
  return `it is of another manifest: ${one ? 'the one clip' : `none of the ${paths.length} clips`} it speaks of (${paths[0]}${one ? '' : ', …'}) is ${one ? 'not ' : ''}in this one`;
}

function missingReceipts({ reverts }: Receipt, handoff: Handoff): string[] {
  const recorded = new Set(handoff.history.map((record) => readReceipt(record['receipt'])?.id));
  return (reverts ?? []).filter((id) => !recorded.has(id));
}

function knowsPlan({ plan }: Receipt, { history }: Handoff): boolean {
  return history.some((record) => readReceipt(record['receipt'])?.plan === plan);
}
