/** What listening found for a picture, with the numbers behind it. A suggestion: only a person pairs. */
import type { Clip, Handoff } from '../../manifest/documents/handoff.ts';
import { fileName } from '../../manifest/documents/paths.ts';
import type { HeardWord, Listened } from '../../manifest/documents/sync.ts';
import { pairBy } from '../sync-rows.ts';
import type { Worded } from '../words.ts';
import { Status } from './Icon.tsx';
import { Act } from './IssueActions.tsx';
import { useEdit, useLook } from './panel-context.ts';

const HEARD: Record<HeardWord, Worded> = {
  match: { word: 'Heard: they fit', tone: 'good' },
  ambiguous: { word: 'Heard: fits in several places', tone: 'attention' },
  silence: { word: 'Nothing to hear', tone: 'quiet' },
  'too-little': { word: 'Too little to hear', tone: 'quiet' },
  none: { word: 'Heard: does not fit', tone: 'attention' },
  'not-heard': { word: 'Could not be listened to', tone: 'bad' },
};

export function Heard({ heard, picture, handoff }: { heard: Listened[]; picture: Clip; handoff: Handoff }) {
  const edit = useEdit();
  const busy = useLook((state) => state.work !== null);
  if (heard.length === 0) return null;
  return (
    <ul className="heard">
      {heard.map((each, nth) => {
        const { word, tone } = HEARD[each.heard];
        const ids = setOf(each, handoff);
        const paired = ids.length > 0 && ids.every((id) => picture.pairedSound?.includes(id));
        return (
          <li key={nth}>
            <Status tone={tone}>{word}</Status>
            <p>{each.reason}</p>
            {numbers(each) ? <p className="why">{numbers(each)}</p> : null}
            {each.heard === 'match' && ids.length > 0 && !paired ? (
              <Act busy={busy} onPress={() => edit(pairBy(picture, ids, fileName(each.sound!)))}>
                {`Pair with ${fileName(each.sound!)}`}
              </Act>
            ) : null}
          </li>
        );
      })}
    </ul>
  );
}

/** The sound that was heard, and the files recorded with it. */
function setOf(each: Listened, handoff: Handoff): string[] {
  if (!each.soundId) return [];
  const paths = new Set(each.set ?? []);
  return [
    each.soundId,
    ...handoff.clips
      .filter((clip) => clip.kind === 'sound' && paths.has(clip.path) && clip.id !== each.soundId)
      .map(({ id }) => id),
  ];
}

function numbers({ evidence, offsetFrames, offsetSamples, driftPpm }: Listened): string {
  const { z, windows, agreeing, secondPeak } = evidence;
  return [
    offsetFrames === undefined ? '' : `${offsetFrames} frames`,
    offsetSamples === undefined ? '' : `${offsetSamples.toLocaleString('en-GB')} samples`,
    driftPpm === undefined ? '' : `drift ${driftPpm.toFixed(1)} ppm`,
    windows === undefined ? '' : `${agreeing ?? 0} of ${windows} windows agree`,
    z === undefined ? '' : `peak ${z.toFixed(1)}σ`,
    secondPeak === undefined ? '' : `next best ${secondPeak.toFixed(2)} of it`,
  ]
    .filter(Boolean)
    .join(' · ');
}
