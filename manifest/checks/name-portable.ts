/** Names that Windows, macOS or Linux refuses or changes, and, as a note, names that a delivery in the style of Netflix does not take. */
import type { Clip } from '../documents/handoff.ts';
import type { Issue } from '../documents/issue.ts';
import { fileName } from '../documents/paths.ts';
import { nameProblem, undeliverable } from '../patterns/portable.ts';
import type { Check } from './check.ts';

/** Windows opens paths of 259 characters; the drive, the root's own folder and the editor's cache need some of them. */
const LONGEST_PATH = 200;
const SHOWN = 5;

export const namePortable: Check = {
  id: 'name-portable',
  title: 'Names are names on every system',
  why: 'The drive goes from the DIT’s Mac to the editor’s PC to the sound house: a name one of them refuses is a file that one of them does not have.',
  needs: [],
  run: ({ clips }) => [...illegal(clips), ...long(clips), ...delivery(clips)],
};

/** One issue for each file or folder that is named so, however much lies in it. */
function illegal(clips: Clip[]): Issue[] {
  const found = new Map<string, { problem: string; clips: string[] }>();
  for (const { path } of clips) {
    const parts = path.split('/');
    for (const [at, part] of parts.entries()) {
      const problem = nameProblem(part);
      if (!problem) continue;
      const place = parts.slice(0, at + 1).join('/');
      const known = found.get(place);
      if (known) known.clips.push(path);
      else found.set(place, { problem, clips: [path] });
    }
  }
  return [...found].map(([place, { problem, clips: below }]): Issue => {
    const many =
      below[0] !== place ? ` (a folder with ${below.length} ${below.length === 1 ? 'clip' : 'clips'})` : '';
    const message = `${place}${many}: ${problem}.`;
    const fix =
      below[0] === place
        ? 'baton rename proposes a name that is one everywhere'
        : 'rename the folder, then scan again';
    return { code: 'name-illegal', severity: 'warning', at: place, clips: below, message, fix };
  });
}

function long(clips: Clip[]): Issue[] {
  const paths = clips.flatMap(({ path }) => (path.length > LONGEST_PATH ? [path] : []));
  if (paths.length === 0) return [];
  const longest = paths.reduce((a, b) => (b.length > a.length ? b : a));
  const many = paths.length === 1 ? 'One path is' : `${paths.length} paths are`;
  const message = `${many} longer than ${LONGEST_PATH} characters (${longest.length} at most: ${longest}); with the drive before it many Windows programs cannot open it.`;
  return [
    {
      code: 'name-long',
      severity: 'warning',
      at: longest,
      clips: paths,
      message,
      fix: 'use fewer or shorter folders',
    },
  ];
}

/** One note for all: it is nothing to mend before the edit. */
function delivery(clips: Clip[]): Issue[] {
  const odd = clips.filter(
    ({ kind, path }) => kind !== 'document' && undeliverable(fileName(path)).length > 0,
  );
  if (odd.length === 0) return [];
  const letters = [...new Set(odd.flatMap(({ path }) => undeliverable(fileName(path))))];
  const shown =
    letters.slice(0, SHOWN).join(' ') + (letters.length > SHOWN ? ` and ${letters.length - SHOWN} more` : '');
  const names =
    odd
      .slice(0, 3)
      .map(({ path }) => fileName(path))
      .join(', ') + (odd.length > 3 ? ', …' : '');
  const message = `Delivery note: ${odd.length === 1 ? 'one name holds' : `${odd.length} names hold`} ${shown} (${names}); deliveries in the style of Netflix take A–Z, a–z, 0–9, "_", "-" and "." only.`;
  return [
    {
      code: 'name-delivery',
      severity: 'note',
      at: odd[0]!.path,
      clips: odd.map(({ path }) => path),
      message,
      fix: 'nothing needs to be done for the edit; baton rename writes names that can be delivered',
    },
  ];
}
