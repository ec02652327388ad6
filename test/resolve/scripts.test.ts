/** The built scripts: each is the join of its parts, loads in Lua 5.1, fits its limits, and asks for nothing the sandbox lacks. */
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Lua } from 'wasmoon-lua5.1';
import { describe, expect, test } from 'vitest';
import { SCRIPTS, joined } from '../../build/resolve-scripts.ts';
import { PACKAGES } from '../../bridge/product.ts';

const folder = fileURLToPath(new URL('../../resolve-scripts', import.meta.url));
const part = (name: string) => readFileSync(`${folder}/parts/${name}`, 'utf8');

test('every script of the folder is made of parts, and every part is in a script', () => {
  const scripts = readdirSync(folder).filter((name) => name.endsWith('.lua'));
  expect(scripts.sort()).toEqual(
    Object.keys(SCRIPTS)
      .map((name) => `${name}.lua`)
      .sort(),
  );
  const used = new Set(Object.values(SCRIPTS).flat());
  expect(readdirSync(`${folder}/parts`).filter((name) => !used.has(name.replace(/\.lua$/, '')))).toEqual([]);
  expect(PACKAGES.scripts).toContain('scripts');
});

describe.each(Object.entries(SCRIPTS))('%s', (name, parts) => {
  const text = readFileSync(`${folder}/${name}.lua`, 'utf8');

  test('is the join of its parts (npm run build)', () => {
    expect(text).toBe(joined(folder, parts));
  });

  test('loads, with room below the 200 locals that Lua holds in one function', async () => {
    const lua = await Lua.create();
    try {
      lua.ctx['source'] = text;
      expect(lua.doStringSync('return select(2, loadstring(source)) or "loads"')).toBe('loads');
    } finally {
      lua.global.close();
    }
    expect(text.match(/^local /gm)!.length).toBeLessThan(160);
  });

  test('touches what the sandbox of Free 21.1 lacks only where it looked for it', () => {
    const code = text.replace(/--.*$/gm, '').replace(/"[^"\n]*"/g, '""');
    const uses = code.match(/\b(require|package|ffi|debug|UIManager|arg)\b/g) ?? [];
    expect(uses).toEqual([]);
    // `io` and what goes with it stand in keep.lua alone.
    const others = parts.filter((each) => each !== 'keep').map((each) => part(`${each}.lua`));
    expect(others.filter((each) => /\b(io|os\.(execute|remove|rename))\b[.(]/.test(each))).toEqual([]);
  });

  test('assigns no global', () => {
    const names = new Set(
      [...text.matchAll(/\blocal function (\w+)|\blocal ([\w, ]+?)(?: =|$)/gm)].flatMap((m) =>
        (m[1] ?? m[2]!).split(/,\s*/),
      ),
    );
    const assigned = [...text.matchAll(/^(\w+) = /gm)].map((match) => match[1]!);
    expect(assigned.filter((each) => !names.has(each))).toEqual([]);
  });
});

test.each(readdirSync(`${folder}/parts`))('%s says what it is for and has 300 lines at most', (name) => {
  expect(part(name)).toMatch(/^-- \w/);
  expect(part(name).split('\n').length).toBeLessThanOrEqual(301);
});
