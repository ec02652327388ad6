/** Every check, in the order in which their issues are told. */
import type { Check } from './check.ts';
import { logMatch } from './log-match.ts';
import { logMedia } from './log-media.ts';
import { logSheet } from './log-sheet.ts';
import { logTimecode } from './log-timecode.ts';
import { missingMedia } from './missing-media.ts';
import { names } from './names.ts';
import { noTimecode } from './no-timecode.ts';
import { notePlace } from './note-place.ts';
import { pickConflict } from './pick-conflict.ts';
import { unreadableMedia } from './unreadable-media.ts';
import { unsynced } from './unsynced.ts';

export const CHECKS: Check[] = [
  missingMedia,
  unreadableMedia,
  names,
  logSheet,
  logMatch,
  logTimecode,
  logMedia,
  pickConflict,
  notePlace,
  noTimecode,
  unsynced,
];
