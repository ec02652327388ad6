/** Resolve's project as a snapshot: the Media Pool in Baton's words. */
import type { ProjectSnapshot } from '../../manifest/documents/snapshot.ts';
import type { Ask } from './ask.ts';
import { readItem } from './item.ts';
import { exactRate } from './rates.ts';
import type { Session } from './session.ts';
import { usedBy } from './usage.ts';

export async function readProject(ask: Ask, session: Session, version: string): Promise<ProjectSnapshot> {
  const pool = await session.walk();
  const { handle, id, name } = pool.project;
  const rate = exactRate(
    await ask.any(handle, 'GetSetting', 'timelineFrameRate'),
    await ask.any(handle, 'GetSetting', 'timelineDropFrameTimecode'),
  );
  const used = await usedBy(ask, pool);
  const items = [];
  for (const entry of pool.entries.values())
    items.push(await readItem(ask, entry, used.get(entry.id) ?? null));
  return {
    kind: 'project',
    version: 1,
    editor: 'resolve',
    editorVersion: version,
    project: { id, name, ...(rate ? { rate } : {}) },
    bins: pool.folders.map((folder) => ({ id: folder.id, path: folder.path })),
    items,
  };
}
