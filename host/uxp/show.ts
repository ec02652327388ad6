/** Shows a clip, and hears what happens in Premiere. UXP can open the Source Monitor; it cannot select or reveal in a bin. */
import type { EditorChange } from '../../bridge/contract.ts';
import type { ShowAnswer, ShowRequest } from '../../bridge/uxp/methods.ts';
import { ProjectIndex } from './find.ts';
import { openProject, orNull, type Host } from './natives.ts';

export async function show(host: Host, request: ShowRequest): Promise<ShowAnswer> {
  const index = await ProjectIndex.read(host, await openProject(host));
  const first = request.targets[0];
  const found = first && (await index.find(first));
  if (!found) return { shown: false, reason: 'It is not in the project.' };
  if (request.what !== 'source-monitor') {
    const where = found.parent.path.join('/') || "the project's top level";
    return { shown: false, reason: `This Premiere lets no panel select in its bins; look in ${where}.` };
  }
  const monitor = host.ppro.SourceMonitor;
  if (!(await orNull(() => monitor.openProjectItem(found.item))))
    return { shown: false, reason: 'Premiere did not open it in the Source Monitor.' };
  if (request.at === null) return { shown: true, reason: null };
  const time = host.ppro.TickTime.createWithTicks(request.at);
  const there = await orNull(() => monitor.setPosition(time));
  return there
    ? { shown: true, reason: null }
    : { shown: true, reason: 'This Premiere cannot move the playhead of the Source Monitor.' };
}

/** Calls back until the returned function is called; an event this Premiere does not know is passed over. */
export function watch({ ppro }: Host, changed: (what: EditorChange) => void): () => void {
  const { ProjectEvent, SequenceEvent, OperationCompleteEvent } = ppro.Constants;
  const heard: [unknown, EditorChange[]][] = [
    [ProjectEvent?.OPENED, ['project']],
    [ProjectEvent?.ACTIVATED, ['project']],
    [ProjectEvent?.CLOSED, ['project']],
    // Premiere does not say what became dirty.
    [ProjectEvent?.DIRTY, ['items', 'sequence']],
    [OperationCompleteEvent?.IMPORT_MEDIA_COMPLETE, ['items']],
    [SequenceEvent?.ACTIVATED, ['sequence']],
    [SequenceEvent?.CLOSED, ['sequence']],
  ];
  const stops: (() => void)[] = [];
  for (const [event, changes] of heard) {
    if (event === undefined) continue;
    const hear = () => changes.forEach(changed);
    ppro.EventManager.addGlobalEventListener(event as string, hear);
    stops.push(() => ppro.EventManager.removeGlobalEventListener(event as string, hear));
  }
  return () => stops.splice(0).forEach((stop) => stop());
}
