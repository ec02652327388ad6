/** Compares what Premiere holds after a write with what the step wanted, and says so in plain words. */
import type { Metadata, Step, StepBefore } from '../../manifest/documents/plan.ts';
import type { StepResult } from '../../manifest/documents/receipt.ts';
import { FIELDS, metadataOf } from './columns.ts';
import { labelIndex, labelName } from './labels.ts';
import { lines, markerDifferences, markerOf } from './markers.ts';
import type { RawResult, RawState } from './wire.ts';
import { readColumns, sayable } from './xmp.ts';

/** The receipt's line for a step, from what one call said about it. */
export function judge(step: Step, raw: RawResult): StepResult {
  const result: StepResult = { id: step.id, result: 'verified' };
  if (raw.item !== null) result.item = raw.item;
  const before = raw.before && beforeOf(step, raw.before);
  if (before) result.before = before;
  if (raw.outcome === 'present' && (step.kind === 'import' || step.kind === 'make-bin')) result.found = true;
  if (removes(step) && (raw.outcome === 'absent' || raw.outcome === 'done')) {
    // What is gone already needs nobody's hand.
    if (raw.outcome === 'absent' || !stillThere(step, raw.after)) return result;
    return { ...result, result: 'unverified', reason: `${nameOf(step)}: Premiere still shows it` };
  }
  if (raw.outcome === 'absent')
    return { ...result, result: 'failed', reason: `${nameOf(step)}: ${raw.message ?? gone(step)}` };
  if (raw.outcome === 'failed') {
    return { ...result, result: 'failed', reason: `${nameOf(step)}: ${raw.message ?? 'Premiere refused'}` };
  }
  if (raw.outcome === 'pending') return { ...result, result: 'unverified', reason: LATE(step) };
  const wrong = raw.after ? differences(step, raw.after) : ['Premiere does not show it'];
  if (wrong.length === 0) return result;
  // What was there already and differs was not written by this step.
  const kind =
    raw.outcome === 'present' && (step.kind === 'import' || step.kind === 'add-marker')
      ? 'failed'
      : 'unverified';
  return { ...result, result: kind, reason: `${nameOf(step)}: ${wrong.join('; ')}` };
}

function removes(step: Step): boolean {
  return step.kind === 'remove-marker' || step.kind === 'remove-item' || step.kind === 'remove-bin';
}

function stillThere(step: Step, after: RawState | null): boolean {
  return after !== null && (step.kind !== 'remove-marker' || after.marker !== null);
}

/** The same for a step that is only looked at again: what is not there is still unverified. */
export function judgeAgain(step: Step, raw: RawResult): StepResult {
  if (raw.outcome !== 'absent' || removes(step)) return judge(step, { ...raw, outcome: 'done' });
  return {
    id: step.id,
    result: 'unverified',
    reason: step.kind === 'import' ? LATE(step) : `${nameOf(step)}: ${gone(step)}`,
  };
}

const LATE = (step: Step) => `${nameOf(step)}: Premiere said yes but the file does not appear in the bin`;

function gone(step: Step): string {
  return step.kind === 'make-bin' ? 'the bin is not in the project' : 'it is not in the project';
}

/** What a step is about, for people. */
export function nameOf(step: Step): string {
  return 'bin' in step.target ? step.target.bin.join('/') : step.target.path;
}

function differences(step: Step, after: RawState): string[] {
  switch (step.kind) {
    case 'make-bin':
    case 'remove-marker':
    case 'remove-item':
    case 'remove-bin':
      return [];
    case 'import':
    case 'move': {
      const bin = after.bin ?? [];
      const same = bin.length === step.after.bin.length && bin.every((name, i) => name === step.after.bin[i]);
      if (same) return [];
      const there = bin.length === 0 ? "the project's top level" : `the bin ${bin.join('/')}`;
      const already = step.kind === 'import' ? 'it is in the project already, in' : 'it is still in';
      return [`${already} ${there}; plan again to move it`];
    }
    case 'set-label':
      if (step.after.label !== null && after.label === labelIndex(step.after.label)) return [];
      return [
        `Premiere shows the label ${labelName(after.label) ?? 'none'}, not ${step.after.label ?? 'none'}`,
      ];
    case 'set-metadata':
      return metadataDifferences(step.after.metadata, after.xmp);
    case 'add-marker':
    case 'update-marker': {
      const read = after.marker && markerOf(after.marker, step.after.marker.rate);
      return read ? markerDifferences(step.after.marker, read) : ['Premiere does not show the marker'];
    }
  }
}

function metadataDifferences(wanted: Metadata, xmp: string | null): string[] {
  const columns = xmp === null ? null : readColumns(xmp);
  if (!columns) return ["Premiere's metadata of it cannot be read"];
  const read = metadataOf(columns);
  return FIELDS.flatMap((field) => {
    const want = wanted[field];
    if (want === undefined) return [];
    const got = read[field] ?? '';
    if (lines(got) === lines(want)) return [];
    if (lines(got) === lines(sayable(want)))
      return [`${field} holds characters that metadata cannot carry; they were left out`];
    return [`${field} reads "${got}", not "${want}"`];
  });
}

/** What revert puts back. A metadata field that was not set is '', which clears it. */
function beforeOf(step: Step, before: RawState): StepBefore | null {
  switch (step.kind) {
    case 'make-bin':
    case 'import':
    case 'remove-bin':
      return null;
    case 'remove-marker':
      return { marker: step.before.marker };
    case 'remove-item':
    case 'move':
      return before.bin && { bin: before.bin };
    case 'set-label': {
      const label = labelName(before.label);
      return label === null ? null : { label };
    }
    case 'set-metadata': {
      const read = metadataOf((before.xmp === null ? null : readColumns(before.xmp)) ?? new Map());
      const metadata: Metadata = {};
      for (const field of FIELDS)
        if (step.after.metadata[field] !== undefined) metadata[field] = read[field] ?? '';
      return { metadata };
    }
    case 'add-marker':
    case 'update-marker': {
      const marker = before.marker && markerOf(before.marker, step.after.marker.rate);
      return marker && { marker };
    }
  }
}
