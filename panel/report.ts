/** The plain-text report a person can send with a fault: what ran and what was counted, never a path, a name or a note. */
import { counted } from './words.ts';
import type { PanelState } from './state.ts';

/** Takes out what could name a file, a place or a person: paths, quoted words, and names with a suffix. */
export function redact(text: string): string {
  return text
    .replace(/(?:[A-Za-z]:)?(?:[\\/][^\s\\/:"'<>|]+){2,}[\\/]?/g, '<path>')
    .replace(/"[^"]*"|“[^”]*”/g, '<name>')
    .replace(/[^\s/\\<>]+\.[A-Za-z0-9]{2,5}\b(?!\d)/g, '<file>');
}

function countBy<Each>(all: readonly Each[], key: (each: Each) => string): string {
  const counts = new Map<string, number>();
  for (const each of all) counts.set(key(each), (counts.get(key(each)) ?? 0) + 1);
  return [...counts].map(([name, count]) => `${name} ${count}`).join(', ') || 'none';
}

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
    `Sequence: ${sequence ? `${counted(sequence.tracks.length, 'track')}, ${counted(sequence.tracks.reduce((sum, track) => sum + track.items.length, 0), 'item')}` : 'none'}`,
  ];
  const reasons = new Set(receipt?.steps.flatMap((step) => (step.reason ? [redact(step.reason)] : [])));
  for (const reason of [...reasons].slice(0, 20)) lines.push(`  ${reason}`);
  if (failure) lines.push(`Failure: ${failure.what}: ${redact(failure.message)}`);
  return `${lines.join('\n')}\n`;
}
