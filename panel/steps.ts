/** What each of the five steps has to say about itself: done, needs you, or blocked, and why in a few words. */
import type { HistoryRecord } from '../manifest/documents/handoff.ts';
import { isUnsynced } from '../manifest/documents/sync.ts';
import { placelessNotes } from './marker-rows.ts';
import type { PanelState, StepId } from './state.ts';
import { counted, type Tone } from './words.ts';

export interface StepSays {
  word: 'Done' | 'Needs you' | 'Blocked' | 'Working' | 'Reading…';
  tone: Tone;
  detail: string;
}

export const STEP_LABEL: Record<StepId, string> = {
  handoff: 'Handoff',
  bins: 'Bins',
  sync: 'Sync',
  markers: 'Markers',
  cut: 'Cut',
};

const done = (detail: string): StepSays => ({ word: 'Done', tone: 'good', detail });
const needsYou = (detail: string): StepSays => ({ word: 'Needs you', tone: 'attention', detail });
const blocked = (detail: string): StepSays => ({ word: 'Blocked', tone: 'quiet', detail });

const SAYS: Record<StepId, (state: PanelState) => StepSays> = {
  handoff: ({ issues, opened }) => {
    const errors = issues.filter((issue) => issue.severity === 'error').length;
    const warnings = issues.filter((issue) => issue.severity === 'warning').length;
    if (!opened) return blocked('no handoff');
    if (errors > 0) return needsYou(counted(errors, 'error'));
    return warnings > 0 ? needsYou(counted(warnings, 'warning')) : done('no issues');
  },
  bins: ({ plan, work }) => {
    if (work?.command === 'apply') return { word: 'Working', tone: 'note', detail: 'applying' };
    if (!plan) return blocked('no project');
    if (plan.steps.length > 0) return needsYou(counted(plan.steps.length, 'change'));
    return plan.blocked.length > 0 ? needsYou(`${plan.blocked.length} blocked`) : done('nothing to change');
  },
  sync: ({ verdicts }) => {
    const unsynced = verdicts.filter((each) => isUnsynced(each.verdict)).length;
    return unsynced > 0 ? needsYou(`${unsynced} unsynced`) : done(`${verdicts.length} in order`);
  },
  markers: ({ plan, opened }) => {
    const notes = opened?.handoff?.log.entries.reduce((sum, entry) => sum + entry.notes.length, 0) ?? 0;
    if (notes === 0) return done('no notes');
    if (!plan) return blocked('no project');
    const waiting = plan.steps.filter(
      (step) => step.kind === 'add-marker' || step.kind === 'update-marker',
    ).length;
    if (waiting > 0) return needsYou(`${waiting} to write`);
    const lost = placelessNotes(opened!.handoff!);
    return lost > 0
      ? needsYou(`${counted(lost, 'note')} ${lost === 1 ? 'has' : 'have'} no place`)
      : done(counted(notes, 'note'));
  },
  cut: ({ opened, cutList }) => {
    const cuts = opened?.handoff?.history.filter((record) => record.kind === 'cut') ?? [];
    const last: HistoryRecord | undefined = cuts[cuts.length - 1];
    if (last) return done(last['lock'] === true ? 'locked' : 'exported');
    return cutList ? needsYou('not exported') : blocked('no sequence');
  },
};

/** Whether the project is being read for the first time: nobody knows yet that there is none. */
export function isFirstReading({ work, project, editorAbsent }: PanelState): boolean {
  return work !== null && !project && editorAbsent === '';
}

export function stepSays(step: StepId, state: PanelState): StepSays {
  const says = saysNow(step, state);
  return says.word === 'Blocked' && isFirstReading(state)
    ? { word: 'Reading…', tone: 'quiet', detail: '' }
    : says;
}

function saysNow(step: StepId, state: PanelState): StepSays {
  if (step !== 'handoff' && !state.opened?.handoff) return blocked('no handoff');
  return SAYS[step](state);
}

/** Who signed the delivery, and whether it is still what they signed. */
export function signOffSays(state: PanelState): { word: string; tone: Tone } {
  const signOff = state.opened?.handoff?.signOff;
  if (!signOff) return { word: 'Not signed off', tone: 'quiet' };
  if (signOff.hash === state.hash) return { word: `Signed off by ${signOff.by}`, tone: 'good' };
  return { word: `Changed since ${signOff.by} signed`, tone: 'attention' };
}
