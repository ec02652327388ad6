/** The bundle that runs inside Premiere is ES3, plain ASCII, and leans on nothing ExtendScript lacks. */
import { readFileSync } from 'node:fs';
import { runInContext } from 'node:vm';
import { parse } from 'acorn';
import { describe, expect, test } from 'vitest';
import { extendScriptProblem, toExtendScript } from '../../build/extendscript.ts';
import { es3World } from '../../host/standin/premiere/es3.ts';
import { BUNDLE } from '../bridge/premiere-stage.ts';

const bundle = readFileSync(BUNDLE, 'utf8');

/** Every expression of the bundle, brackets kept, with the one it stands in. */
function nested(code: string): { outer: string; inner: string }[] {
  const found: { outer: string; inner: string }[] = [];
  const name = (node: { type: string; operator?: string }) =>
    node.type === 'LogicalExpression' ? node.operator! : node.type;
  const walk = (value: unknown, outer: string) => {
    if (typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) return value.forEach((each) => walk(each, outer));
    const node = value as { type?: string; operator?: string };
    if (typeof node.type === 'string') found.push({ outer, inner: name(node as { type: string }) });
    for (const child of Object.values(value))
      walk(child, typeof node.type === 'string' ? name(node as { type: string }) : outer);
  };
  walk(parse(code, { ecmaVersion: 3, preserveParens: true }), '');
  return found;
}

const unclear = (code: string) =>
  nested(code).filter(
    ({ outer, inner }) =>
      (outer === 'ConditionalExpression' && inner === outer) || ['&&||', '||&&'].includes(outer + inner),
  );

describe('the shipped premiere.jsx', () => {
  test('parses as ES3 with reserved words reserved, in ASCII', () => {
    expect(extendScriptProblem(bundle)).toBeNull();
    expect(bundle.length).toBeGreaterThan(5000);
  });

  test('has no chained conditional and no mixed && and || without brackets', () => {
    expect(unclear(bundle)).toEqual([]);
  });

  test('loads where every built-in after ES3 is gone, twice, and defines its methods each time', () => {
    const world = es3World();
    (world as { $: object }).$ = {};
    for (let i = 0; i < 2; i++) runInContext(bundle, world);
    const methods = runInContext(
      'var all = []; for (var name in $.baton) all.push(name); all.sort().join(" ")',
      world,
    );
    expect(methods).toBe(
      'about apply exportFcp7Xml readBack readProject readSequence readUsage sequences show watch',
    );
  });

  test('puts nothing into the shared engine but $.baton', () => {
    const world = es3World();
    (world as { $: object }).$ = {};
    const names = () =>
      runInContext('var n = [], k; for (k in this) n.push(k); n.sort().join(" ")', world) as string;
    names();
    const before = names();
    runInContext(bundle, world);
    expect(names()).toBe(before);
  });
});

describe('the ES3 world', () => {
  test.each([
    'JSON.stringify({})',
    '[1].map(String)',
    '[1].forEach(String)',
    '[1].indexOf(1)',
    'Array.isArray([])',
    'Object.keys({})',
    'Object.create(null)',
    '" a ".trim()',
    '"a".startsWith("a")',
    '(function () {}).bind(null)',
    'Date.now()',
    'new Map()',
    'Promise.resolve()',
    'Symbol("a")',
    'var [a] = [1]; a',
    'for (var a of [1]) a',
    'console.log(1)',
    'globalThis',
  ])('refuses %s', (code) => {
    expect(() => runInContext(code, es3World())).toThrow();
  });

  test.each([
    ['"a-b".replace(/-/g, function () { return "+"; })', 'a+b'],
    ['[3, 1, 2].sort().join("")', '123'],
    ['"abc".substr(1, 1) + "x".charCodeAt(0)', 'b120'],
    ['({}).hasOwnProperty("a")', false],
    ['[1].concat([2]).slice(0).length', 2],
  ])('still runs %s', (code, value) => {
    expect(runInContext(code, es3World())).toBe(value);
  });
});

describe('the build for ExtendScript', () => {
  test('brackets chained conditionals and mixed logic, which ExtendScript reads from the left', async () => {
    const code = await toExtendScript(
      'x = a ? b : c ? d : e; y = a ? b ? c : d : e; z = a || b && c; w = a?.b?.c ?? d;',
    );
    expect(unclear(code)).toEqual([]);
    expect(code).toContain('x = a ? b : (c ? d : e)');
    expect(code).toContain('y = a ? (b ? c : d) : e');
    expect(code).toContain('z = a || (b && c)');
  });

  test('gives the same values as the source', async () => {
    const source =
      'var r = []; for (const a of [0, 1]) for (const b of [0, 1]) for (const c of [0, 1]) r.push(a ? b : c ? 2 : 3, a || b && c); r.join()';
    expect(runInContext(await toExtendScript(source), es3World())).toBe(
      runInContext(source, (await import('node:vm')).createContext({})),
    );
  });

  test('says where a text is not ASCII or not ES3', () => {
    expect(extendScriptProblem('var a = "\u2028";')).toMatch(/not ASCII: U\+2028 at character 9/);
    expect(extendScriptProblem('var a = { get b() { return 1; } };')).toMatch(/not ES3/);
    expect(extendScriptProblem('var a = { class: 1 };')).toMatch(/not ES3/);
  });
});
