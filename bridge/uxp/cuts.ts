/** Writes a cut beside the manifest through UXP's fs: every file new, none over another, each with its hash, recorded in the history. */
import { sha256Hex } from '../../manifest/canonical.ts';
import { toManifestPath } from '../../manifest/documents/paths.ts';
import { DEFAULT_OPTIONS } from '../../manifest/exports/export.ts';
import { HostError } from '../call.ts';
import { cutRecord, fileSafe, renderCut } from '../cut-texts.ts';
import type { CutFile, CutRequest, CutWritten } from '../desk.ts';
import { folderOf, look, makeFolder, within, writeWhole, type UxpFs } from './fs.ts';
import { readRoots } from './roots.ts';
import { readManifest, updateManifest } from './store.ts';

export async function writeCut(fs: UxpFs, manifest: string, request: CutRequest): Promise<CutWritten> {
  const { handoff } = await readManifest(fs, manifest);
  const names = handoff ? handoff.roots.map(({ name }) => name) : [];
  const whole = handoff ? { handoff, roots: await readRoots(fs, manifest, names) } : {};
  const rendered = renderCut(request, { ...DEFAULT_OPTIONS, ...request.options, ...whole });
  const folder = request.out ?? within(folderOf(manifest), 'cuts');
  await makeFolder(fs, folder);
  const base = fileSafe(request.name ?? request.cutList.name);
  const name = await freeName(fs, folder, base, rendered.files);
  const files: CutFile[] = [];
  for (const { format, suffix, text } of rendered.files) {
    const path = within(folder, name + suffix);
    await writeWhole(fs, path, text, async () => {
      if (await look(fs, path))
        throw new HostError('refused', 'writeCut', `${path} is there already; it stays.`);
    });
    files.push({ path, format, hash: sha256Hex(text) });
  }
  const losses = [...request.losses, ...rendered.losses];
  const record = cutRecord(request, {
    name,
    losses,
    at: new Date().toISOString(),
    files: files.map((file) => ({ ...file, path: recordedPath(manifest, file.path) })),
  });
  if (files.length > 0)
    await updateManifest(fs, manifest, (now) => ({ ...now, history: [...now.history, record] }));
  return { name, files, losses, refused: rendered.refused };
}

/** NAME, NAME-2, NAME-3… until not one of the files is there; a set keeps one name. */
async function freeName(
  fs: UxpFs,
  folder: string,
  base: string,
  files: { suffix: string }[],
): Promise<string> {
  for (let nth = 1; ; nth++) {
    const name = nth === 1 ? base : `${base}-${nth}`;
    const there = await Promise.all(files.map(({ suffix }) => look(fs, within(folder, name + suffix))));
    if (there.every((found) => found === null)) return name;
  }
}

/** Relative to the manifest where the file lies with it, so that the record is true on every machine. */
function recordedPath(manifest: string, path: string): string {
  const home = within(folderOf(manifest), '');
  const separator = home.endsWith('\\') ? '\\' : '/';
  return path.startsWith(home) ? toManifestPath(path.slice(home.length), separator) : toManifestPath(path);
}
