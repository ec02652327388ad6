/** Tells that another project or timeline was opened, by asking now and then: Resolve calls nobody back. */
import type { EditorChange } from '../contract.ts';
import type { Ask } from './ask.ts';

/** Two cheap calls a look. */
const EVERY_MS = 3000;

export function watching(ask: Ask, isBusy: () => boolean, every = EVERY_MS) {
  return (changed: (what: EditorChange) => void): (() => void) => {
    let on = true;
    let last: { project: string; timeline: string } | null = null;
    const look = async () => {
      const keeper = await ask.object(null, 'GetProjectManager');
      const project = keeper && (await ask.object(keeper, 'GetCurrentProject'));
      if (!project) return;
      const line = await ask.object(project, 'GetCurrentTimeline');
      const now = {
        project: await ask.text(project, 'GetUniqueId'),
        timeline: line ? await ask.text(line, 'GetUniqueId') : '',
      };
      if (on && last && now.project !== last.project) changed('project');
      else if (on && last && now.timeline !== last.timeline) changed('sequence');
      last = now;
    };
    const timer = setInterval(() => {
      // A look that fails is no news: a dialog is open, and the next look comes.
      if (!isBusy()) look().catch(() => undefined);
    }, every);
    return () => {
      on = false;
      clearInterval(timer);
    };
  };
}
