/** What is new since a project was last filled. */
import { describe, expect, it } from 'vitest';
import { emptyHandoff, type Clip, type Handoff } from '../../manifest/documents/handoff.ts';
import { newsFor } from '../../manifest/news.ts';

function clip(id: string, kind: Clip['kind'], scene?: string, more: object = {}): Clip {
  const identity = scene === undefined ? {} : { scene };
  return {
    id,
    kind,
    root: 'm',
    path: `${id}.x`,
    size: 1,
    identity,
    tech: {},
    pick: 'good',
    soundKind: 'sync',
    ...more,
  };
}

function imported(at: string, clips: string[], more: object = {}) {
  return {
    kind: 'import',
    at,
    receipt: {
      kind: 'receipt',
      version: 1,
      id: `r ${at}`,
      plan: 'x',
      host: { editor: 'premiere', editorVersion: '25', adapter: 'cep' },
      project: { id: 'p1', name: 'P' },
      at,
      steps: clips.map((id) => ({
        id: `s ${id}`,
        kind: 'import',
        target: { clip: id, path: `${id}.x`, file: `/m/${id}.x` },
        after: { bin: ['A'] },
        result: 'verified',
      })),
      ...more,
    },
  };
}

const MONDAY = '2026-03-16T20:00:00Z';
const shoot: Handoff = {
  ...emptyHandoff('News'),
  clips: [
    clip('old', 'picture', '7'),
    clip('new1', 'picture', '14'),
    clip('new2', 'picture', '14'),
    clip('wav', 'sound', '14'),
    clip('broken', 'picture', '14', { problem: { code: 'truncated', message: 'x' } }),
    clip('copy', 'picture', '14', { duplicateOf: { clip: 'new1', proof: 'hash' } }),
    clip('card', 'graphic'),
  ],
  log: {
    sheets: [],
    entries: [
      { id: 'e1', sheet: 's', row: 1, clips: ['new1', 'wav'], notes: ['a', 'b'] },
      { id: 'e2', sheet: 's', row: 2, clips: ['old'], notes: ['c'] },
    ].map((entry) => ({
      ...entry,
      notes: entry.notes.map((text) => ({ id: text, kind: 'note' as const, text })),
    })),
  },
  history: [imported(MONDAY, ['old'])],
};

describe('news', () => {
  it('counts what no import into this project has seen, scene by scene, a note once', () => {
    expect(newsFor(shoot, 'p1')).toEqual({
      since: MONDAY,
      scenes: [
        { scene: '14', pictures: 2, sounds: 1, others: 0, notes: 2 },
        { scene: '', pictures: 0, sounds: 0, others: 1, notes: 0 },
      ],
    });
  });

  it('there is none for a project that was never filled, nor where all is in', () => {
    expect(newsFor(shoot, 'another')).toBeNull();
    const all = shoot.clips.map(({ id }) => id);
    expect(newsFor({ ...shoot, history: [imported(MONDAY, all)] }, 'p1')).toBeNull();
  });

  it('since is the newest import; taking one back does not count as one', () => {
    const later = imported('2026-03-17T20:00:00Z', ['new1', 'new2', 'wav']);
    const back = imported('2026-03-18T20:00:00Z', ['card'], { reverts: ['r x'] });
    const news = newsFor({ ...shoot, history: [...shoot.history, later, back] }, 'p1')!;
    expect(news.since).toBe('2026-03-17T20:00:00Z');
    expect(news.scenes).toMatchObject([{ scene: '', others: 1 }]);
  });
});
