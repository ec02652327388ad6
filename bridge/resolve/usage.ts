/** Which timelines play an item. `Usage` says whether any does; the walk over timelines is made only where one may. */
import type { Ask } from './ask.ts';
import type { Handle } from './door.ts';
import type { Pool } from './session.ts';

export async function timelines(ask: Ask, project: Handle): Promise<Handle[]> {
  const found: Handle[] = [];
  const count = (await ask.number(project, 'GetTimelineCount')) ?? 0;
  for (let index = 1; index <= count; index++) {
    const timeline = await ask.object(project, 'GetTimelineByIndex', index);
    if (timeline) found.push(timeline);
  }
  return found;
}

/** Names of the timelines that play each item, by the item's id. */
export async function usedBy(ask: Ask, pool: Pool): Promise<Map<string, string[]>> {
  const used = new Map<string, string[]>();
  const lines = await timelines(ask, pool.project.handle);
  const [only] = lines;
  if (!only) return used;
  const note = (id: string, name: string) => {
    const names = used.get(id) ?? [];
    if (!names.includes(name)) used.set(id, [...names, name]);
  };
  // Timelines lie in the pool too, and their own use is nobody's question.
  const media = [...pool.entries.values()].filter(({ file }) => file !== '');
  const counted = media.every(({ properties }) => /^\d+$/.test(String(properties['Usage'] ?? '')));
  // One timeline: whatever is used is used there.
  if (counted && lines.length === 1) {
    const name = await ask.text(only, 'GetName');
    for (const { id, properties } of media) if (Number(properties['Usage']) > 0) note(id, name);
    return used;
  }
  if (counted && media.every(({ properties }) => Number(properties['Usage']) === 0)) return used;
  for (const line of lines) {
    const name = await ask.text(line, 'GetName');
    for (const kind of ['video', 'audio'])
      for (let track = 1; track <= ((await ask.number(line, 'GetTrackCount', kind)) ?? 0); track++)
        for (const item of await ask.objects(line, 'GetItemListInTrack', kind, track)) {
          const clip = await ask.object(item, 'GetMediaPoolItem');
          const id = clip ? await ask.text(clip, 'GetUniqueId') : '';
          if (id !== '') note(id, name);
        }
  }
  return used;
}
