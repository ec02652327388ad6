/** What a person does in the panel, one after the other, each by hand: to measure how long each holds the page up. */
import type { Page } from 'playwright-core';
import { openStep } from '../../test/browser/page.ts';

export interface Act {
  what: string;
  /** Resolves when what was done can be seen. */
  done(page: Page): Promise<void>;
}

const LONG = { timeout: 300_000 };

/** Nothing is being done any more, and what was done is drawn. */
async function idle(page: Page): Promise<void> {
  await page.getByText(/^last read/).waitFor(LONG);
  await page.waitForTimeout(300);
}

function step(name: string, role: 'tree' | 'list' | 'group', label: string): Act {
  return {
    what: `open ${name}`,
    async done(page) {
      await openStep(page, name);
      await page.getByRole(role, { name: label }).waitFor(LONG);
      await page.waitForTimeout(700);
    },
  };
}

/** Key by key, then the field is emptied. */
function filter(what: string, label: string, text: string): Act {
  return {
    what,
    async done(page) {
      await page.getByRole('searchbox', { name: label }).pressSequentially(text, { delay: 120 });
      await page.waitForTimeout(700);
      await page.keyboard.press('Escape');
      await page.waitForTimeout(700);
    },
  };
}

/** By its label, in the list or tree of this name. */
function keys(what: string, label: string, ...pressed: string[]): Act {
  return {
    what,
    async done(page) {
      await page.locator(`.rows[aria-label="${label}"]`).focus();
      for (const key of pressed) {
        await page.keyboard.press(key);
        await page.waitForTimeout(250);
      }
      await page.waitForTimeout(500);
    },
  };
}

function press(what: string, name: RegExp | string, after = 700): Act {
  return {
    what,
    async done(page) {
      await page.getByRole('button', { name }).first().click(LONG);
      await page.waitForTimeout(after);
    },
  };
}

function chip(what: string, name: RegExp): Act {
  return {
    what,
    async done(page) {
      await page.getByRole('radio', { name }).click(LONG);
      await page.waitForTimeout(700);
    },
  };
}

/** For a panel that has just been opened on a handoff of many clips. */
export const ACTS: readonly Act[] = [
  { what: 'read and check', done: idle },
  filter('filter issues', 'Filter issues', 'p12'),
  keys('open every issue', 'Issues', '*', 'End', 'Home'),
  step('Bins', 'tree', 'Planned bins'),
  filter('filter bins', 'Filter clips', 'p12'),
  keys('open every bin', 'Planned bins', '*', 'End', 'Home'),
  step('Sync', 'list', 'Sync verdicts'),
  filter('filter verdicts', 'Filter clips', 'p12'),
  chip('choose In sync', /^In sync/),
  {
    what: 'open a verdict, and the next',
    async done(page) {
      for (const nth of [0, 1]) {
        await page.locator('.row-button').nth(nth).click();
        await page.waitForTimeout(500);
      }
    },
  },
  {
    what: 'choose in the picture of the day',
    async done(page) {
      await page.locator('.day-canvas').focus();
      for (const key of ['ArrowRight', 'u', 'Enter']) {
        await page.keyboard.press(key);
        await page.waitForTimeout(300);
      }
    },
  },
  {
    what: 'choose another day',
    async done(page) {
      await page.locator('.day-choice select').selectOption({ index: 1 });
      await page.waitForTimeout(700);
    },
  },
  {
    what: 'pair by hand',
    async done(page) {
      await page.getByRole('button', { name: 'Pair by hand…' }).click();
      await page.waitForTimeout(700);
      await page.locator('.pairing').getByRole('button', { name: 'Cancel' }).click();
    },
  },
  {
    what: 'mark as MOS',
    async done(page) {
      await page.getByRole('button', { name: 'Mark as MOS' }).click();
      await page.waitForTimeout(500);
      await idle(page);
    },
  },
  step('Markers', 'list', 'Notes'),
  filter('filter notes', 'Filter notes', 'take 12'),
  chip('choose To add', /^To add/),
  step('Handoff', 'tree', 'Issues'),
  {
    what: 'undo',
    async done(page) {
      await page.getByRole('button', { name: /^Undo/ }).click();
      await page.waitForTimeout(500);
      await idle(page);
    },
  },
  {
    what: 'apply, four seconds of it, then Cancel',
    async done(page) {
      await openStep(page, 'Bins');
      await page.waitForTimeout(1000);
      await page.getByRole('button', { name: /^Apply / }).click(LONG);
      await page.waitForTimeout(9000);
      await page.getByRole('button', { name: 'Cancel' }).click(LONG);
      await idle(page);
    },
  },
  press('about Baton', 'About Baton'),
  press('and back', 'About Baton'),
];
