/** Shows clips in Premiere, and says what Premiere did not do, in words. */
import { frameToTimecode } from '../../manifest/time/timecode.ts';
import { framesToTicks, ticksToFrames } from '../../manifest/time/ticks.ts';
import type { Show, Shown } from '../contract.ts';
import { checked, RAW } from './raw.ts';
import type { Send } from './send.ts';
import { wireTarget } from './steps.ts';
import type { RawShown } from './wire.ts';

export async function show(send: Send, asked: Show): Promise<Shown> {
  const targets = asked.what === 'select' ? asked.targets : [asked.target];
  const raw = checked(
    'show',
    RAW.shown,
    await send('show', { what: asked.what, targets: targets.map(wireTarget) }),
  );
  const name = targets[0]?.path ?? '';
  if (raw.found === 0)
    return {
      shown: false,
      reason: targets.length > 1 ? 'None of them is in the project.' : `${name} is not in the project.`,
    };
  if (raw.shown === 0)
    return {
      shown: false,
      reason: `Premiere does not show ${name}${raw.message === null ? '' : `: ${raw.message}`}.`,
    };
  if (raw.found < targets.length)
    return {
      shown: true,
      reason: `${targets.length - raw.found} of ${targets.length} are not in the project.`,
    };
  if (raw.shown !== null && asked.what !== 'source-monitor' && raw.shown < raw.found)
    return { shown: true, reason: `Premiere selected ${raw.shown} of ${raw.found}.` };
  return { shown: true, ...placeReason(asked, raw) };
}

/** No script can move the Source Monitor's playhead; it may stand there already, as Premiere remembers where it was. */
function placeReason(asked: Show, raw: RawShown): { reason?: string } {
  if (asked.what !== 'source-monitor' || !asked.at) return {};
  const { frame, rate } = asked.at;
  const wanted = framesToTicks(frame, rate);
  const start = raw.start ?? '0';
  const here = raw.position;
  if (here === wanted || here === String(BigInt(wanted) + BigInt(start))) return {};
  const place = frameToTimecode(frame + ticksToFrames(start, rate).frame, rate);
  return { reason: `Premiere lets no script move the Source Monitor's playhead: go to ${place}.` };
}
