/** Notes whose timecode is none, or lies outside their clip. */
import type { Issue } from '../documents/issue.ts';
import { placeNote } from '../plan/wanted.ts';
import type { Check } from './check.ts';

export const notePlace: Check = {
  id: 'note',
  title: 'Every note has its place in the clip',
  why: 'A note an hour off becomes no marker; it should be mended in the log, not lost.',
  needs: [],
  run(handoff) {
    const clips = new Map(handoff.clips.map((clip) => [clip.id, clip]));
    return handoff.log.entries.flatMap((entry) =>
      entry.notes.flatMap((note) => {
        const places = entry.clips.flatMap((id) => {
          const clip = clips.get(id);
          return clip ? [{ clip, place: placeNote(clip, note, handoff.rate) }] : [];
        });
        // A row for two cameras is right when its note lies in one of them.
        if (places.length === 0 || places.some(({ place }) => place.ok)) return [];
        return places.slice(0, 1).map(({ clip, place }): Issue => {
          const { code, message } = place as Extract<typeof place, { ok: false }>;
          return {
            code,
            severity: 'warning',
            at: `${entry.sheet} row ${entry.row}`,
            clips: [clip.path],
            message: `${entry.sheet} row ${entry.row}, "${note.text.slice(0, 60)}" on ${clip.path}: ${message}. It becomes no marker; its words stay in the log note.`,
            fix: `correct the timecode in the row${clip.tech.startTc ? `; the clip starts at ${clip.tech.startTc}` : ''}`,
          };
        });
      }),
    );
  },
};
