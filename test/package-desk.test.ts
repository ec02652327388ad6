/** The desk's bundle runs in CEP's Node: nothing in it that Node 15.9 cannot parse, does not have, or would look for on disk. */
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'acorn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askModule, loadDesk, type DeskModule } from '../bridge/cep-desk.ts';
import { loopbackDesk, loopbackListening, loopbackScanning, loopbackVerifying } from '../bridge/loopback.ts';
import { prepareDemo } from '../cli/demo/prepare.ts';
import type { Handoff } from '../manifest/documents/handoff.ts';
import type { Listened } from '../manifest/documents/sync.ts';
import { WRITTEN_ALGORITHMS } from '../manifest/mhl/digest.ts';
import { makeShoot } from './bridge/listen-shoot.ts';
import { base as verifyStage, CARD, manifestIn, put, run, tree } from './bridge/verify-stage.ts';
import { oldNode, type OldNode } from './browser/cep.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const bundle = join(process.env['BATON_DIST'] ?? join(root, 'dist'), 'desk', 'desk.cjs');
const code = readFileSync(bundle, 'utf8');

describe('the text of the bundle', () => {
  it('parses as ES2021', () => {
    expect(() => parse(code, { ecmaVersion: 2021, sourceType: 'script' })).not.toThrow();
  });

  it('asks for no module but those of Node 15, and for none by node:', () => {
    const asked = new Set([...code.matchAll(/\brequire\([`'"]([^`'"]+)[`'"]\)/g)].map((match) => match[1]!));
    const known = [
      'child_process',
      'crypto',
      'events',
      'fs',
      'fs/promises',
      'os',
      'path',
      'perf_hooks',
      'stream',
      'timers',
      'timers/promises',
      'url',
      'util',
      'zlib',
    ];
    expect([...asked].filter((name) => !known.includes(name))).toEqual([]);
    expect(code.match(/[`'"]node:[a-z]|worker_threads/g)).toBeNull();
  });

  it('calls no built-in of a later Node but those that old-node.ts gives', () => {
    const later =
      /\b(structuredClone|fetch|Object\.groupBy|Map\.groupBy|Promise\.withResolvers|Array\.fromAsync|crypto\.randomUUID|process\.getBuiltinModule)\(|\.(toSorted|toReversed|toSpliced|isWellFormed|cpSync|statfs|openAsBlob|parseArgs|availableParallelism|readLines)\(|\bimport\.meta\b/g;
    expect(code.match(later) ?? []).toEqual([]);
    const given = readFileSync(join(root, 'bridge/local/cep/old-node.ts'), 'utf8');
    for (const [name, pattern] of [
      ['at', /\.at\(/],
      ['findLast', /\.findLast\(/],
      ['hasOwn', /Object\.hasOwn\(/],
      ['throwIfAborted', /\.throwIfAborted\(/],
      ['performance', /\bperformance\.now\(/],
      ['atob', /\batob\(/],
    ] as const)
      if (pattern.test(code)) expect([name, given.includes(`'${name}'`)]).toEqual([name, true]);
  });
});

const later = () => new Promise((resolve) => setTimeout(resolve, 50));

describe('in a Node that has no more than 15.9', () => {
  let node: OldNode;
  let folder: string;
  let module: DeskModule;
  beforeAll(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'baton-desk-')));
    cpSync(join(root, 'examples'), folder, { recursive: true });
    node = await oldNode(bundle);
    module = {
      version: String(new Map(node.exports).get('version')),
      admit: (path) => void node.call('admit', [path]),
      ask: (method, args) => node.call('ask', [method, args]) as Promise<string>,
    };
  });
  afterAll(() => {
    node.stop();
    for (const each of [folder, `${folder}-drive`, verifyStage])
      rmSync(each, { recursive: true, force: true });
  });

  it('opens, edits and records as the loopback desk does', async () => {
    const manifest = join(folder, 'handoff.json');
    module.admit(manifest);
    const desk = loopbackDesk(askModule(module));
    const { handoff } = await desk.open(manifest);
    expect(handoff!.clips.length).toBeGreaterThan(0);
    const { revision } = await desk.record(manifest, {
      kind: 'waiver',
      id: 'w1',
      at: '2026-11-20T12:00:00Z',
    } as never);
    expect(revision).toBe(handoff!.revision + 1);
    expect((await desk.open(manifest)).handoff!.history).toHaveLength(handoff!.history.length + 1);
  });

  it('a folder nobody chose is refused in words', async () => {
    const desk = loopbackDesk(askModule(module));
    await expect(desk.open('/etc/handoff.json')).rejects.toMatchObject({
      name: 'HostError',
      code: 'refused',
    });
  });

  it('a manifest on a drive that is not connected is refused, opens once it is, and takes no other away', async () => {
    const away = join(`${folder}-drive`, 'handoff.json');
    module.admit(away);
    const desk = loopbackDesk(askModule(module));
    await expect(desk.open(away)).rejects.toThrow(`The folder of ${away} is not there: connect its drive`);
    expect((await desk.open(join(folder, 'handoff.json'))).handoff).not.toBeNull();
    cpSync(join(root, 'examples'), `${folder}-drive`, { recursive: true });
    expect((await desk.open(away)).handoff).not.toBeNull();
  });

  it('scans a folder of media with a copy in it, without a thread, as baton scan does', async () => {
    const shoot = join(`${folder}-drive`, 'shoot');
    const quiet = { json: false, say: () => {}, warn: () => {}, document: () => {} };
    const manifest = await prepareDemo(shoot, quiet);
    const asScanned = JSON.parse(readFileSync(manifest, 'utf8')) as Handoff;
    const first = asScanned.clips.find((clip) => clip.kind === 'picture')!;
    copyFileSync(join(shoot, first.path), join(shoot, first.path.replace(/(\.\w+)$/, '_COPY$1')));
    rmSync(manifest);
    rmSync(join(shoot, '.baton'), { recursive: true });

    module.admit(manifest);
    const scanning = loopbackScanning(askModule(module));
    let state = await scanning.scan(manifest, {});
    while (state.running) {
      await later();
      state = (await scanning.scanning(manifest))!;
    }
    expect(state.failed).toBeUndefined();
    const { clips } = JSON.parse(readFileSync(manifest, 'utf8')) as Handoff;
    expect(clips).toHaveLength(asScanned.clips.length + 1);
    const techOf = (all: Handoff['clips']) => new Map(all.map((clip) => [clip.path, clip.tech]));
    for (const [path, tech] of techOf(asScanned.clips)) expect(techOf(clips).get(path)).toEqual(tech);
    // The ends of both were hashed, and are one.
    const copies = clips.filter((clip) => clip.path.startsWith(first.path.replace(/\.\w+$/, '')));
    const [one, other] = copies.map((clip) => clip.content?.ends);
    expect(one).toMatch(/^[0-9a-f]{32}$/);
    expect(other).toBe(one);
  }, 120_000);

  it('listens in the one thread there is', async () => {
    const shoot = join(`${folder}-drive`, 'heard');
    makeShoot(shoot);
    const manifest = join(shoot, 'handoff.json');
    module.admit(manifest);
    const scanning = loopbackScanning(askModule(module));
    await scanning.scan(manifest, {});
    while ((await scanning.scanning(manifest))!.running) await later();
    const listening = loopbackListening(askModule(module));
    await listening.listen(manifest, { clips: ['CAM/C0007.MOV', 'CAM/C0008.MOV'] });
    while ((await listening.listening(manifest))!.running) await later();
    const { listened, failed } = (await listening.listening(manifest))!;
    expect(failed).toBeUndefined();
    expect(listened!.map(({ clip, heard }) => [clip, heard])).toEqual([
      ['CAM/C0007.MOV', 'match'],
      ['CAM/C0008.MOV', 'silence'],
    ]);

    // And both can be looked at where they fit.
    const [{ clipId, soundId, offsetSamples }] = listened as [Listened];
    const range = { offsetSamples: offsetSamples!, from: 0, to: 500, buckets: 400 };
    const waves = await listening.waveforms(manifest, { picture: clipId, sound: soundId!, ...range });
    for (const side of [waves.picture, waves.sound])
      expect('low' in side && Math.max(...side.high)).toBeGreaterThan(300);
    await listening.stopWaveforms(manifest, clipId);
  }, 120_000);

  it('proves files by lists of every algorithm, and names what is not as they say', async () => {
    const shoot = tree(CARD);
    const given = manifestIn(shoot);
    for (const algorithm of WRITTEN_ALGORITHMS) await run(given, { write: true, algorithm });
    module.admit(given.manifest);
    const verifying = loopbackVerifying(askModule(module));
    const over = async () => {
      let state = await verifying.verify(given.manifest);
      while (state.running) {
        await later();
        state = (await verifying.verifying(given.manifest))!;
      }
      return state;
    };
    const proven = await over();
    expect(proven.failed).toBeUndefined();
    expect(proven.issues).toEqual([]);
    // Each is read once and hashed by all: a digest of one file never begins with another's.
    expect(proven.verified).toMatchObject({ counts: { proven: 4 }, bytes: 20, findings: [], more: 0 });
    const { history } = JSON.parse(readFileSync(given.manifest, 'utf8')) as Handoff;
    const kept = history[history.length - 1] as unknown as { kind: string; algorithms: string[] };
    expect(kept.kind).toBe('verify');
    expect(kept.algorithms.sort()).toEqual([...WRITTEN_ALGORITHMS].sort());

    put(shoot, 'A001/C001.mov', 'furst');
    rmSync(join(shoot, 'notes.txt'));
    put(shoot, 'A001/C003.mov', 'nobody knows');
    const { verified } = await over();
    expect(verified!.findings.map(({ path, verdict }) => `${path} ${verdict}`)).toEqual([
      'A001/C001.mov altered',
      'A001/C003.mov extra',
      'notes.txt missing',
    ]);
    expect(verified!.counts.proven).toBe(2);
  }, 60_000);

  it('answers while it reads, stops within a file, and goes on from there', async () => {
    const shoot = tree(CARD);
    const long = put(shoot, 'A001/C009.mov', '');
    // A gigabyte of nothing, which takes no room on the disk; its list gives it another hash.
    truncateSync(long, 2 ** 30);
    const given = manifestIn(shoot);
    const listed = (path: string, size: number, md5: string) =>
      `<hash><file>${path}</file><size>${size}</size><md5>${md5}</md5></hash>`;
    const hashes = [
      listed('A001/C001.mov', 5, '8b04d5e3775d298e78455efc5ca404d5'),
      listed('A001/C009.mov', 2 ** 30, '0'.repeat(32)),
    ];
    writeFileSync(
      join(shoot, 'day.mhl'),
      `<?xml version="1.0"?><hashlist version="1.1">${hashes.join('')}</hashlist>`,
    );
    module.admit(given.manifest);
    const verifying = loopbackVerifying(askModule(module));
    let state = await verifying.verify(given.manifest);
    const told = new Set<number>();
    while (state.running && told.size < 3) {
      state = (await verifying.verifying(given.manifest))!;
      if (state.progress && state.progress.done > 5) told.add(state.progress.done);
    }
    expect(state).toMatchObject({ running: true, progress: { total: 2 ** 30 + 5, current: long } });
    for (const done of told) expect(done).toBeLessThan(2 ** 30);
    expect(await verifying.stopVerifying(given.manifest)).toMatchObject({
      running: false,
      verified: null,
      failed: 'Stopped. What was read is kept, and the next time goes on from there.',
    });

    // The next time reads what it had not: the first file is as it was.
    truncateSync(long, 2 ** 20);
    state = await verifying.verify(given.manifest);
    while (state.running) {
      await later();
      state = (await verifying.verifying(given.manifest))!;
    }
    expect(state.verified).toMatchObject({ bytes: 0, counts: { proven: 1, altered: 1 } });
  }, 60_000);

  it('a method it does not have is unknown, and the editor is not reached through it', async () => {
    const ask = askModule(module);
    await expect(ask('desk', 'erase', [])).rejects.toMatchObject({ code: 'unknown-method' });
    await expect(ask('editor', 'about', [])).rejects.toMatchObject({ code: 'unknown-method' });
  });
});

describe('loading it', () => {
  const load = (module: unknown) => () => loadDesk(() => module, '/ext', '1.2.3');

  it('a bundle of another version is refused with both numbers', () => {
    expect(load({ version: '1.2.2' })).toThrow(/version 1\.2\.3, but \/ext\/desk\/desk\.cjs is 1\.2\.2/);
    expect(load({ version: '1.2.3' })()).toMatchObject({ version: '1.2.3' });
  });

  it('a bundle that is not there says which and what to do', () => {
    const nothing = () => {
      throw new Error('Cannot find module');
    };
    expect(() => loadDesk(nothing, '/ext', '1.2.3')).toThrow(
      /\/ext\/desk\/desk\.cjs .* Install the panel again/,
    );
  });

  it('lies alone: it loads from a folder with nothing beside it', async () => {
    const alone = mkdtempSync(join(tmpdir(), 'baton-desk-'));
    copyFileSync(bundle, join(alone, 'desk.cjs'));
    const node = await oldNode(join(alone, 'desk.cjs'));
    expect(node.exports.map(([name]) => name).sort()).toEqual(['admit', 'ask', 'version']);
    node.stop();
    expect(existsSync(join(alone, 'desk.cjs'))).toBe(true);
    rmSync(alone, { recursive: true, force: true });
  });
});
