/** The packaged extension through a day's work in CEP's two Chromiums: files proven, named and listened to, clips shown as a person likes, two cuts compared. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { overheard, RATE, talk, writeMovie, writeWav } from '../bridge/listen-files.ts';
import { openCepPage, oldNode, type OldNode } from '../browser/cep.ts';
import { morning, unpackExtension, type Morning, type Unpacked } from '../browser/cep-morning.ts';
import { startChromium } from '../browser/chromium.ts';
import { openStep } from '../browser/page.ts';

let here: Unpacked;

beforeAll(async () => {
  here = await unpackExtension();
}, 120_000);

afterAll(() => rm(here.base, { recursive: true, force: true }));

/** Of every clip, as a copying tool leaves it beside the media. */
function writeList({ manifest, handoff }: Morning): string[] {
  const folder = dirname(manifest);
  const paths = handoff().clips.map(({ path }) => path);
  const entries = paths.map((path) => {
    const bytes = readFileSync(join(folder, path));
    const md5 = createHash('md5').update(bytes).digest('hex');
    return `<hash><file>${path}</file><size>${bytes.length}</size><md5>${md5}</md5></hash>`;
  });
  const text = `<?xml version="1.0"?><hashlist version="1.1">${entries.join('')}</hashlist>`;
  writeFileSync(join(folder, 'day.mhl'), text);
  return paths;
}

const filesOf = (folder: string) =>
  (readdirSync(folder, { recursive: true }) as string[]).filter((name) => !name.startsWith('.baton')).sort();

/** One camera file whose timecode says nothing, in sound that needs no program to be read, and the recorder's that was running. */
function writeHeard(folder: string): string {
  for (const each of ['CAM', 'SOUND']) mkdirSync(join(folder, each), { recursive: true });
  const scene = talk(21, 34);
  writeWav(join(folder, 'SOUND', 'MixPre-044.WAV'), [scene, scene], { timeReference: 36_000 * RATE });
  writeMovie(join(folder, 'CAM', 'C0007.MOV'), [overheard(scene, 4 * RATE, 24)]);
  return folder;
}

/** Nothing is wider than the panel. */
async function fits(page: Page): Promise<void> {
  const { width } = page.viewportSize()!;
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
}

describe.each(['88', '103'] as const)('a day in the extension in Chromium %s', async (version) => {
  const browser = await startChromium(version);
  let node: OldNode;
  beforeAll(async () => {
    node = await oldNode(join(here.extension, 'desk', 'desk.cjs'));
  });
  afterAll(async () => {
    node?.stop();
    await browser?.close();
  });

  const open = async (premiere: Pick<Morning, 'manifest' | 'evalScript'>, folder = '') => {
    const chosen = { manifest: premiere.manifest, folder };
    const { extension } = here;
    const { evalScript } = premiere;
    return openCepPage(browser!, { extension, node, evalScript, chosen, skin: 35, width: 320 });
  };

  it.skipIf(!browser)(
    'files are proven by the list beside them, and one that changed is named',
    async () => {
      const premiere = await morning(here, `proof ${version}`);
      const paths = writeList(premiere);
      const { page, complaints } = await open(premiere);
      await page.getByRole('button', { name: 'Open handoff…' }).click();
      const verify = page.getByRole('button', { name: 'Verify', exact: true });
      await verify.click();
      await page.locator('strong', { hasText: `${paths.length} files proven` }).waitFor();
      expect(premiere.handoff().history).toMatchObject([
        { kind: 'scan' },
        { kind: 'verify', counts: { proven: paths.length } },
      ]);

      const changed = join(dirname(premiere.manifest), paths[0]!);
      const bytes = readFileSync(changed);
      bytes[bytes.length - 1]! ^= 1;
      writeFileSync(changed, bytes);
      await verify.click();
      await page.locator('strong', { hasText: `${paths[0]} is altered: its md5 is` }).waitFor();
      await fits(page);
      expect(complaints).toEqual([]);
      await page.context().close();
    },
    60_000,
  );

  it.skipIf(!browser)(
    'files get the names that were shown, and their old ones back',
    async () => {
      const premiere = await morning(here, `names ${version}`);
      const folder = dirname(premiere.manifest);
      const before = filesOf(folder);
      const { page, complaints } = await open(premiere);
      await page.getByRole('button', { name: 'Open handoff…' }).click();
      await page.getByRole('button', { name: 'File names…' }).click();
      const list = page.getByRole('list', { name: 'Proposed file names' });
      await list.waitFor();
      await page.getByRole('checkbox', { name: /^\d+ proposed names?$/ }).check({ force: true });
      await fits(page);
      await page.getByRole('button', { name: /^Rename \d+ files? on the disk$/ }).click();
      await page.getByText(/^\d+ files? renamed on/).waitFor();
      expect(filesOf(folder)).not.toEqual(before);
      await page.getByRole('button', { name: 'Give the old names back' }).click();
      await page.getByText(/^\d+ files? renamed on/).waitFor({ state: 'detached' });
      expect(filesOf(folder)).toEqual(before);
      expect(complaints).toEqual([]);
      await page.context().close();
    },
    60_000,
  );

  it.skipIf(!browser)(
    'unsynced clips are shown as chosen, also at the next visit',
    async () => {
      const premiere = await morning(here, `flags ${version}`);
      const { page, complaints } = await open(premiere);
      await page.getByRole('button', { name: 'Open handoff…' }).click();
      const marks = page.getByRole('toolbar', { name: 'An unsynced clip gets:' });
      const change = async () => {
        await openStep(page, 'Bins');
        await page.getByRole('button', { name: 'Change', exact: true }).click();
        await marks.waitFor();
      };
      await change();
      const marker = marks.getByRole('button', { name: 'Marker' });
      expect(await marker.getAttribute('aria-pressed')).toBe('false');
      await page.getByText(/10 labels .* 14 markers/).waitFor();
      await marks.getByRole('button', { name: 'Label' }).click();
      await marker.click();
      // Each of the three has a note on its first frame already, whose marker says both.
      await page.getByText(/7 labels .* 14 markers/).waitFor();
      await fits(page);
      await expect
        .poll(() =>
          JSON.parse(readFileSync(join(dirname(premiere.manifest), '.baton', 'panel.json'), 'utf8')),
        )
        .toMatchObject({ flags: ['field', 'marker'] });
      await page.reload();
      await change();
      expect(await marker.getAttribute('aria-pressed')).toBe('true');
      expect(complaints).toEqual([]);
      await page.context().close();
    },
    60_000,
  );

  it.skipIf(!browser)(
    'a take is listened to, and both sounds lie over each other',
    async () => {
      const { evalScript } = await morning(here, `names ${version}`);
      const folder = writeHeard(join(here.base, `heard ${version}`));
      const { page, complaints } = await open({ manifest: '', evalScript }, folder);
      await page.getByRole('button', { name: 'Build from a folder…' }).click();
      await page.getByRole('heading', { name: `heard ${version}` }).waitFor();
      await openStep(page, 'Sync');
      await page.getByRole('button', { name: /^C0007\.MOV/ }).click();
      await page.getByRole('button', { name: 'Listen', exact: true }).click();
      const waves = page.getByRole('application', { name: /laid over each other/ });
      await waves.waitFor({ timeout: 60_000 });
      await page.getByText('Heard: they fit').waitFor();
      const status = page.locator('.waves-box [role=status]');
      await expect.poll(() => status.innerText()).toBe('00:00:00:00 to 00:00:24:00 of the picture');
      await waves.focus();
      await page.keyboard.press('+');
      await expect.poll(() => status.innerText()).not.toBe('00:00:00:00 to 00:00:24:00 of the picture');
      await page.waitForFunction(
        () => document.querySelector('.waves-box [data-finest]')?.getAttribute('data-finest') !== '',
      );
      await page.getByText('Reading the sound…').waitFor({ state: 'detached' });
      await waves.scrollIntoViewIfNeeded();
      await fits(page);
      expect(complaints).toEqual([]);
      await page.context().close();
    },
    120_000,
  );

  it.skipIf(!browser)(
    'what changed since the lock is told over both cuts',
    async () => {
      const premiere = await morning(here, `cuts ${version}`);
      const { page, complaints } = await open(premiere);
      await page.getByRole('button', { name: 'Open handoff…' }).click();
      await openStep(page, 'Bins');
      await page.getByRole('button', { name: /^Apply \d+ changes$/ }).click();
      await page.getByText('Nothing to do: the project holds what the handoff says').waitFor();
      premiere.cutAssembly();
      const refresh = page.getByRole('button', { name: 'Refresh', exact: true });
      await refresh.click();
      await openStep(page, 'Cut');
      await page.getByText('Picture lock').click();
      await page.getByRole('button', { name: 'Export and lock' }).click();
      await page.locator('[data-written]').waitFor();

      // The last shot goes, the second is shorter by its first frame.
      premiere.recut(({ sequences: [sequence] }) => {
        const { items, ...track } = sequence!.videoTracks[0]!;
        const [second] = items.splice(1, 1);
        const frame = BigInt(sequence!.timebase);
        const shorter = {
          ...second!,
          start: String(BigInt(second!.start) + frame),
          in: String(BigInt(second!.in) + frame),
        };
        sequence!.videoTracks[0] = { ...track, items: [items[0]!, shorter, ...items.slice(1, -1)] };
      });
      await refresh.click();
      await openStep(page, 'Cut');
      await page.getByRole('button', { name: 'Is this the lock?' }).click();
      await page.getByText('is not the same as the lock').waitFor();
      const cuts = page.getByRole('application', { name: /^Both cuts/ });
      const told = page.locator('.cuts-told');
      await cuts.focus();
      const seen: string[] = [];
      for (let nth = 0; nth < 3; nth++) {
        await page.keyboard.press('c');
        seen.push(/trimmed|removed|added|re-ordered/.exec(await told.innerText())?.[0] ?? '');
      }
      expect(seen).toEqual(expect.arrayContaining(['trimmed', 'removed']));
      await cuts.scrollIntoViewIfNeeded();
      await fits(page);
      expect(complaints).toEqual([]);
      await page.context().close();
    },
    120_000,
  );
});
