/** A page of the panel under watch: every console error and every thrown error is kept, and axe can look at it. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export interface Watched {
  page: Page;
  /** What the console and the page complained of. */
  complaints: string[];
}

export async function openPage(
  browser: Browser,
  url: string,
  options: { width?: number; theme?: 'dark' | 'light' } = {},
): Promise<Watched> {
  const watched = await emptyPage(browser, { width: options.width, colorScheme: options.theme ?? 'dark' });
  await watched.page.goto(url);
  return watched;
}

/** A page that has gone nowhere yet, and is watched already. */
export async function emptyPage(
  browser: Browser,
  { width = 400, ...options }: { width?: number | undefined; colorScheme?: 'dark' | 'light' },
): Promise<Watched> {
  const context = await browser.newContext({
    viewport: { width, height: 720 },
    reducedMotion: 'reduce',
    ...options,
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(`thrown: ${error.message}`));
  return { page, complaints };
}

/** Opens one of the five steps and waits for its view. */
export async function openStep(page: Page, name: string): Promise<void> {
  const head = page.getByRole('button', { name: new RegExp(`^\\d ${name}`) });
  await head.click();
  await page.getByRole('button', { name: new RegExp(`^\\d ${name}`), expanded: true }).waitFor();
}

interface AxeResult {
  incomplete: { id: string; nodes: { html: string; any: { message: string }[] }[] }[];
  violations: { id: string; impact: string; nodes: { html: string }[] }[];
}

/** What axe calls serious or critical: rule and the first element. */
export async function seriousViolations(page: Page): Promise<string[]> {
  // Evaluated by the driver, because the page's own policy lets no script in.
  await page.evaluate(axeSource);
  const result = (await page.evaluate('axe.run()')) as AxeResult;
  return result.violations
    .filter((violation) => violation.impact === 'serious' || violation.impact === 'critical')
    .map((violation) => `${violation.id}: ${violation.nodes[0]?.html.slice(0, 200)}`);
}

/**
 * Texts whose contrast axe could not judge, as `why: html`. What it cannot see past is listed, never passed over: the colours
 * themselves are held by test/panel/theme.test.ts.
 */
export async function unjudgedContrast(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  const result = (await page.evaluate(
    "axe.run({ runOnly: ['color-contrast'], resultTypes: ['incomplete'] })",
  )) as AxeResult;
  return result.incomplete.flatMap(({ nodes }) =>
    nodes.map(({ html, any }) => `${any[0]?.message ?? ''}: ${html.slice(0, 120)}`),
  );
}
