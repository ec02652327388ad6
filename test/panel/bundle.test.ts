/** What is built for the editors' old Chromium: one classic script it can parse, and no style rule it would drop in silence. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { parse } from 'acorn';
import { expect, it } from 'vitest';

/** `BATON_DIST` names another build than `dist/`. */
const dist = process.env['BATON_DIST'] ?? fileURLToPath(new URL('../../dist', import.meta.url));
const built = (name: string) => readFileSync(join(dist, 'panel', name), 'utf8');

it('the script parses as ES2021, which is what Chromium 88 speaks', () => {
  const script = built('panel.js');
  expect(script.length).toBeGreaterThan(100_000);
  expect(() => parse(script, { ecmaVersion: 2021, sourceType: 'script' })).not.toThrow();
});

it('it calls no built-in that Chromium 88 lacks and old-engines.ts does not give', () => {
  const late =
    /\b(structuredClone|Object\.groupBy|Promise\.withResolvers|crypto\.randomUUID|Array\.fromAsync)\(|\.(toSorted|toReversed|toSpliced|replaceChildren\.at)\(/g;
  expect(built('panel.js').match(late)).toBeNull();
});

it('the page loads from file://: a classic script, nothing crossorigin, nothing inline', () => {
  const page = built('index.html');
  expect(page).toContain('<script defer src="./panel.js"></script>');
  expect(page).not.toMatch(/crossorigin|type="module"|<style|<script>|\son\w+=/);
});

it('the styles use nothing that Chromium 88 drops without a word', () => {
  const styles = built('panel.css');
  expect(styles.length).toBeGreaterThan(5_000);
  for (const rule of [':has(', '@container', '@layer', 'color-mix(', 'dvh', 'subgrid'])
    expect([rule, styles.includes(rule)]).toEqual([rule, false]);
  expect(styles).not.toMatch(/:not\([^)]*,/);
});

it('the other thread’s script parses as ES2021, lies beside the panel, and stays within 160 kB as it would be sent', () => {
  const script = built('work.js');
  expect(script.length).toBeGreaterThan(50_000);
  expect(() => parse(script, { ecmaVersion: 2021, sourceType: 'script' })).not.toThrow();
  expect(built('panel.js')).toContain('work.js');
  expect(gzipSync(script).length).toBeLessThan(160_000);
});

it('what is worked out in the other thread is not in the panel’s own script too', () => {
  for (const words of ['FCM: ', 'name-portable', 'Timeline.1', 'Hashing the delivery'])
    expect([words, built('work.js').includes(words), built('panel.js').includes(words)]).toEqual([
      words,
      true,
      false,
    ]);
});

it('script and styles stay within 240 kB and 12 kB as they would be sent', () => {
  expect(gzipSync(built('panel.js')).length).toBeLessThan(240_000);
  expect(gzipSync(built('panel.css')).length).toBeLessThan(12_000);
});
