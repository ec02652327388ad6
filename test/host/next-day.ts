/** The second delivery into a project in which an editor has worked meanwhile, over every way into an editor. */
import { expect, test } from 'vitest';
import { applyPlan } from '../../bridge/apply.ts';
import { editMarker, findClip, moveItem, renameBin } from '../../host/standin/premiere/edit.ts';
import type { StandinState } from '../../host/standin/premiere/state.ts';
import type { Handoff } from '../../manifest/documents/handoff.ts';
import { contents, planFor, type Acceptance, type Hands, type OpenedEditor } from './acceptance.ts';
import { mediaOf, shoot } from './shoot.ts';

/** The manifest with what an import did in its history, as the store keeps it. */
async function importInto(handoff: Handoff, opened: Pick<OpenedEditor, 'editor'>): Promise<Handoff> {
  const receipt = await applyPlan(await planFor(handoff, opened), opened.editor, { patience: [] });
  return { ...handoff, history: [...handoff.history, { kind: 'import', at: receipt.at, receipt }] };
}

const IN_PREMIERE: Hands<StandinState> = {
  moveItem,
  renameBin,
  rewriteNote(state, file, holding, text) {
    const tag = findClip(state, file).markers[0]!.comments.split('\n').pop()!;
    editMarker(state, file, holding, { comments: `${text}\n${tag}` });
  },
};

export function nextDayTests<Misbehaviour, State>({ open, hands }: Acceptance<Misbehaviour, State>): void {
  const person = hands ?? (IN_PREMIERE as unknown as Hands<State>);
  const media = mediaOf(shoot(6));
  /** Four takes went in; then the editor worked. */
  async function after(work: (state: State) => void) {
    const opened = open({ media });
    const handoff = await importInto(shoot(4), opened);
    const state = opened.saved();
    work(state);
    return { handoff, opened: open({ media, saved: state }) };
  }

  test('only what is new goes in; what was moved stays, and a renamed bin is followed', async () => {
    const { handoff, opened } = await after((state) => {
      person.moveItem(state, '/Shoot/A/7A-1.mov', ['Scenes']);
      person.renameBin(state, ['Scenes', '07A'], 'Kitchen');
    });
    const next = { ...shoot(6), history: handoff.history };
    const made = await planFor(next, opened);
    expect(made.counts).toMatchObject({ import: 4, move: 0, 'make-bin': 3 });
    expect(made.kept).toMatchObject([{ path: 'A/7A-1.mov', what: 'move' }]);
    const later = await importInto(next, opened);
    expect((await planFor(later, opened)).steps).toEqual([]);
    const places = (await contents(opened)).items.map(({ file, bin }) => [file, bin]);
    expect(places).toContainEqual(['/Shoot/A/7A-1.mov', 'Scenes']);
    expect(places).toContainEqual(['/Shoot/A/7A-2.mov', 'Scenes/Kitchen/Take 02']);
    expect(places).toContainEqual(['/Shoot/A/8A-1.mov', 'Scenes/08A/Take 01']);
  });

  test('an edited note updates its marker, and a marker the editor changed is kept and said', async () => {
    const { handoff, opened } = await after((state) => {
      person.rewriteNote(state, '/Shoot/A/7A-2.mov', 'line two 1', 'Mine now');
    });
    const entries = handoff.log.entries.map((entry) => ({
      ...entry,
      notes: entry.notes.map((each) => (each.id === 'n1' ? { ...each, text: 'Use this one' } : each)),
    }));
    const next = { ...handoff, log: { ...handoff.log, entries } };
    const made = await planFor(next, opened);
    expect(made.counts).toMatchObject({ 'add-marker': 0, 'update-marker': 3, import: 0 });
    expect(made.kept).toMatchObject([
      { path: 'A/7A-2.mov', what: 'update-marker', why: expect.stringContaining('Mine now') },
    ]);
    const later = await importInto(next, opened);
    expect((await planFor(later, opened)).steps).toEqual([]);
    const notes = (await contents(opened)).items.flatMap(({ markers }) =>
      markers.map(({ comment }) => comment),
    );
    expect(notes.filter((comment) => comment === 'Use this one')).toHaveLength(3);
    expect(notes.filter((comment) => comment === 'Mine now')).toHaveLength(1);
  });
}
