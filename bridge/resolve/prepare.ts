/** The project's rate, settled before any media: sound keeps for ever the rate that the project had when it came in. */
import type { Rate } from '../../manifest/documents/rate.ts';
import { rateLabel, sameRate, sameSpeed } from '../../manifest/time/rate.ts';
import type { Ask } from './ask.ts';
import { exactRate, rateSetting } from './rates.ts';
import { openProject } from './session.ts';

/** Why nothing may be brought in; null where all is well. */
export async function prepareRate(ask: Ask, wanted: Rate): Promise<string | null> {
  const { handle, name } = await openProject(ask);
  const look = async () =>
    exactRate(
      await ask.any(handle, 'GetSetting', 'timelineFrameRate'),
      await ask.any(handle, 'GetSetting', 'timelineDropFrameTimecode'),
    );
  const now = await look();
  if (now && sameRate(now, wanted)) return null;
  const lines = (await ask.number(handle, 'GetTimelineCount')) ?? 0;
  // How labels count is each timeline's own; only the speed cannot be changed.
  if (lines > 0 && now && sameSpeed(now, wanted)) return null;
  if (lines === 0) {
    await ask.any(handle, 'SetSetting', 'timelineFrameRate', rateSetting(wanted));
    const after = await look();
    if (after && sameSpeed(after, wanted)) return null;
  }
  const runs = now ? rateLabel(now) : 'a rate that Baton cannot read';
  const why =
    lines > 0
      ? 'it has a timeline, and Resolve then never changes the rate'
      : 'Resolve did not take another rate';
  return `The project "${name}" runs at ${runs} and the handoff at ${rateLabel(wanted)}; ${why}. Open a new project and import there.`;
}
