/** What a file is to a handoff, by its suffix and the folder it lies in. */
import type { ClipKind } from './documents/handoff.ts';
import { suffix } from './documents/paths.ts';

const SUFFIXES: Record<ClipKind, string> = {
  picture: 'mov mp4 m4v mxf avi mts m2ts mpg mpeg mkv webm r3d braw ari arx crm rmf dng',
  sound: 'wav bwf rf64 w64 aif aiff aifc flac mp3 m4a aac ogg caf',
  graphic: 'png jpg jpeg tif tiff psd ai eps svg exr dpx tga gif bmp webp heic',
  music: '',
  document: 'pdf txt md rtf doc docx odt csv tsv tab xls xlsx ods fdx html htm pages numbers',
};

const KIND_OF = new Map<string, ClipKind>(
  Object.entries(SUFFIXES).flatMap(([kind, list]) =>
    list.split(' ').flatMap((each): [string, ClipKind][] => (each ? [[each, kind as ClipKind]] : [])),
  ),
);

const TRANSCRIPTS = new Set(['srt', 'vtt']);

/** Sound in a folder of this name is music, not production sound. */
const MUSIC_FOLDER = /^(music|musik|musique|m[uú]sica|score|soundtrack)$/i;

/** Null for a file that is no part of a handoff as far as Baton knows. */
export function kindOf(path: string): ClipKind | 'transcript' | null {
  const ending = suffix(path);
  if (TRANSCRIPTS.has(ending)) return 'transcript';
  const kind = KIND_OF.get(ending) ?? null;
  const folders = path.split('/').slice(0, -1);
  return kind === 'sound' && folders.some((folder) => MUSIC_FOLDER.test(folder)) ? 'music' : kind;
}

/** System litter and Baton's own files, which a scan passes over. */
export function isLitter(name: string): boolean {
  return (
    name.startsWith('._') ||
    name.endsWith('.baton-tmp') ||
    /^(\.DS_Store|\.Spotlight-V100|\.Trashes|\.fseventsd|\.TemporaryItems|\.DocumentRevisions-V100|\.baton|Thumbs\.db|desktop\.ini|\$RECYCLE\.BIN|RECYCLER|System Volume Information|@eaDir|\.AppleDouble)$/i.test(
      name,
    )
  );
}
