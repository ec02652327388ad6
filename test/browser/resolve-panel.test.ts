/** The packaged panel as Resolve's plugin shows it, from Open handoff… to the locked cut and back, with a stand-in Resolve. */
import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HostError } from '../../bridge/call.ts';
import { openStandinResolve, type OpenStandinResolve } from '../../bridge/hosts/standin-resolve.ts';
import { openHandoff } from '../../bridge/local/desk.ts';
import { resolveMediaOf, writeExport } from '../../bridge/local/standin-resolve-media.ts';
import { prepareDemo } from '../../cli/demo/prepare.ts';
import type { Opened } from '../../cli/roots.ts';
import { pluginService } from '../../host/resolve/service.ts';
import { cutTimeline } from '../../host/standin/resolve/edit.ts';
import { folders } from '../../host/standin/resolve/state.ts';
import type { Handoff } from '../../manifest/documents/handoff.ts';
import { pack, unpack, writeFiles } from '../packaged.ts';
import { startChromium } from './chromium.ts';
import { openStep, seriousViolations } from './page.ts';
import { openResolvePage } from './resolve.ts';

const browser = await startChromium();
const quiet = { json: false, say: () => {}, warn: () => {}, document: () => {} };
const NOTHING = 'Nothing to do: the project holds what the handoff says';

let base: string;
let plugin: string;
let demo: string;

beforeAll(async () => {
  base = realpathSync(await mkdtemp(join(tmpdir(), 'baton-resolve-')));
  plugin = join(base, 'Workflow Integration Plugins', 'baton');
  demo = join(base, 'Harbour Lights é');
  pack(base);
  writeFiles(unpack(base, 'plugin')!, plugin);
  await prepareDemo(demo, quiet);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await rm(base, { recursive: true, force: true });
});

const manifest = () => join(demo, 'handoff.json');
const handoff = () => JSON.parse(readFileSync(manifest(), 'utf8')) as Handoff;
const records = (kind: string) => handoff().history.filter((record) => record.kind === kind);

async function morning(version: string): Promise<OpenStandinResolve> {
  const opened = (await openHandoff(manifest())) as Opened;
  const media = resolveMediaOf(opened.handoff, opened.files);
  return openStandinResolve({ version, media, more: { write: writeExport } });
}

function openPanel({ editor }: OpenStandinResolve, memory = 'memory.json') {
  const service = pluginService({
    editor: () => Promise.resolve(editor),
    memory: join(base, memory),
    pick: () => Promise.resolve(manifest()),
  });
  return openResolvePage(browser!, { plugin, service });
}

/** An assembly of the first takes, with a title over it and a dissolve in it. */
function cutAssembly({ resolve }: OpenStandinResolve): void {
  const pictures = [...folders(resolve.state.root)]
    .flatMap(({ folder }) => folder.clips)
    .filter(({ type, frames }) => type.startsWith('Video') && frames >= 60);
  cutTimeline(resolve.state, 'Assembly', [
    ...pictures.slice(0, 3).map(({ file }, nth) => ({
      file,
      track: 'V1' as const,
      at: nth * 36,
      duration: 36,
      in: 12,
    })),
    { file: null, track: 'V1', at: 30, duration: 12, transition: true },
    { file: null, track: 'V2', at: 0, duration: 24 },
  ]);
}

async function bringIn(page: Page): Promise<void> {
  await openStep(page, 'Bins');
  await page.getByRole('button', { name: /^Apply \d+ changes$/ }).click();
  await page.getByText(NOTHING).waitFor();
}

describe.skipIf(!browser)('the panel in Resolve', () => {
  it('from Open handoff… to the locked cut, and back', async () => {
    const resolve = await morning('21.0');
    const { page, complaints, tell } = await openPanel(resolve);

    await page.getByRole('button', { name: 'Open handoff…' }).click();
    await page.getByRole('heading', { name: 'Harbour Lights' }).waitFor();
    expect(resolve.resolve.writeCount).toBe(0);

    // The dry run is the plan; applied, it is done, and done again it is nothing.
    await bringIn(page);
    expect(records('import')).toHaveLength(1);
    expect(resolve.resolve.state.project.settings['timelineFrameRate']).toBe('23.976');
    const before = JSON.stringify(resolve.resolve.state);
    await page.getByRole('button', { name: 'Refresh' }).click();
    await page.getByText(NOTHING).waitFor();
    expect(JSON.stringify(resolve.resolve.state)).toBe(before);

    // Resolve links sound when it is asked to, and only then.
    await openStep(page, 'Sync');
    const clips = () => [...folders(resolve.resolve.state.root)].flatMap(({ folder }) => folder.clips);
    expect(clips().filter(({ synced }) => synced)).toEqual([]);
    await page.getByRole('button', { name: 'Sync sound in Resolve' }).click();
    const linked = await page
      .getByRole('strong')
      .filter({ hasText: /^Sound was linked/ })
      .innerText();
    const [, count] = /linked to (\d+) of/.exec(linked)!;
    expect(Number(count)).toBeGreaterThan(0);
    expect(clips().filter(({ synced }) => synced)).toHaveLength(Number(count));

    // The editor cuts; the panel is told, and reads it.
    cutAssembly(resolve);
    await tell('sequence');
    await openStep(page, 'Cut');
    await page.getByRole('button', { name: 'Refresh' }).click();
    await page.getByText('Assembly').first().waitFor();
    await page.getByText('Picture lock').click();
    await page.getByRole('button', { name: 'Export and lock' }).click();
    await page.getByText('The editor’s own file agrees with them.').waitFor();
    for (const name of ['Assembly V01.edl', 'Assembly V01.fcpxml', 'Assembly V01.resolve.otio'])
      expect([name, existsSync(join(demo, 'cuts', name))]).toEqual([name, true]);
    expect(records('cut')).toMatchObject([{ lock: true }]);
    expect(records('cut-witness')).toMatchObject([{ editor: 'resolve', name: 'Assembly V01' }]);

    // Taken back: what the timeline plays stays, everything else goes.
    await openStep(page, 'Bins');
    await page.getByRole('button', { name: /^Revert/ }).click();
    await page.getByText('Remove', { exact: true }).click();
    await page.getByRole('button', { name: /^Take back \d+ changes$/ }).click();
    await expect.poll(() => records('revert')).toHaveLength(1);
    expect(
      clips()
        .map(({ file }) => basename(file))
        .sort(),
    ).toHaveLength(3);
    expect(
      clips().flatMap(({ colour, flags, markers }) => [colour, ...flags, ...Object.keys(markers)]),
    ).toEqual(['', '', '']);

    // Opened again, it finds the handoff by itself.
    await page.reload();
    await page.getByRole('heading', { name: 'Harbour Lights' }).waitFor();
    expect(complaints).toEqual([]);
    expect(resolve.resolve.crashes).toEqual([]);
    // Last, because it asks for style sheets in a way that no page loaded from a disk may.
    for (const step of ['Sync', 'Cut']) {
      await openStep(page, step);
      expect([step, await seriousViolations(page)]).toEqual([step, []]);
    }
    await page.context().close();
  });

  it('says where Resolve’s own file disagrees, and that Resolve refused, and the cut stands', async () => {
    const resolve = await morning('21.1');
    const { exportInterchange } = resolve.editor;
    let own: 'moved' | 'refused' = 'moved';
    resolve.editor.exportInterchange = async (id, path) => {
      if (own === 'refused') throw new HostError('refused', 'Export', 'Resolve refused.');
      const file = await exportInterchange(id, path);
      const document = readFileSync(file.path, 'utf8').replace('"value": 36', '"value": 35');
      writeFileSync(file.path, document);
      return file;
    };
    const { page, complaints } = await openPanel(resolve, 'second.json');
    const had = records('cut').length;
    await page.getByRole('button', { name: 'Open handoff…' }).click();
    await bringIn(page);
    cutAssembly(resolve);
    await page.getByRole('button', { name: 'Refresh' }).click();
    await openStep(page, 'Cut');
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await page.getByText(/^The editor’s own file disagrees in \d+ places?$/).waitFor();
    expect(await page.getByText("is 36 frames long; Resolve's own OTIO says 35.").count()).toBe(1);
    own = 'refused';
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await page.getByText('The editor wrote no file of its own to compare with: Resolve refused.').waitFor();
    expect(records('cut')).toHaveLength(had + 2);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('where Resolve is too old for it, says what works there, and the handoff can be read', async () => {
    const { page } = await openPanel(await morning('18.5'), 'third.json');
    await page.getByRole('button', { name: 'Open handoff…' }).click();
    await page.getByRole('heading', { name: 'Harbour Lights' }).waitFor();
    await openStep(page, 'Bins');
    await page
      .getByText(/Baton Apply in Workspace > Scripts works from 18\.5 on/)
      .first()
      .waitFor();
    expect(await page.getByRole('button', { name: /^Apply \d+/ }).count()).toBe(0);
    await openStep(page, 'Sync');
    expect(await page.getByRole('button', { name: 'Sync sound in Resolve' }).count()).toBe(0);
    await page.context().close();
  });
});
