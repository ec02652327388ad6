/** What the goldens show: the panel's views on the example handoff, each in the themes and widths that are worth a picture. */
import type { Page } from 'playwright-core';
import { openStep } from './page.ts';

export type Look = [theme: 'light' | 'dark' | 'darkest', width: 320 | 400 | 900];

/** Each width in a theme of its own: every theme and every width is seen of every view, and the pictures stay small. */
const LOOKS: Look[] = [
  ['light', 320],
  ['dark', 400],
  ['darkest', 900],
];
/** What is drawn on a canvas takes its colours by itself: one width in every theme. */
const DRAWN: Look[] = [...LOOKS, ['light', 400], ['darkest', 400]];

export interface View {
  name: string;
  looks: Look[];
  /** Brings it on the screen, from the panel as it opens. */
  show(page: Page): Promise<void>;
}

const step = (name: string, ready: (page: Page) => Promise<void>) => async (page: Page) => {
  await openStep(page, name);
  await ready(page);
};
const tree = (name: string) => (page: Page) => page.getByRole('tree', { name }).waitFor();

/** Before anything is imported; then the same project with everything in it and the first assembly cut. */
export const BEFORE: View[] = [
  {
    name: 'tour',
    looks: [['dark', 400]],
    show: (page) => page.getByRole('complementary', { name: 'How Baton works' }).waitFor(),
  },
  { name: 'handoff', looks: LOOKS, show: step('Handoff', tree('Issues')) },
  {
    name: 'file-names',
    looks: LOOKS,
    show: step('Handoff', async (page) => {
      await page.getByRole('button', { name: 'File names…' }).click();
      await page.getByRole('list', { name: 'Proposed file names' }).waitFor();
    }),
  },
  { name: 'bins', looks: LOOKS, show: step('Bins', tree('Planned bins')) },
  {
    name: 'bins-choices',
    looks: [['dark', 400]],
    show: step('Bins', async (page) => {
      await page.getByRole('button', { name: 'Change', exact: true }).click();
      await page.getByText('An unsynced clip gets:').waitFor();
    }),
  },
];
export const AFTER: View[] = [
  { name: 'bins-done', looks: [['dark', 400]], show: step('Bins', tree('Planned bins')) },
  {
    name: 'revert',
    looks: [['dark', 400]],
    show: step('Bins', async (page) => {
      await page.getByRole('button', { name: 'Revert…' }).click();
      await tree('What would be taken back')(page);
    }),
  },
  { name: 'sync', looks: DRAWN, show: step('Sync', (page) => page.locator('canvas').first().waitFor()) },
  {
    name: 'sync-opened',
    looks: [['dark', 400]],
    show: step('Sync', async (page) => {
      await page.getByRole('button', { name: /SCENE_31_TAKE_01_A/ }).click();
      await page.getByRole('button', { name: /SCENE_31_TAKE_01_A/, expanded: true }).waitFor();
    }),
  },
  {
    name: 'markers',
    looks: LOOKS,
    show: step('Markers', (page) => page.getByRole('list', { name: 'Notes' }).waitFor()),
  },
  {
    name: 'cut',
    looks: DRAWN,
    show: step('Cut', (page) => page.getByRole('button', { name: 'Export', exact: true }).waitFor()),
  },
];

const named = (view: View, [theme, width]: Look) => `${view.name}-${theme}-${width}`;
export const casesOf = (views: View[]) =>
  views.flatMap((view) => view.looks.map((look) => ({ name: named(view, look), view, look })));
