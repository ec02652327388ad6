/** A clip whose name, own metadata and log contradict each other: one issue for one clip, with what each says and what counts. */
import type { Clip, Handoff } from '../documents/handoff.ts';
import type { Issue } from '../documents/issue.ts';
import { contradictions, WITNESSES, type Contradiction } from '../witnesses.ts';
import { clipAt, type Check } from './check.ts';
import { isContradicted, misfits } from './log-media.ts';

export const witness: Check = {
  id: 'witness',
  title: 'Name, metadata and log say the same of a clip',
  why: 'Whoever is wrong sends the editor to the wrong take; better asked today than in the mix.',
  needs: [],
  run(handoff) {
    const rows = rowsByClip(handoff);
    const single: Issue[] = [];
    const rolls = new Map<string, { clip: Clip; found: Contradiction[] }[]>();
    for (const clip of handoff.clips) {
      const found = contradictions(clip);
      if (found.length === 0 || (found.length === 1 && found[0]!.field === 'pick')) continue;
      if (found.some(({ field }) => ABOUT_ONE_TAKE.has(field))) {
        single.push(issueOf(handoff, [clip], found, rows.get(clip.id) ?? []));
        continue;
      }
      // A roll that somebody called otherwise is one mistake, however many clips are on it.
      const key = JSON.stringify([clip.kind, found]);
      const like = rolls.get(key);
      if (like) like.push({ clip, found });
      else rolls.set(key, [{ clip, found }]);
    }
    const all = [...rolls.values()].map((like) =>
      issueOf(
        handoff,
        like.map(({ clip }) => clip),
        like[0]!.found,
        [],
      ),
    );
    return [...single, ...all];
  },
};

const ABOUT_ONE_TAKE = new Set<Contradiction['field']>(['scene', 'take', 'pick', 'soundKind']);

/** What the log says of start and length that the media denies, where the take itself is in doubt. */
function rowsByClip(handoff: Handoff): Map<string, string[]> {
  const rows = new Map<string, string[]>();
  for (const { entry, clips, problems } of misfits(handoff)) {
    const clip = clips.find(isContradicted);
    if (!clip) continue;
    const said = problems.map(({ message }) => message).join('; it also ');
    rows.set(clip.id, [...(rows.get(clip.id) ?? []), `${entry.sheet} row ${entry.row} ${said}`]);
  }
  return rows;
}

const FIELDS: Record<Contradiction['field'], string> = {
  scene: 'scene',
  take: 'take',
  camera: 'camera',
  reel: 'reel',
  soundRoll: 'sound roll',
  soundKind: 'sound',
  pick: 'pick',
};
const WHO = { log: 'the log', media: 'its own metadata', name: 'its name' };

function issueOf(handoff: Handoff, clips: Clip[], found: Contradiction[], rows: string[]): Issue {
  const [first] = clips;
  const said = found.map(({ field, says, counts }) => {
    const values = WITNESSES.flatMap((name) =>
      says[name] === undefined ? [] : [`${WHO[name]} says ${says[name]}`],
    );
    return `${FIELDS[field]}: ${values.join(', ')}; ${counts} counts`;
  });
  const more = clips.length > 1 ? ` and ${clips.length - 1} more` : '';
  const message = [`${first!.path}${more}: ${said.join('. ')}`, ...rows].join('. ');
  return {
    code: 'witness-conflict',
    severity: 'warning',
    at: clipAt(handoff, first!),
    clips: clips.map(({ path }) => path),
    message: `${message}.`,
    fix: 'look at the slate; then mend the log and scan again, or set it in the manifest (baton mark)',
  };
}
