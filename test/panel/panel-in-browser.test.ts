/** The whole way in a real browser: the example handoff, the real service and stand-in, from the first look to the locked cut. */
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Handoff } from '../../manifest/documents/handoff.ts';
import { startChromium } from '../browser/chromium.ts';
import { openPage, openStep, seriousViolations } from '../browser/page.ts';
import { serve, type Served } from '../browser/served.ts';
import { manyClips } from './many-clips.ts';

const STEPS = ['Handoff', 'Bins', 'Sync', 'Markers', 'Cut'];

const browser = await startChromium();

let base: string;
let served: Served;

const manifest = () => JSON.parse(readFileSync(join(base, 'demo', 'handoff.json'), 'utf8')) as Handoff;

describe.skipIf(!browser)('the panel in Chromium', () => {
  beforeAll(async () => {
    base = await mkdtemp(join(tmpdir(), 'baton-panel-'));
    served = await serve(['--demo', '--dir', join(base, 'demo')], base);
  }, 120_000);

  afterAll(async () => {
    expect(await served.stop()).toBe(0);
    await browser!.close();
    await rm(base, { recursive: true, force: true });
  });

  it('from the hand-over note to the locked cut, with no complaint in the console', async () => {
    const { page, complaints } = await openPage(browser!, served.url);

    // The handoff: what it is, and what is wrong with it, with the cure.
    await page.getByRole('heading', { name: 'Harbour Lights' }).waitFor();
    await page.getByText('handover of shoot day 1').waitFor();
    expect(await page.getByRole('tree', { name: 'Issues' }).innerText()).toMatch(/Warning[^]*Fix: /);
    expect(await page.locator('.step').first().innerText()).toContain('Needs you');

    expect(await seriousViolations(page)).toEqual([]);

    // The dry run: every clip with what happens to it, and nothing written.
    await openStep(page, 'Bins');
    const tree = page.getByRole('tree', { name: 'Planned bins' });
    await tree.getByText('Take 02', { exact: true }).first().waitFor();
    expect(await tree.innerText()).toContain('Not in the project yet.');
    const apply = page.getByRole('button', { name: /^Apply \d+ changes$/ });
    const changes = Number(/\d+/.exec(await apply.innerText())![0]);
    expect(changes).toBeGreaterThan(50);
    expect(await page.locator('.plan-once').innerText()).toMatch(
      /^\d+ cannot be undone in Premiere; Revert here takes them back$/,
    );
    expect(manifest().history.filter((record) => record.kind === 'import')).toEqual([]);

    // Applying: slowed down at the wire, so that a person's eye could follow.
    await page.route('**/api/editor/apply', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 60));
      await route.continue();
    });
    expect(await seriousViolations(page)).toEqual([]);
    await apply.click();
    await page.locator('[data-progress]').waitFor();
    await page.waitForFunction(() =>
      /[1-9]\d* of \d+/.test(document.querySelector('[data-progress]')?.textContent ?? ''),
    );
    expect(await page.getByRole('progressbar').getAttribute('aria-valuetext')).toMatch(
      new RegExp(`of ${changes}$`),
    );

    // Cancel: what is done stays done and is said; the rest is still planned.
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText(/^Stopped: \d+ of \d+ changes made$/).waitFor();
    const made = Number(/\d+/.exec(await page.getByText(/^Stopped: /).innerText())![0]);
    const rest = page.getByRole('button', { name: `Apply ${changes - made} changes` });
    expect(made).toBeLessThan(changes);
    await rest.click();
    await page.getByText(`${changes - made} changes made`).waitFor();
    expect(await page.locator('[data-receipt]').innerText()).toContain(`${changes - made} verified`);

    // Planning again says that there is nothing left, and the receipt stands in the manifest.
    await page.getByText('Nothing to do: the project holds what the handoff says').waitFor();
    expect(manifest().history.filter((record) => record.kind === 'import')).toHaveLength(2);
    expect(existsSync(join(base, 'demo', '.baton', 'standin-premiere.json'))).toBe(true);

    await openStep(page, 'Markers');
    expect(await page.getByRole('list', { name: 'Notes' }).innerText()).toContain('In the project');

    // The cut: locked, exported, on the disk with its hash.
    await openStep(page, 'Cut');
    await page.getByText('Picture lock').click();
    await page.getByRole('button', { name: 'Export and lock' }).click();
    await page.locator('[data-written]').waitFor();
    const written = await page.locator('[data-written]').innerText();
    for (const name of ['Harbour Lights assembly V01.edl', 'Harbour Lights assembly V01.fcpxml']) {
      expect(written).toContain(name);
      expect(existsSync(join(base, 'demo', 'cuts', name))).toBe(true);
    }
    const cuts = manifest().history.filter((record) => record.kind === 'cut');
    expect(cuts.at(-1)).toMatchObject({ lock: true, formats: ['edl', 'fcpxml'] });
    await page.getByRole('button', { name: /^5 Cut Done locked/ }).waitFor();

    // The open sequence against the lock, read back from the file on the disk.
    await page.getByRole('button', { name: 'Is this the lock?' }).click();
    await page.getByText('The open sequence is the same as the lock Harbour Lights assembly V01').waitFor();

    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it.each(['dark', 'light'] as const)('axe finds nothing serious in any step, %s', async (theme) => {
    const { page, complaints } = await openPage(browser!, served.url, { theme });
    for (const step of STEPS) {
      await openStep(page, step);
      expect([step, await seriousViolations(page)]).toEqual([step, []]);
    }
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it.each([230, 320, 400, 900])('nothing is cut off sideways at %i px', async (width) => {
    const { page } = await openPage(browser!, served.url, { width });
    for (const step of STEPS) {
      await openStep(page, step);
      const wide = await page.evaluate(() =>
        [...document.querySelectorAll('.panel *')]
          .filter((part) => part.getBoundingClientRect().right > innerWidth + 0.5 && !part.closest('.lacks'))
          .map((part) => part.className),
      );
      expect([step, wide]).toEqual([step, []]);
    }
    await page.context().close();
  });

  it('at 230 px the buttons of Bins stay in sight below a long banner', async () => {
    const { page } = await openPage(browser!, served.url, { width: 230 });
    await openStep(page, 'Bins');
    await page.locator('.actions').waitFor();
    // Longer than any banner: the tree gives way and the rest scrolls.
    const sight = await page.evaluate(() => {
      const view = document.querySelector('.step-open .view')!;
      const banner = document.createElement('p');
      banner.style.cssText = 'flex: none; height: 260px';
      view.prepend(banner);
      const ends = view.getBoundingClientRect();
      return [...view.querySelectorAll('.actions button')].map((button) => {
        const box = button.getBoundingClientRect();
        return box.top >= ends.top && box.bottom <= ends.bottom;
      });
    });
    expect(sight.length).toBeGreaterThan(0);
    expect(sight).not.toContain(false);
    await page.context().close();
  });

  it('the keyboard reaches the filter with /, empties it with Esc, and walks the tree with arrows', async () => {
    const { page } = await openPage(browser!, served.url);
    await openStep(page, 'Bins');
    const tree = page.getByRole('tree', { name: 'Planned bins' });
    await tree.getByText('Scenes', { exact: true }).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('take_02');
    await page.waitForFunction(
      () => !document.querySelector('[role=tree]')?.textContent?.includes('TAKE_01'),
    );
    await page.keyboard.press('Escape');
    await tree.getByText('SCENE_07_TAKE_01_A.mov').waitFor();
    await page.keyboard.press('Tab');
    const active = () =>
      page.evaluate(() => {
        const id = document.activeElement?.getAttribute('aria-activedescendant');
        return id ? document.getElementById(id)?.querySelector('.line-name')?.textContent : null;
      });
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    const second = await active();
    expect(second).toBe('_Rejected');
    await page.keyboard.press('ArrowLeft');
    await page.waitForFunction(
      () => !document.querySelector('[role=tree]')?.textContent?.includes('DO_NOT_USE'),
    );
    expect(await active()).toBe('_Rejected');
    await page.context().close();
  });

  it('the report is copied, where the modern clipboard is closed to the page too', async () => {
    const { page, complaints } = await openPage(browser!, served.url);
    await page.getByText(/^last read/).waitFor();
    await page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new Error('closed'));
      document.addEventListener('copy', () => {
        document.title =
          String(document.getSelection()) || (document.activeElement as HTMLTextAreaElement).value;
      });
    });
    await page.getByRole('button', { name: 'About Baton' }).click();
    expect(await page.getByRole('main').innerText()).toContain('Editor: premiere');
    await page.getByRole('button', { name: 'Copy details' }).click();
    await page.waitForFunction(() => document.title.startsWith('Baton report'));
    expect(await page.title()).not.toContain('SCENE_07');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('a page without the token says what to do, and asks the service nothing', async () => {
    const { page, complaints } = await openPage(browser!, served.url.split('#')[0]!);
    await page.getByText('open the whole address that baton serve prints').waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('ten thousand clips open at once, with only the rows in sight drawn', async () => {
    const other = await serve([await manyClips(join(base, 'many'), 10_000)], base);
    const { page, complaints } = await openPage(browser!, other.url);
    await page.getByRole('heading', { name: 'Ten thousand' }).waitFor();
    await page.getByText(/^last read/).waitFor();
    for (const [step, role, name] of [
      ['Bins', 'tree', 'Planned bins'],
      ['Sync', 'list', 'Sync verdicts'],
    ] as const) {
      await openStep(page, step);
      const rows = page.getByRole(role, { name }).locator('[data-index]');
      await rows.first().waitFor();
      expect(await rows.count()).toBeLessThan(100);
    }
    expect(complaints).toEqual([]);
    await page.context().close();
    expect(await other.stop()).toBe(0);
  });
});
