/** What a cut uses that must not be used. */
import { eventPlace } from './cutlist.ts';
import type { CutList } from './documents/cutlist.ts';
import type { Handoff } from './documents/handoff.ts';
import type { Issue } from './documents/issue.ts';

const MOST_PLACES = 4;

/** Ids of the manifest's clips that a cut uses, each once, in order of first use. */
export function clipsInCut({ tracks }: CutList): string[] {
  const ids = tracks.flatMap(({ events }) => events.flatMap(({ source }) => source?.clip ?? []));
  return [...new Set(ids)];
}

/** One issue for each rejected clip in the cut, with the events that use it. */
export function rejectedInCut(list: CutList, handoff: Handoff): Issue[] {
  const rejected = new Map(
    handoff.clips.flatMap((clip) => (clip.pick === 'rejected' ? [[clip.id, clip]] : [])),
  );
  const places = new Map<string, string[]>();
  for (const { events } of list.tracks)
    for (const event of events) {
      const id = event.source?.clip;
      if (id === undefined || !rejected.has(id)) continue;
      places.set(id, [...(places.get(id) ?? []), eventPlace(list, event)]);
    }
  return [...places].map(([id, where]) => {
    const { path } = rejected.get(id)!;
    const more = where.length > MOST_PLACES ? ` and ${where.length - MOST_PLACES} more` : '';
    return cutRejected(path, `${where.slice(0, MOST_PLACES).join(', ')}${more} of "${list.name}"`, where[0]!);
  });
}

export function cutRejected(path: string, where: string, at: string): Issue {
  return {
    code: 'cut-rejected',
    severity: 'warning',
    at,
    clips: [path],
    message: `${path} must not be used, and is used in ${where}.`,
    fix: 'replace it in the cut; or, where it was allowed since, say so in log, name or manifest',
  };
}
