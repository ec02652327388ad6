/** The steps that bring one clip's label, metadata and markers to what the handoff says, and what the editor's user keeps. */
import type { Kept, Metadata, MetadataField } from '../documents/plan.ts';
import type { ClipPlan } from '../plan.ts';
import type { Rate } from '../time/rate.ts';
import { keywordChange, wantedKeywords } from './keywords.ts';
import { choose, sameMarker, sameText } from './base.ts';
import type { BareStep } from './step.ts';
import { wantedLabel, wantedMarkers, wantedMetadata } from './wanted.ts';

export interface ClipSteps {
  steps: BareStep[];
  kept: Kept[];
}

export function clipSteps(about: ClipPlan, project: Rate | undefined): ClipSteps {
  const [steps, kept]: [BareStep[], Kept[]] = [[], []];
  for (const part of [labelSteps(about), metadataSteps(about), markerSteps(about, project)]) {
    steps.push(...part.steps);
    kept.push(...part.kept);
  }
  return { steps, kept };
}

const nothing: ClipSteps = { steps: [], kept: [] };

function keep({ clip }: ClipPlan, what: Kept['what'], why: string): Kept {
  return { clip: clip.id, path: clip.path, what, why };
}

function labelSteps(about: ClipPlan): ClipSteps {
  const { clip, item, target, verdict, written, flags } = about;
  const label = wantedLabel(clip, flags.includes('label') ? verdict : undefined);
  if (!label) return nothing;
  const choice = choose<string>(label, item?.label, written?.label, sameText);
  if (choice === 'same') return nothing;
  if (choice === 'keep')
    return {
      steps: [],
      kept: [
        keep(
          about,
          'set-label',
          `Its label was changed from ${written!.label!} to ${item!.label ?? 'none'}; it stays.`,
        ),
      ],
    };
  const before = item?.label ? { before: { label: item.label } } : {};
  const why =
    label === 'unsynced' && verdict
      ? `Unsynced (${verdict.verdict}): ${verdict.reason}`
      : `It is ${LABEL_WORDS[label]}.`;
  return {
    steps: [{ kind: 'set-label', target, ...before, after: { label }, why, undoable: true }],
    kept: [],
  };
}

/** The fields as people say them. */
const WORDS: Record<MetadataField, string> = {
  scene: 'scene',
  shot: 'shot',
  take: 'take',
  note: 'note',
  description: 'description',
  good: 'circled',
  reel: 'reel',
  camera: 'camera',
  soundRoll: 'sound roll',
  keywords: 'keywords',
  batonId: 'Baton’s id',
};

const LABEL_WORDS = {
  circled: 'a circled take',
  alternate: 'an alternate',
  rejected: 'not to be used',
  unsynced: 'unsynced',
  wild: 'a wild track',
  broll: 'B-roll',
};

function metadataSteps(about: ClipPlan): ClipSteps {
  const { clip, item, target, entries, verdict, written, flags } = about;
  const wanted = wantedMetadata(clip, entries, flags.includes('field') ? verdict : undefined);
  const [before, after]: [Metadata, Metadata] = [{}, {}];
  const kept = [];
  for (const [field, value] of Object.entries(wanted) as [MetadataField, string][]) {
    const now = item?.metadata[field];
    const choice = choose(value, now, written?.metadata[field], sameText);
    if (choice === 'write') {
      after[field] = value;
      if (now !== undefined) before[field] = now;
    }
    if (choice === 'keep')
      kept.push(
        keep(
          about,
          'set-metadata',
          `${WORDS[field]} was ${now ? `changed to "${now}"` : 'emptied'}; it stays.`,
        ),
      );
  }
  if (about.keywords) {
    const words = keywordChange(
      wantedKeywords(clip, entries),
      item?.metadata.keywords,
      written?.metadata.keywords,
    );
    if (words.writes) after.keywords = words.after;
    if (words.writes && words.before !== '') before.keywords = words.before;
    if (words.left.length > 0)
      kept.push(
        keep(about, 'set-metadata', `The keywords ${words.left.join(', ')} were taken off; they stay off.`),
      );
  }
  const fields = Object.keys(after);
  if (fields.length === 0) return { steps: [], kept };
  const had = Object.keys(before).length > 0 ? { before: { metadata: before } } : {};
  const said = fields.filter((field) => field !== 'batonId').map((field) => WORDS[field as MetadataField]);
  const why = `The handoff says ${said.join(', ') || 'which clip this is'}.`;
  return {
    steps: [{ kind: 'set-metadata', target, ...had, after: { metadata: after }, why, undoable: true }],
    kept,
  };
}

function markerSteps(about: ClipPlan, project: Rate | undefined): ClipSteps {
  const { clip, item, target, entries, verdict, written, flags } = about;
  const [steps, kept]: [BareStep[], Kept[]] = [[], []];
  for (const marker of wantedMarkers(
    clip,
    entries,
    project,
    flags.includes('marker') ? verdict : undefined,
  )) {
    const now = item?.markers.find((each) => each.id === marker.id);
    const base = written?.markers.get(marker.id) ?? (written?.marked?.has(marker.id) ? marker : undefined);
    const choice = choose(marker, now, base, sameMarker);
    if (choice === 'keep')
      kept.push(
        keep(
          about,
          now ? 'update-marker' : 'add-marker',
          now
            ? `The marker "${now.comment}" was changed in the editor; it stays as it is.`
            : `The marker "${marker.comment}" was deleted in the editor; it stays away.`,
        ),
      );
    if (choice !== 'write') continue;
    const note = marker.comment.length > 60 ? `${marker.comment.slice(0, 59)}…` : marker.comment;
    if (now)
      steps.push({
        kind: 'update-marker',
        target,
        before: { marker: now },
        after: { marker },
        why: `The note now reads: ${note}`,
        undoable: true,
      });
    else
      steps.push({
        kind: 'add-marker',
        target,
        after: { marker },
        why: `${marker.name}: ${note}`,
        undoable: true,
      });
  }
  return { steps, kept };
}
