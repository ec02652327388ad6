/** Baton's steps in Premiere's terms, and how they are cut into calls that keep Premiere's window alive. */
import type { ClipTarget, Step } from '../../manifest/documents/plan.ts';
import { suffix } from '../../manifest/documents/paths.ts';
import { batonMark, metadataWrite, rateForget, rateWrite } from './columns.ts';
import { IMPORTABLE } from './importable.ts';
import { labelIndex, markerColourIndex } from './labels.ts';
import { frameToSecondsNumber, markerEnd, markerTag, taggedComment } from './markers.ts';
import { es3Literal } from './send.ts';
import type { MarkerOp, WireOp, WireTarget } from './wire.ts';

/** An op, or why Premiere is not asked. */
export type Translated = { op: WireOp } | { refused: string };

export function toOp(step: Step): Translated {
  switch (step.kind) {
    case 'make-bin':
      return { op: { op: 'make-bin', bin: step.after.bin } };
    case 'import':
      return importOp(step.target, step.after.bin);
    case 'move':
      return { op: { op: 'move', target: wireTarget(step.target), bin: step.after.bin } };
    case 'set-label': {
      const label = step.after.label === null ? null : labelIndex(step.after.label);
      if (label === null) return { refused: `Premiere has no label "${step.after.label}"` };
      return { op: { op: 'label', target: wireTarget(step.target), label } };
    }
    case 'set-metadata':
      return {
        op: { op: 'metadata', target: wireTarget(step.target), write: metadataWrite(step.after.metadata) },
      };
    case 'add-marker':
    case 'update-marker':
      return { op: markerOp(step) };
    case 'remove-marker':
      return {
        op: {
          op: 'remove-marker',
          target: wireTarget(step.target),
          tag: markerTag(step.after.gone),
          forget: rateForget(),
        },
      };
    case 'remove-item':
      return { op: { op: 'remove-item', target: wireTarget(step.target) } };
    case 'remove-bin':
      return { op: { op: 'remove-bin', bin: step.target.bin } };
  }
}

function importOp(target: ClipTarget, bin: string[]): Translated {
  const kind = suffix(target.path);
  if (!IMPORTABLE.includes(kind)) {
    return {
      refused:
        kind === '' ? 'a file without a suffix cannot be imported' : `Premiere does not import .${kind}`,
    };
  }
  const op: WireOp = { op: 'import', target: wireTarget(target), path: target.file, bin };
  return { op: target.frames ? { ...op, stills: true } : op };
}

function markerOp(step: Extract<Step, { kind: 'add-marker' | 'update-marker' }>): MarkerOp {
  const marker = step.after.marker;
  return {
    op: 'marker',
    target: wireTarget(step.target),
    tag: markerTag(marker.id),
    mode: step.kind === 'add-marker' ? 'add' : 'update',
    start: frameToSecondsNumber(marker.frame, marker.rate),
    end: markerEnd(marker),
    name: marker.name,
    comments: taggedComment(marker),
    colour: markerColourIndex(marker.colour),
    remember: rateWrite(marker.rate),
  };
}

export function wireTarget(target: ClipTarget): WireTarget {
  const forms = [target.file, target.file.normalize('NFC'), target.file.normalize('NFD')];
  return { item: target.item ?? null, paths: [...new Set(forms)], mark: batonMark(target.clip) };
}

/** A call stays below this many characters and ops: about a second of Premiere's main thread. */
export interface CallSize {
  characters: number;
  ops: number;
}

/** Cuts ops into calls, keeping their order; an op that is too big for any call goes alone. */
export function intoCalls<T extends { op: WireOp }>(asked: T[], size: CallSize): T[][] {
  const calls: T[][] = [];
  let room = 0;
  for (const one of asked) {
    const length = es3Literal(one.op).length + 1;
    const last = calls[calls.length - 1];
    if (last && last.length < size.ops && length <= room) {
      last.push(one);
      room -= length;
    } else {
      calls.push([one]);
      room = size.characters - length;
    }
  }
  return calls;
}
