/** Shows clips in Resolve's Media Pool. No script opens the source viewer at a frame. */
import type { Show, Shown } from '../contract.ts';
import { frameToTimecode } from '../../manifest/time/timecode.ts';
import type { Ask } from './ask.ts';
import { atRate } from './notes.ts';
import { clipRate, clipStart } from './rates.ts';
import { findEntry, folderAt, type Session } from './session.ts';

export async function show(ask: Ask, session: Session, asked: Show): Promise<Shown> {
  const targets = asked.what === 'select' ? asked.targets : [asked.target];
  const pool = await session.pool();
  const found = targets.flatMap((target) => findEntry(pool, target) ?? []);
  const [first] = found;
  const name = targets[0]?.path ?? '';
  if (!first)
    return {
      shown: false,
      reason: targets.length > 1 ? 'None of them is in the project.' : `${name} is not in the project.`,
    };
  const bin = folderAt(pool, first.bin);
  await ask.any(null, 'OpenPage', 'media');
  if (!bin || !(await ask.yes(pool.media, 'SetCurrentFolder', bin)))
    return { shown: false, reason: `Resolve does not open the bin of ${name}.` };
  if (asked.what === 'bin') return { shown: true };
  const selects = await ask.has(pool.media, 'SetSelectedClip');
  const selected = selects && (await ask.yes(pool.media, 'SetSelectedClip', first.handle));
  if (!selected)
    return { shown: true, reason: `This Resolve lets no script select a clip: look for ${name} in its bin.` };
  if (targets.length > 1)
    return { shown: true, reason: `Resolve lets a script select one clip: ${name} of ${targets.length}.` };
  if (asked.what !== 'source-monitor' || !asked.at) return { shown: true };
  const rate = clipRate(first.properties);
  const start = clipStart(first.properties);
  const place =
    rate && start !== null
      ? frameToTimecode(start + atRate(asked.at.frame, asked.at.rate, rate), rate)
      : `frame ${asked.at.frame}`;
  return { shown: true, reason: `Resolve lets no script move the source viewer: go to ${place}.` };
}
