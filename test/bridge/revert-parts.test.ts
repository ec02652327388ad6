/** An import that was stopped, or killed, and gone on with: taken back as the one import it was, on every stand-in. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Editor } from '../../bridge/contract.ts';
import { openStandin } from '../../bridge/hosts/standin.ts';
import { openStandinUxp } from '../../bridge/hosts/standin-uxp.ts';
import { openHandoff } from '../../bridge/local/desk.ts';
import { importHandoff } from '../../bridge/local/import.ts';
import { planRevert, revertImport } from '../../bridge/local/revert.ts';
import type { Handoff } from '../../manifest/documents/handoff.ts';
import type { Receipt } from '../../manifest/documents/receipt.ts';
import { RATES } from '../../manifest/time/rate.ts';
import { handoff, picture } from '../fixtures/handoff.ts';
import { BUNDLE, picture as facts } from './premiere-stage.ts';

const folder = mkdtempSync(join(tmpdir(), 'baton-parts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const media = (path: string) => (path.endsWith('.mov') ? facts(RATES['25'], 0, 100) : null);
const EDITORS: [string, () => Editor][] = [
  ['ExtendScript', () => openStandin({ bundle: BUNDLE, media }).editor],
  ['UXP', () => openStandinUxp({ media }).editor],
];

let nth = 0;
/** A manifest of twelve takes, opened anew each time. */
function shoot() {
  const path = join(folder, `handoff-${++nth}.json`);
  const clips = Array.from({ length: 12 }, (_, take) =>
    picture({ path: `7-${take + 1}.mov`, scene: '7', take: String(take + 1) }),
  );
  writeFileSync(path, JSON.stringify(handoff(clips)));
  const open = async () => {
    const opened = await openHandoff(path);
    return { ...opened, handoff: opened.handoff! };
  };
  const receipts = () =>
    (JSON.parse(readFileSync(path, 'utf8')) as Handoff).history.map((record) => record['receipt'] as Receipt);
  return { open, receipts };
}

const itemsOf = async (editor: Editor) => (await editor.snapshot()).items;

describe.each(EDITORS)('%s', (_name, editorOf) => {
  test('stopped half-way and gone on with, one revert takes back both parts and nothing was doubled', async () => {
    const [editor, { open, receipts }] = [editorOf(), shoot()];
    const stop = new AbortController();
    const first = await importHandoff(await open(), editor, {
      chunk: 4,
      signal: stop.signal,
      onProgress: ({ done }) => void (done >= 18 && stop.abort()),
    });
    expect(first.receipt.stopped).toBe('cancelled');
    const half = (await itemsOf(editor)).length;
    expect(half).toBeGreaterThan(0);
    expect(half).toBeLessThan(12);
    await importHandoff(await open(), editor);
    expect(await itemsOf(editor)).toHaveLength(12);
    expect(receipts()).toHaveLength(2);

    const dry = await planRevert(await open(), editor, { receipt: 'last', imported: 'remove' });
    expect(dry.receipts.map(({ id }) => id)).toEqual(receipts().map(({ id }) => id));
    const done = await revertImport(await open(), editor, { receipt: 'last', imported: 'remove' });
    expect(done.plan).toEqual(dry.plan);
    expect(done.receipt!.steps.filter(({ result }) => result !== 'verified')).toEqual([]);
    expect((await editor.snapshot()).bins.map(({ path }) => path)).toEqual([]);
    expect(await itemsOf(editor)).toEqual([]);

    await importHandoff(await open(), editor);
    expect(await itemsOf(editor)).toHaveLength(12);
    const again = await importHandoff(await open(), editor);
    expect(again.plan.steps).toEqual([]);
  });

  test('two imports that both came to their end are two: the newest alone is taken back', async () => {
    const [editor, { open, receipts }] = [editorOf(), shoot()];
    await importHandoff(await open(), editor);
    const more = await open();
    const later = {
      ...more.handoff,
      clips: [...more.handoff.clips, picture({ path: '8-1.mov', scene: '8', take: '1' })],
    };
    await importHandoff(
      { ...more, handoff: later, files: { ...more.files, [later.clips[12]!.id]: join(folder, '8-1.mov') } },
      editor,
    );
    expect(await itemsOf(editor)).toHaveLength(13);
    const done = await revertImport(await open(), editor, { receipt: 'last', imported: 'remove' });
    expect(done.receipts.map(({ id }) => id)).toEqual([receipts()[1]!.id]);
    expect(await itemsOf(editor)).toHaveLength(12);
  });
});
