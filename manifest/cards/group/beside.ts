/** Files that lie beside a clip under its name and speak of it, whatever the camera: metadata, looks, thumbnails, proxies, checksums. */
import type { FilePlace } from '../card.ts';

const SUFFIXES = new Set(
  (
    'xml xmp thm lrv lrf cif sif cpf cpi mif smi bim ppn klv rmd sidecar bin idx aml gyro gcsv nfo ' +
    'cube look 3dl cdl cc ccc lut mga m3d ' +
    'md5 sha1 xxh xxhash64 c4 ' +
    'reapeaks pek pkf sfk cfa mpgindex mdb peak wfm asd'
  ).split(' '),
);

/** Keys under which the clip such a file speaks of may be known: `A001.xml`, `A001.mov.xmp`. Empty where it is no such file. */
export function besideKeys({ folder, stem, suffix }: FilePlace): string[] {
  return SUFFIXES.has(suffix) ? [`${folder}${stem}`] : [];
}
