/** Files by path, grouped as camera cards: for the tests of grouping. */
import { groupFiles, type Grouped } from '../../../manifest/cards/group/group.ts';

export interface File {
  path: string;
}
export const group = (...paths: string[]) => groupFiles<File>(paths.map((path) => ({ path })));
export const clip = (grouped: Grouped<File>, path: string) => {
  const found = grouped.clips.find(({ file }) => file.path === path);
  if (!found)
    throw new Error(`no clip at ${path}: ${grouped.clips.map((each) => each.file.path).join(', ')}`);
  return found;
};

export const beside = (grouped: Grouped<File>, path: string) =>
  clip(grouped, path)
    .sidecars.map(({ path: each }) => each)
    .sort();
export const clips = (grouped: Grouped<File>) => grouped.clips.map(({ file }) => file.path);
