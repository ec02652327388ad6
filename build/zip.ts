/** Zip files that come out the same, byte for byte, from the same files: sorted, with one time for all. */
import { zipSync, type Zippable } from 'fflate';

/** File name in the package, with `/` → its bytes. */
export type Files = Record<string, Uint8Array>;

/** The first day a zip can name; read in local time, as the format writes it. */
const FIRST_DAY = new Date(1980, 0, 1);
const UNIX = 3;
/** A regular file that its owner may write and everyone may read. */
const MODE = 0o100644 << 16;

export function zip(files: Files): Uint8Array {
  const sorted: Zippable = {};
  for (const name of Object.keys(files).sort())
    sorted[name] = [files[name]!, { mtime: FIRST_DAY, os: UNIX, attrs: MODE, level: 9 }];
  return zipSync(sorted);
}
