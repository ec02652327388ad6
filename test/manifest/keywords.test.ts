/** Keywords: Baton's beside a person's own, in one list. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyHandoff, HandoffSchema, type Handoff } from '../../manifest/documents/handoff.ts';
import type { Plan } from '../../manifest/documents/plan.ts';
import type { ProjectSnapshot } from '../../manifest/documents/snapshot.ts';
import { readRow } from '../../manifest/log/row.ts';
import {
  joinedKeywords,
  keywordChange,
  keywordsAfter,
  keywordsBack,
  keywordsOfStep,
  wantedKeywords,
  wordsOf,
} from '../../manifest/plan/keywords.ts';
import { plan } from '../../manifest/plan.ts';

const clip = {
  id: 'c',
  kind: 'picture',
  root: 'media',
  path: 'A.mov',
  size: 1,
  pick: 'circled',
  soundKind: 'mos',
};
function handoffOf(tags: string[] | undefined, scene: string | undefined = '07'): Handoff {
  const entry = { id: 'e', sheet: 'log.csv', row: 2, notes: [], clips: ['c'], ...(tags ? { tags } : {}) };
  return HandoffSchema.parse({
    ...emptyHandoff('Tags'),
    roots: [{ name: 'media' }],
    clips: [{ ...clip, identity: scene === undefined ? {} : { scene }, tech: {} }],
    log: { sheets: [], entries: [entry] },
  });
}
const wanted = (handoff: Handoff) => wantedKeywords(handoff.clips[0]!, handoff.log.entries);
const snapshot = (editor: ProjectSnapshot['editor'], keywords?: string): ProjectSnapshot => ({
  kind: 'project',
  version: 1,
  editor,
  editorVersion: '1',
  project: { id: 'p', name: 'P' },
  bins: [],
  items: [
    {
      id: 'i',
      name: 'A.mov',
      file: '/m/A.mov',
      bin: [],
      kind: 'clip',
      offline: false,
      label: null,
      metadata: keywords === undefined ? {} : { keywords },
      markers: [],
    },
  ],
});
const words = (made: Plan) =>
  made.steps.flatMap((step) =>
    step.kind === 'set-metadata' ? [[step.before?.metadata.keywords, step.after.metadata.keywords]] : [],
  );
const roots = { media: '/m' };

describe('what the handoff says of a clip', () => {
  it('is its scene and what its rows in the log tag it with, each once', () => {
    expect(wanted(handoffOf(['Anna', 'angry', 'Anna']))).toEqual(['Scene 07', 'Anna', 'angry']);
    expect(wanted(handoffOf(undefined))).toEqual(['Scene 07']);
    expect(wanted(handoffOf(['Anna'], ''))).toEqual(['Anna']);
  });

  it('holds no comma, which parts keywords, and none of the words that Baton uses as signs', () => {
    expect(wanted(handoffOf(['Smith,  Anna', 'Good Take', 'Unsynced', ' , ']))).toEqual([
      'Scene 07',
      'Smith Anna',
    ]);
  });

  it('is planned for Resolve, whose clips have keywords, and not for Premiere', () => {
    const handoff = handoffOf(['Anna']);
    expect(words(plan(handoff, snapshot('resolve'), { roots }))).toEqual([[undefined, 'Scene 07,Anna']]);
    expect(words(plan(handoff, snapshot('premiere'), { roots }))).toEqual([[undefined, undefined]]);
    expect(words(plan(handoff, null, { roots }))).toEqual([[undefined, undefined]]);
    expect(words(plan(handoff, null, { roots, keywords: true }))).toEqual([[undefined, 'Scene 07,Anna']]);
  });

  it('is not planned where it stands there already, whatever stands beside it', () => {
    const made = plan(handoffOf(['Anna']), snapshot('resolve', 'night,Anna,Scene 07'), { roots });
    expect(words(made)).toEqual([[undefined, undefined]]);
  });

  it('of a word that the clip has already, it says so: taking it back then leaves that one', () => {
    const made = plan(handoffOf(['Anna', 'angry']), snapshot('resolve', 'night, Anna'), { roots });
    expect(words(made)).toEqual([['Anna', 'Scene 07,Anna,angry']]);
  });
});

const list = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 4 });
const sorted = (text: string) => wordsOf(text).sort();

describe('for any words', () => {
  it('a change puts in what is new, takes out what is no longer wanted, and touches nothing of a person', () => {
    fc.assert(
      fc.property(list, list, list, (now, own, want) => {
        const change = keywordChange(want, now.join(', '), own.join(','));
        const after = keywordsAfter(now.join(', '), change);
        const expected = [
          ...now.filter((word) => want.includes(word) || !own.includes(word)),
          ...want.filter((word) => !now.includes(word) && !own.includes(word)),
        ];
        expect(sorted(after)).toEqual(expected.sort());
        expect(change.writes).toBe(after !== now.join(','));
        expect(change.left).toEqual(own.filter((word) => want.includes(word) && !now.includes(word)));
        // And then there is nothing more to do.
        expect(keywordChange(want, after, want.join(',')).writes).toBe(false);
        expect(keywordsAfter(after, change)).toBe(after);
      }),
    );
  });

  it('two changes taken back as one give what was there before', () => {
    fc.assert(
      fc.property(list, list, list, (now, first, second) => {
        const start = now.join(',');
        const one = keywordChange(first, start, undefined);
        const middle = keywordsAfter(start, one);
        const two = keywordChange(second, middle, first.join(','));
        const end = keywordsAfter(middle, two);
        const written = joinedKeywords(
          joinedKeywords(undefined, keywordsOfStep(start, one), one.after),
          keywordsOfStep(middle, two),
          two.after,
        );
        const back = keywordsBack(end, written);
        expect(sorted(back ? keywordsAfter(end, back) : end)).toEqual([...now].sort());
        if (back) expect(keywordsBack(keywordsAfter(end, back), written)).toBeNull();
      }),
    );
  });
});

describe('a column of tags', () => {
  const row = (...cells: [string, 'tags' | 'scene'][]) =>
    readRow({
      row: 2,
      columns: cells.map(([, meaning]) => ({ meaning, heading: meaning })),
      texts: cells.map(([text]) => text),
    });

  it('holds words parted by commas, semicolons, bars, lines or hashes; several columns are one list', () => {
    expect(row(['Anna, Ben;angry|#rain\nnight', 'tags'], ['Ben', 'tags']).tags).toEqual([
      'Anna',
      'Ben',
      'angry',
      'rain',
      'night',
    ]);
    expect(row(['Anna (https://notion.so/x)', 'tags']).tags).toEqual(['Anna']);
  });

  it('that holds a sentence is carried along as it stands', () => {
    const text = 'She turns, slowly, and looks at the door that nobody has opened for twenty years';
    expect(row([text, 'tags'])).toMatchObject({ other: { tags: text } });
    expect(row([text, 'tags']).tags).toBeUndefined();
  });
});
