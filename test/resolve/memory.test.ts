/**
 * What the script and the panel's adapter both remember on a clip (`baton.wrote`): neither takes the other's write for a person's
 * change, and neither writes over what a person changed since the other wrote it.
 */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openStandinResolve } from '../../bridge/hosts/standin-resolve.ts';
import { StandinResolve } from '../../host/standin/resolve/standin.ts';
import { emptyState, type ResolveState } from '../../host/standin/resolve/state.ts';
import { applyPlan } from '../../bridge/apply.ts';
import { receiptRecord } from '../../bridge/local/take-up.ts';
import type { Handoff, Note } from '../../manifest/documents/handoff.ts';
import { plan } from '../../manifest/plan.ts';
import type { LabelName, Metadata, Plan, Step } from '../../manifest/documents/plan.ts';
import type { StepResult } from '../../manifest/documents/receipt.ts';
import { jobText, RESOLVE_CLIP_COLOURS, RESOLVE_WROTE_KEY } from '../../manifest/job.ts';
import { apply, clipOf, handoffOf, marker, media, planOf, runScript, SHOTS, step, target } from './stage.ts';

const PICTURE = SHOTS[0]!;
const clip = target(PICTURE);
const bring = step('in', { kind: 'import', target: clip, after: { bin: ['Day'] } });
const label = (name: LabelName) =>
  step(`label ${name}`, { kind: 'set-label', target: clip, after: { label: name } });
const say = (metadata: Metadata) =>
  step(`say ${JSON.stringify(metadata)}`, { kind: 'set-metadata', target: clip, after: { metadata } });
const note = (comment: string, frame = 12) => marker('n|1 \u65e5', frame, 'Script', comment);
const mark = (comment: string, frame?: number) =>
  step(`mark ${comment}`, { kind: 'add-marker', target: clip, after: { marker: note(comment, frame) } });
const unmark = step('unmark', {
  kind: 'remove-marker',
  target: clip,
  before: { marker: note('') },
  after: { gone: note('').id },
});

/** One project that the script and the panel write to in turn. */
class Project {
  state: ResolveState = emptyState('21.0', true);

  async script(...steps: Step[]): Promise<StepResult[]> {
    return (await apply(new StandinResolve({ media, state: this.state }), planOf(steps))).steps;
  }
  async panel(...steps: Step[]): Promise<StepResult[]> {
    const opened = openStandinResolve({ media, state: this.state });
    const results = await opened.editor.apply(steps);
    this.state = opened.state();
    return results;
  }
  get clip() {
    return clipOf(this.state, PICTURE.name);
  }
  get remembered() {
    return (this.clip.thirdParty[RESOLVE_WROTE_KEY] ?? '').split(' ');
  }
}
const both = ['script', 'panel'] as const;
const other = { script: 'panel', panel: 'script' } as const;
const words = (results: StepResult[]) => results.map(({ result }) => result);

describe("the panel's own write is no person's change to the script", () => {
  test('of a label, a field and a good take', async () => {
    const project = new Project();
    await project.script(bring, label('circled'), say({ scene: '7', take: '1', good: 'true' }));
    await project.panel(label('rejected'), say({ scene: '8', good: 'false' }));
    const results = await project.script(label('alternate'), say({ scene: '9', take: '2', good: 'true' }));
    expect(words(results)).toEqual(['verified', 'verified']);
    expect(project.clip).toMatchObject({
      colour: 'Yellow',
      metadata: { Scene: '9', Take: '2', Keywords: 'Good Take' },
      flags: ['Green'],
    });
  });

  test('where the panel took the import back', async () => {
    const project = new Project();
    await project.script(bring, label('circled'), say({ scene: '7', good: 'true' }), mark('best'));
    await project.panel(
      step('label none', { kind: 'set-label', target: clip, after: { label: null } }),
      say({ scene: '', good: '' }),
      unmark,
    );
    expect(project.clip).toMatchObject({ colour: '', flags: [], markers: {} });
    const results = await project.script(
      label('circled'),
      say({ scene: '7', good: 'true' }),
      mark('best, again'),
    );
    expect(words(results)).toEqual(['verified', 'verified', 'verified']);
    expect(project.clip.markers[12]).toMatchObject({ note: 'best, again' });
  });

  test('where the panel moved a note to another frame, the script knows where it was put', async () => {
    const project = new Project();
    await project.script(bring, mark('best'));
    await project.panel(
      step('update', {
        kind: 'update-marker',
        target: clip,
        before: { marker: note('best') },
        after: { marker: note('best', 40) },
      }),
    );
    expect(project.remembered.filter((pair) => pair.startsWith('marker'))).toEqual([
      expect.stringMatching(/=40$/),
    ]);
    expect(words(await project.script(mark('best', 40)))).toEqual(['verified']);
    expect(Object.keys(project.clip.markers)).toEqual(['40']);
  });
});

describe.each(both)("what a person changed since the %s's import", (first) => {
  test('stays when the script comes by', async () => {
    const project = new Project();
    await project[first](bring, label('circled'), say({ scene: '7', take: '1', good: 'true' }), mark('best'));
    const { clip: held } = project;
    Object.assign(held, {
      colour: 'Pink',
      flags: [],
      markers: {},
      metadata: { ...held.metadata, Scene: 'mine', Keywords: 'night' },
    });
    const results = await project.script(
      label('rejected'),
      say({ scene: '8', take: '2', good: 'true' }),
      mark('best'),
    );
    expect(words(results)).toEqual(['skipped', 'unverified', 'skipped']);
    expect(project.clip).toMatchObject({
      colour: 'Pink',
      metadata: { Scene: 'mine', Take: '2', Keywords: 'night' },
      flags: [],
      markers: {},
    });
  });
});

describe.each(both)("a green flag of a person's, under the keyword of the %s", (first) => {
  test('stays when the other takes the keyword off', async () => {
    const project = new Project();
    await project[first](bring);
    // Nothing stood on a clip that has just come in; this one was there before.
    project.clip.thirdParty = {};
    project.clip.flags = ['Green'];
    await project[first](say({ good: 'true' }));
    expect(project.remembered).toContain('flag=theirs');
    await project[other[first]](say({ good: 'false' }));
    expect(project.clip).toMatchObject({ flags: ['Green'], metadata: { Keywords: '' } });
    expect(project.remembered.join(' ')).not.toContain('flag=');
    // And the next round begins as the first did.
    await project[other[first]](say({ good: 'true' }));
    await project[first](say({ good: 'false' }));
    expect(project.clip.flags).toEqual(['Green']);
  });

  test("Baton's own goes with it", async () => {
    const project = new Project();
    await project[first](bring, say({ good: 'true' }));
    expect(project.clip.flags).toEqual(['Green']);
    await project[other[first]](say({ good: 'false' }));
    expect(project.clip.flags).toEqual([]);
  });
});

describe.each(both)('an unsynced clip, signed by the %s', (first) => {
  test('loses keyword and flag when the other gives it another label', async () => {
    const project = new Project();
    await project[first](bring, label('unsynced'));
    expect(project.clip).toMatchObject({ flags: ['Red'], metadata: { Keywords: 'Unsynced' } });
    project.clip.metadata['Keywords'] = 'night, Unsynced';
    await project[other[first]](label('circled'));
    expect(project.clip).toMatchObject({ colour: 'Green', flags: [], metadata: { Keywords: 'night' } });
  });

  test("keeps a person's red flag", async () => {
    const project = new Project();
    await project[first](bring);
    project.clip.thirdParty = {};
    project.clip.flags = ['Red'];
    await project[first](label('unsynced'));
    await project[other[first]](label('circled'));
    expect(project.clip).toMatchObject({ flags: ['Red'], metadata: { Keywords: '' } });
  });
});

describe('who brought a clip in', () => {
  test("is remembered as the script's through the panel's writes", async () => {
    const project = new Project();
    await project.script(bring);
    await project.panel(label('circled'), say({ scene: '7', good: 'true' }), mark('best'));
    expect(project.remembered).toContain('imported=1');
    const [again] = await project.script(bring);
    expect(again).toMatchObject({ result: 'verified' });
    expect(again!.found).toBeUndefined();
  });

  test("is not the script where the panel did: its receipt then takes nothing of the panel's away", async () => {
    const project = new Project();
    await project.panel(step('bin', { kind: 'make-bin', target: { bin: ['Day'] }, after: { bin: ['Day'] } }));
    await project.panel(bring, label('circled'));
    const [again] = await project.script(bring);
    expect(again).toMatchObject({ result: 'verified', found: true });
  });
});

test('words that hold half a character, an equals sign or a line break are remembered by both', async () => {
  for (const first of both) {
    const project = new Project();
    const scene = 'a=b c\n%20 \u65e5\uD83C';
    await project[first](bring, say({ scene, take: '1' }));
    expect(project.clip.metadata['Scene']).toContain('a=b c\n%20 \u65e5');
    expect(words(await project.panel(say({ take: '2' })))).toEqual(['verified']);
    expect(words(await project.script(say({ scene: '8', take: '3' })))).toEqual(['verified']);
  }
});

describe('the panel, planning while the receipt of the script is not home,', () => {
  const day = (setup: string, pick: 'circled' | 'alternate', said: string): Handoff => {
    const handoff = handoffOf([PICTURE]);
    handoff.clips[0] = { ...handoff.clips[0]!, identity: { scene: '7', setup }, pick, soundKind: 'mos' };
    const notes: Note[] = [{ id: 'n', kind: 'script', text: said, offset: 12 }];
    handoff.log.entries = [{ id: 'e', sheet: 'log.csv', row: 2, notes, clips: ['c1'] }];
    return handoff;
  };
  const roots = { main: '/media' };
  async function plans(project: Project, handoff: Handoff): Promise<Plan> {
    const { editor } = openStandinResolve({ media, state: project.state });
    return plan(handoff, await editor.snapshot(), { roots });
  }
  async function scripted(project: Project, handoff: Handoff): Promise<void> {
    const job = jobText(plan(handoff, null, { roots, keywords: true }), { handoff });
    const { receipt } = await runScript(new StandinResolve({ media, state: project.state }), job, false);
    expect(receipt!.steps.filter(({ result }) => result !== 'verified')).toEqual([]);
  }

  test("takes what the script wrote for Baton's own, over a receipt of its own from before", async () => {
    const project = new Project();
    const opened = openStandinResolve({ media, state: project.state });
    const first = day('A', 'circled', 'best');
    const receipt = await applyPlan(await plans(project, first), opened.editor, { patience: [] });
    project.state = opened.state();
    await scripted(project, day('B', 'alternate', 'best'));
    const made = await plans(project, { ...day('C', 'circled', 'best'), history: [receiptRecord(receipt)] });
    expect(made.kept).toEqual([]);
    expect(made.steps.map(({ kind }) => kind)).toEqual(['set-label', 'set-metadata']);
    expect(made.steps[1]!.after).toMatchObject({
      metadata: { shot: 'C' },
    });
  });

  test('leaves what a person changed since', async () => {
    const project = new Project();
    await scripted(project, day('A', 'circled', 'best'));
    Object.assign(project.clip, {
      colour: 'Pink',
      markers: {},
      metadata: { ...project.clip.metadata, Shot: 'mine', Keywords: 'Good Take' },
    });
    const made = await plans(project, day('B', 'alternate', 'best, again'));
    expect(made.kept.map(({ what }) => what).sort()).toEqual([
      'add-marker',
      'set-label',
      'set-metadata',
      'set-metadata',
    ]);
    expect(made.kept.map(({ why }) => why).join(' ')).toContain('Scene 7 were taken off');
    // The note under Comments is the log's own, and nobody touched it.
    expect(made.steps.map(({ after }) => after)).toEqual([{ metadata: { note: 'best, again' } }]);
  });

  test('has nothing to do where the script did all of it', async () => {
    const project = new Project();
    await scripted(project, day('A', 'circled', 'best'));
    expect((await plans(project, day('A', 'circled', 'best'))).steps).toEqual([]);
  });
});

interface Act {
  who: 'script' | 'panel' | 'person';
  what: 'label' | 'scene';
  value: LabelName;
}
const act: fc.Arbitrary<Act> = fc.record({
  who: fc.constantFrom('script', 'panel', 'person'),
  what: fc.constantFrom('label', 'scene'),
  value: fc.constantFrom('circled', 'rejected', 'wild'),
});

test('in whatever order they write, the script writes over what either wrote last, and over nothing else', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 2, maxLength: 7 }), async (acts) => {
      const project = new Project();
      await project.script(bring);
      const now: Record<string, string> = { label: '', scene: '' };
      const wrote: Record<string, string | undefined> = {};
      for (const { who, what, value } of acts) {
        const one = what === 'label' ? label(value) : say({ scene: value });
        if (who === 'person') {
          if (what === 'label') project.clip.colour = RESOLVE_CLIP_COLOURS[value];
          else project.clip.metadata['Scene'] = value;
          now[what] = value;
          continue;
        }
        const theirs = wrote[what] !== undefined && now[what] !== wrote[what] && now[what] !== value;
        const [result] = await project[who](one);
        const left = who === 'script' && theirs;
        expect(result!.result).toBe(left ? 'skipped' : 'verified');
        if (!left) now[what] = wrote[what] = value;
        expect({ label: project.clip.colour, scene: project.clip.metadata['Scene'] ?? '' }).toEqual({
          label: now['label'] === '' ? '' : RESOLVE_CLIP_COLOURS[now['label'] as LabelName],
          scene: now['scene'],
        });
      }
    }),
    { numRuns: 40 },
  );
}, 120_000);
