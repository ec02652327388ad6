/** The packaged extension as a person unpacks it, and the example handoff beside a stand-in Premiere that it runs in. */
import { mkdirSync, readFileSync, realpathSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStandin, type OpenStandin, type StandinState } from '../../bridge/hosts/standin.ts';
import { openHandoff } from '../../bridge/local/desk.ts';
import { mediaOf } from '../../bridge/local/standin-media.ts';
import { prepareDemo } from '../../cli/demo/prepare.ts';
import { roughCut } from '../../cli/demo/rough-cut.ts';
import type { Opened } from '../../cli/roots.ts';
import type { Handoff } from '../../manifest/documents/handoff.ts';
import { pack, unpack, writeFiles } from '../packaged.ts';

export interface Unpacked {
  /** A folder of the test's own, which it removes. */
  base: string;
  /** The extension's folder, in it. */
  extension: string;
}

export async function unpackExtension(): Promise<Unpacked> {
  const base = realpathSync(await mkdtemp(join(tmpdir(), 'baton-cep-')));
  // Spaces, a sign and a letter that a URL writes otherwise.
  const extension = join(base, 'CEP 100% é', 'baton.handoff.cep');
  mkdirSync(extension, { recursive: true });
  pack(base);
  writeFiles(unpack(base, 'cep')!, extension);
  return { base, extension };
}

const quiet = { json: false, say: () => {}, warn: () => {}, document: () => {} };

export interface Morning {
  /** Absolute. */
  manifest: string;
  handoff(): Handoff;
  evalScript(code: string): Promise<string>;
  /** As when the editor cuts the first assembly, and changes it. */
  cutAssembly(): void;
  recut(change: (state: StandinState) => void): void;
}

/** The example handoff in a folder of its own, and a stand-in Premiere that can be handed its first assembly. */
export async function morning({ base, extension }: Unpacked, name: string): Promise<Morning> {
  const manifest = await prepareDemo(join(base, name), quiet);
  const opened = (await openHandoff(manifest)) as Opened;
  const open = (state?: unknown): OpenStandin =>
    openStandin({
      bundle: join(extension, 'host', 'premiere.jsx'),
      media: mediaOf(opened.handoff, opened.files),
      ...(state === undefined ? {} : { state }),
    });
  let premiere = open();
  return {
    manifest,
    handoff: () => JSON.parse(readFileSync(manifest, 'utf8')) as Handoff,
    evalScript: (code) => premiere.premiere.evalScript(code),
    cutAssembly: () => {
      premiere = open(roughCut(premiere.state(), opened));
    },
    recut: (change) => {
      const state = premiere.state();
      change(state);
      premiere = open(state);
    },
  };
}
