/** The plain-text report a person can send with a fault: what ran and what was counted, never a path, a name or a note. */
import { longestFirst, namesOf, redact } from '../bridge/redact.ts';
import { stem } from '../manifest/documents/paths.ts';
import { counted } from './words.ts';
import type { PanelState } from './state.ts';

/** Every name the state holds that is in the text: few of many thousands. */
function namesIn(text: string, { path, opened, editor, sequence }: PanelState): string[] {
  if (text.trim() === '') return [];
  const handoff = opened?.handoff;
  // Path and file name hold the stem: where that is not, they are not.
  const clips = handoff?.clips.filter((clip) => text.includes(stem(clip.path))) ?? [];
  const all = [
    path,
    ...Object.values(opened?.roots ?? {}),
    ...(handoff ? namesOf({ ...handoff, clips }) : []),
    editor?.project.name,
    sequence?.name,
  ];
  return longestFirst(all.filter((name) => name && text.includes(name)));
}

function countBy<Each>(all: readonly Each[], key: (each: Each) => string): string {
  const counts = new Map<string, number>();
  for (const each of all) counts.set(key(each), (counts.get(key(each)) ?? 0) + 1);
  return [...counts].map(([name, count]) => `${name} ${count}`).join(', ') || 'none';
}

/** Reasons told at most; more say nothing new. */
const MOST_REASONS = 20;

export function report(state: PanelState): string {
  const { editor, opened, plan, receipt, failure, sequence } = state;
  const handoff = opened?.handoff;
  const lines = [
    'Baton report',
    editor ? `Editor: ${editor.editor} ${editor.editorVersion} through ${editor.adapter}` : 'Editor: none',
    `Lacks: ${editor?.lacks.map((lack) => lack.what).join(', ') || 'nothing'}`,
    handoff
      ? `Handoff: version ${handoff.version}, revision ${handoff.revision}, ${countBy(handoff.clips, (clip) => clip.kind)}`
      : 'Handoff: none',
    `Issues: ${countBy(state.issues, (issue) => `${issue.severity} ${issue.code}`)}`,
    `Sync: ${countBy(state.verdicts, (verdict) => verdict.verdict)}`,
    `Plan: ${plan ? `${countBy(plan.steps, (step) => step.kind)}; blocked ${plan.blocked.length}` : 'none'}`,
    `Receipt: ${receipt ? countBy(receipt.steps, (step) => step.result) : 'none'}`,
    `Sequence: ${
      sequence
        ? `${counted(sequence.tracks.length, 'track')}, ${counted(
            sequence.tracks.reduce((sum, track) => sum + track.items.length, 0),
            'item',
          )}`
        : 'none'
    }`,
  ];
  const all = new Set<string>();
  for (const { reason } of receipt?.steps ?? []) if (reason) all.add(reason);
  const reasons = [...all].slice(0, MOST_REASONS);
  const names = namesIn([...reasons, failure?.message ?? ''].join('\n'), state);
  const plain = new Set(reasons.map((reason) => redact(reason, names)));
  for (const reason of plain) lines.push(`  ${reason}`);
  if (failure) lines.push(`Failure: ${failure.what}: ${redact(failure.message, names)}`);
  return `${lines.join('\n')}\n`;
}
