/** Holds the arrows between the rooms, and that every thing of a kind is registered, tested and documented. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const top = fileURLToPath(new URL('..', import.meta.url));
const filesBelow = (folder: string): string[] =>
  readdirSync(join(top, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(top, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
const read = (file: string) => readFileSync(join(top, file), 'utf8');

/** Modules a file imports, as paths in the project or package names; `type` where it takes types only. */
function imports(file: string): { to: string; types: boolean }[] {
  const found = read(file).matchAll(
    /(?:^|\n)\s*(?:import|export)\s+(type\s+)?[^'";]*?from\s+'([^']+)'|import\(\s*'([^']+)'\s*\)|(?:^|\n)import\s+'([^']+)'/g,
  );
  return [...found].map((match) => {
    const to = (match[2] ?? match[3] ?? match[4])!;
    const local = to.startsWith('.')
      ? relative(top, resolve(top, dirname(file), to)).replaceAll('\\', '/')
      : to;
    return { to: local, types: match[1] !== undefined };
  });
}
const ROOMS = ['manifest', 'bridge', 'host', 'panel', 'cli', 'resolve-scripts'];
const room = (path: string) => ROOMS.find((each) => path.startsWith(`${each}/`));

/** Types that the code inside an editor shares with its adapter. */
const WIRES = [
  'bridge/contract.ts',
  'bridge/premiere/wire.ts',
  'bridge/uxp/methods.ts',
  'bridge/resolve/door.ts',
];
const UXP_HOSTS = ['bridge/hosts/premiere-uxp.ts', 'bridge/hosts/standin-uxp.ts'];

/** Who may import whom; everything else is an arrow that should not be. */
function allowed(from: string, { to, types }: { to: string; types: boolean }): boolean {
  const [here, there] = [room(from), room(to)];
  if (here === 'manifest') return there === 'manifest';
  if (here === 'panel')
    return (
      (there === 'bridge' && !to.startsWith('bridge/local/')) || there === 'manifest' || there === 'panel'
    );
  if (here === 'cli') return there !== 'panel' && (there !== 'host' || to.startsWith('host/standin/'));
  // Resolve's plugin is its own Node: the adapter and the disk run in it.
  if (from.startsWith('host/resolve/') && there === 'bridge') return true;
  if (here === 'host') {
    const own = from.split('/').slice(0, 2).join('/');
    return to.startsWith(`${own}/`) || (types && WIRES.includes(to));
  }
  // UXP has no second engine: the panel's own process runs the code that speaks to Premiere.
  if (UXP_HOSTS.includes(from) && to.startsWith('host/uxp/')) return true;
  if (/^bridge\/hosts\/standin(-uxp|-resolve)?\.ts$/.test(from))
    return there === 'bridge' || there === 'manifest' || to.startsWith('host/standin/');
  return there === 'manifest' || there === 'bridge';
}

describe('the rooms', () => {
  for (const each of ROOMS.filter((name) => name !== 'resolve-scripts'))
    it(`${each}/ looks only where it may`, () => {
      const wrong = filesBelow(each).flatMap((file) =>
        imports(file)
          .filter((target) => room(target.to) && !allowed(file, target))
          .map((target) => `${file} imports ${target.to}`),
      );
      expect(wrong).toEqual([]);
    });

  // Its type room has no DOM and no Node; what every JavaScript has is looked for here.
  it('manifest/ knows no Node, no clock and no chance', () => {
    const wrong = filesBelow('manifest').flatMap((file) => [
      ...imports(file)
        .filter(({ to }) => /^(node:|fs$|path$|os$|crypto$)/.test(to))
        .map(({ to }) => `${file} imports ${to}`),
      ...(read(file).match(/\b(Date\.now\(|new Date\(\)|Math\.random\()/g) ?? []).map(
        (word) => `${file} says ${word}`,
      ),
    ]);
    expect(wrong).toEqual([]);
  });

  it('only bridge/local/, cli/ and what runs in Node speak to Node', () => {
    const wrong = ['bridge', 'panel']
      .flatMap(filesBelow)
      .filter(
        (file) =>
          !file.startsWith('bridge/local/') && !/^bridge\/hosts\/standin(-uxp|-resolve)?\.ts$/.test(file),
      );
    expect(wrong.filter((file) => imports(file).some(({ to }) => to.startsWith('node:')))).toEqual([]);
  });
});

/** A kind of thing: its folder, the files that are not one, its registry, and the page that has a row for each. */
const KINDS = [
  {
    folder: 'manifest/readers',
    not: ['reader.ts', 'index.ts'],
    registry: 'manifest/readers/index.ts',
    docs: 'docs/formats.md',
  },
  {
    folder: 'manifest/checks',
    not: ['check.ts', 'index.ts'],
    registry: 'manifest/checks/index.ts',
    docs: 'docs/checks.md',
  },
  {
    folder: 'manifest/exports',
    not: ['export.ts', 'index.ts', 'xml.ts'],
    registry: 'manifest/exports/index.ts',
    docs: 'docs/formats.md',
  },
  {
    folder: 'manifest/cards',
    not: ['card.ts', 'index.ts'],
    registry: 'manifest/cards/index.ts',
    docs: 'docs/cards.md',
  },
  {
    folder: 'manifest/cards/sidecars',
    not: ['sidecar.ts', 'index.ts'],
    registry: 'manifest/cards/sidecars/index.ts',
    docs: 'docs/cards.md',
  },
  { folder: 'cli/commands', not: ['index.ts'], registry: 'cli/commands/index.ts', docs: 'docs/cli.md' },
  {
    folder: 'bridge/hosts',
    not: ['host.ts', 'index.ts', 'standin.ts', 'standin-uxp.ts', 'standin-resolve.ts'],
    registry: 'bridge/hosts/index.ts',
    docs: 'docs/architecture.md',
  },
  {
    folder: 'panel/commands',
    not: ['command.ts', 'index.ts'],
    registry: 'panel/commands/index.ts',
    docs: 'docs/panel.md',
  },
];

describe.each(KINDS)('$folder', ({ folder, not, registry, docs }) => {
  const things = readdirSync(join(top, folder)).filter((name) => /\.tsx?$/.test(name) && !not.includes(name));
  const tests = filesBelow('test').map(read).join('\n');

  it('holds things at all', () => {
    expect(things.length).toBeGreaterThan(0);
  });

  it.each(things)('%s is registered', (name) => {
    expect(read(registry)).toContain(`./${name}`);
  });

  it.each(things)('%s has a test', (name) => {
    const id = /\bid: '([^']+)'/.exec(read(`${folder}/${name}`))?.[1];
    const tested =
      tests.includes(`${folder.split('/').slice(-1)[0]}/${name}`) ||
      (id !== undefined && tests.includes(`'${id}'`));
    expect(tested, `no test imports ${folder}/${name} or names '${id}'`).toBe(true);
  });

  it.each(things)('%s has a row in the docs', (name) => {
    const id = /\bid: '([^']+)'/.exec(read(`${folder}/${name}`))?.[1];
    expect(read(docs)).toContain(`\`${id}\``);
  });
});

describe('the project', () => {
  const sources = [...ROOMS, 'test', 'build', 'bench']
    .filter((folder) => statSync(join(top, folder), { throwIfNoEntry: false }))
    .flatMap(filesBelow);

  it('no source file is longer than 300 lines', () => {
    const long = sources
      .filter((file) => !file.startsWith('test/'))
      .map((file) => [file, read(file).split('\n').length] as const);
    expect(long.filter(([, lines]) => lines > 301)).toEqual([]);
  });

  it('every source file begins by saying what it is for', () => {
    const silent = sources.filter(
      (file) => !/\.test\.tsx?$/.test(file) && !/^(#!.*\n)?\s*\/\*\*/.test(read(file)),
    );
    expect(silent).toEqual([]);
  });
});
