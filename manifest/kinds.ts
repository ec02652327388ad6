/** What a file is to a handoff, by its suffix and the folder it lies in. */
import type { ClipKind } from './documents/handoff.ts';
import { stem, suffix } from './documents/paths.ts';

const SUFFIXES: Record<ClipKind, string> = {
  picture: 'mov mp4 m4v mxf avi mts m2ts mpg mpeg mkv webm r3d braw ari arx crm rmf dng 360',
  sound: 'wav bwf rf64 w64 aif aiff aifc flac mp3 m4a aac ogg caf',
  graphic: 'png jpg jpeg tif tiff psd ai eps svg exr dpx cin tga gif bmp webp heic mogrt aep',
  music: '',
  document:
    'pdf txt md rtf doc docx odt csv tsv tab xls xlsx ods fdx html htm pages numbers ale ' +
    'cube 3dl look lut mga m3d cdl cc ccc',
};

const KIND_OF = new Map<string, ClipKind>(
  Object.entries(SUFFIXES).flatMap(([kind, list]) =>
    list.split(' ').flatMap((each): [string, ClipKind][] => (each ? [[each, kind as ClipKind]] : [])),
  ),
);

const TRANSCRIPTS = new Set(['srt', 'vtt']);
/** A plain text is a transcript where its name or its folder says so. */
const TRANSCRIPT =
  /(^|[^\p{L}])(transcripts?|transcriptions?|transkripte?|trascrizion[ei]|transcripci[oó]n(es)?)(?=$|[^\p{L}])/iu;

/** Sound in a folder of this name is music, not production sound. */
const MUSIC_FOLDER = /^(music|musik|musique|m[uú]sica|score|soundtrack)$/i;

/** Null for a file that is no part of a handoff as far as Baton knows. */
export function kindOf(path: string): ClipKind | 'transcript' | null {
  const ending = suffix(path);
  if (TRANSCRIPTS.has(ending)) return 'transcript';
  const kind = KIND_OF.get(ending) ?? null;
  const folders = path.split('/').slice(0, -1);
  const parent = folders[folders.length - 1] ?? '';
  if (ending === 'txt' && (TRANSCRIPT.test(parent) || TRANSCRIPT.test(stem(path)))) return 'transcript';
  return kind === 'sound' && folders.some((folder) => MUSIC_FOLDER.test(folder)) ? 'music' : kind;
}

/** What systems, drives and their servers leave behind, by whole name; case is ignored. */
const LITTER = new Set(
  (
    '.ds_store .spotlight-v100 .trashes .fseventsd .temporaryitems .documentrevisions-v100 .apdisk .volumeicon.icns .localized ' +
    '.mobilebackups .pkinstallsandboxmanager .com.apple.timemachine.donotpresent .appledouble .appledb .appledesktop ' +
    'thumbs.db ehthumbs.db desktop.ini $recycle.bin recycler wpsettings.dat indexervolumeguid ' +
    '@eadir #recycle #snapshot @recycle .@__thumb .snapshot lost+found .directory .nomedia .dropbox.cache .baton'
  ).split(' '),
);
const LITTER_WITH_SPACE = new Set([
  'system volume information',
  'network trash folder',
  'temporary items',
  'icon\r',
  '.hfs+ private directory data\r',
]);
/** AppleDouble halves, Linux bins, files held open over a network, lock files of office programs, what Baton is still writing, or renaming. */
const LITTER_NAME =
  /^\._|^\.trash-\d+$|^\.nfs[0-9a-f]{8,}$|^\.fuse_hidden|^\.smbdelete|^~\$|^\.~lock\..*#$|\.baton-(tmp|way)$/i;

/** System litter and Baton's own files, which a scan passes over. */
export function isLitter(name: string): boolean {
  const folded = name.toLowerCase();
  return LITTER.has(folded) || LITTER_WITH_SPACE.has(folded) || LITTER_NAME.test(name);
}
