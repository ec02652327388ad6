/** Cuts on record that use a clip which must not be used, as its pick is now: it may have been rejected after the cut was made. */
import type { HistoryRecord } from '../documents/handoff.ts';
import type { Issue } from '../documents/issue.ts';
import { cutRejected as issueOf } from '../cutpicks.ts';
import type { Check } from './check.ts';

export const cutRejected: Check = {
  id: 'cut-rejected',
  title: 'No recorded cut uses a rejected take',
  why: 'A take is forbidden for a reason, a face or a contract, and the cut that goes out with it comes back from the lawyers.',
  needs: [],
  run(handoff) {
    const rejected = new Map(
      handoff.clips.flatMap(({ id, path, pick }) => (pick === 'rejected' ? [[id, path]] : [])),
    );
    // Of the versions of a sequence the newest counts.
    const newest = new Map<string, HistoryRecord>();
    for (const record of handoff.history)
      if (record.kind === 'cut') newest.set(String(record['sequence'] ?? record['name']), record);
    return [...newest.values()].flatMap((record): Issue[] => {
      const clips: unknown = record['clips'];
      if (!Array.isArray(clips)) return [];
      const lock = record['lock'] === true ? ' (picture lock)' : '';
      const name = `the cut "${String(record['name'])}"${lock} of ${record.at.slice(0, 10)}`;
      return clips.flatMap((id) => {
        const path = typeof id === 'string' ? rejected.get(id) : undefined;
        return path === undefined ? [] : [issueOf(path, name, String(record['name']))];
      });
    });
  },
};
