/** What each of the five steps has to say about itself: done, needs you, or blocked, and why in a few words. */
import type { Handoff, HistoryRecord } from '../manifest/documents/handoff.ts';
import type { Issue, Severity } from '../manifest/documents/issue.ts';
import type { Plan } from '../manifest/documents/plan.ts';
import { isUnsynced, type SyncVerdict } from '../manifest/documents/sync.ts';
import { once } from './once.ts';
import { lettingStand } from './standing.ts';
import type { PanelState, StepId } from './state.ts';
import { counted, type Tone } from './words.ts';

interface StepSays {
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

// Asked after every change of the state, of documents that seldom change.
const bySeverity = once((issues: Issue[]) => {
  const counts: Record<Severity, number> = { error: 0, warning: 0, note: 0 };
  for (const { severity } of issues) counts[severity]++;
  return counts;
});
const unsyncedIn = once((all: SyncVerdict[]) => all.filter(({ verdict }) => isUnsynced(verdict)).length);
const notesIn = once(({ log }: Handoff) => log.entries.reduce((sum, { notes }) => sum + notes.length, 0));
const markersToWrite = once(
  ({ steps }: Plan) => steps.filter(({ kind }) => kind === 'add-marker' || kind === 'update-marker').length,
);

const SAYS: Record<StepId, (state: PanelState) => StepSays> = {
  handoff: ({ issues, waived, opened }) => {
    const { error: errors, warning: warnings } = bySeverity(issues);
    if (!opened) return blocked('no handoff');
    if (!opened.handoff && issues.some(({ code }) => code === 'manifest-missing'))
      return needsYou('none built yet');
    if (errors > 0) return needsYou(counted(errors, 'error'));
    if (warnings > 0) return needsYou(counted(warnings, 'warning'));
    return done(waived.length > 0 ? `${waived.length} let stand` : 'no issues');
  },
  bins: ({ plan, work }) => {
    if (work?.command === 'apply') return { word: 'Working', tone: 'note', detail: 'applying' };
    if (!plan) return blocked('no project');
    if (plan.steps.length > 0) return needsYou(counted(plan.steps.length, 'change'));
    return plan.blocked.length > 0 ? needsYou(`${plan.blocked.length} blocked`) : done('nothing to change');
  },
  sync: ({ verdicts, issues, waived }) => {
    const stand = lettingStand(verdicts, issues, waived);
    const unsynced = unsyncedIn(verdicts) - stand;
    if (unsynced > 0) return needsYou(`${unsynced} unsynced`);
    return done(stand > 0 ? `${stand} let stand` : `${verdicts.length} in order`);
  },
  markers: ({ plan, opened, placeless: lost }) => {
    const notes = opened?.handoff ? notesIn(opened.handoff) : 0;
    if (notes === 0) return done('no notes');
    if (!plan) return blocked('no project');
    const waiting = markersToWrite(plan);
    if (waiting > 0) return needsYou(`${waiting} to write`);
    return lost > 0 ? needsYou(`${lost} unplaced`) : done(counted(notes, 'note'));
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
