/** Small documents for the store's tests, the same in every process. */
import type { Handoff } from '../../manifest/documents/handoff.ts';
import type { Receipt } from '../../manifest/documents/receipt.ts';

export function someHandoff(): Handoff {
  return {
    kind: 'handoff',
    version: 1,
    revision: 0,
    production: { title: 'Nachtzug' },
    shootDays: [],
    roots: [{ name: 'media' }],
    clips: [],
    log: { sheets: [], entries: [] },
    transcripts: [],
    history: [],
  };
}

export function someReceipt(id: string, steps: number): Receipt {
  return {
    kind: 'receipt',
    version: 1,
    id,
    plan: 'f00d',
    host: { editor: 'premiere', editorVersion: '25.2', adapter: 'stand-in' },
    project: { id: 'p1', name: 'Nachtzug' },
    at: '2026-03-02T08:00:00Z',
    steps: Array.from({ length: steps }, (_, index) => ({
      id: `make-bin-${index}`,
      result: 'verified' as const,
      kind: 'make-bin' as const,
      target: { bin: ['Scenes', String(index)] },
      after: { bin: ['Scenes', String(index)] },
    })),
  };
}
