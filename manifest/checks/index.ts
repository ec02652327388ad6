/** Every check, in the order in which their issues are told. */
import type { Check } from './check.ts';
import { duplicate } from './duplicate.ts';
import { logMatch } from './log-match.ts';
import { logMedia } from './log-media.ts';
import { logSheet } from './log-sheet.ts';
import { logTimecode } from './log-timecode.ts';
import { clipParts } from './clip-parts.ts';
import { missingMedia } from './missing-media.ts';
import { names } from './names.ts';
import { noTimecode } from './no-timecode.ts';
import { notePlace } from './note-place.ts';
import { pickConflict } from './pick-conflict.ts';
import { receivedCheck } from './received.ts';
import { sidecar } from './sidecar.ts';
import { soundChain } from './sound-chain.ts';
import { unreadableMedia } from './unreadable-media.ts';
import { unsynced } from './unsynced.ts';
import { brollLabel } from './broll-label.ts';
import { cameraDefault } from './camera-default.ts';
import { cutRejected } from './cut-rejected.ts';
import { namePortable } from './name-portable.ts';
import { naming } from './naming.ts';
import { reels } from './reels.ts';
import { versions } from './versions.ts';
import { witness } from './witness.ts';

export const CHECKS: Check[] = [
  missingMedia,
  receivedCheck,
  clipParts,
  unreadableMedia,
  sidecar,
  duplicate,
  names,
  cameraDefault,
  naming,
  namePortable,
  versions,
  brollLabel,
  reels,
  logSheet,
  logMatch,
  logTimecode,
  logMedia,
  pickConflict,
  witness,
  notePlace,
  noTimecode,
  soundChain,
  unsynced,
  cutRejected,
];
