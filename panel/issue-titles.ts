/** What a group of issues is called where people read it. A code that is not here is its own words. */
export const TITLES = new Map(
  Object.entries({
    'log-row-no-clip': 'In the log, but not delivered',
    'log-clip-no-row': 'Delivered, but not in the log',
    'log-row-twice': 'Logged twice',
    'log-rows-disagree': 'Log rows that disagree',
    'log-timecode': 'Timecode in the log that cannot be',
    'log-start': 'Start in the log differs from the media',
    'log-length': 'Length in the log differs from the media',
    'log-not-recognised': 'Log sheets nobody could read',
    'log-no-header': 'Log sheets without headings',
    'name-unclear': 'Names nobody can read for certain',
    'name-no-scene': 'Names without scene and take',
    'name-camera': 'Named by the camera alone',
    'name-illegal': 'Names a drive may refuse',
    'name-long': 'Names too long for some drives',
    'note-timecode': 'Notes with a timecode that cannot be',
    'note-outside-clip': 'Notes outside their clip',
    'no-timecode': 'No timecode',
    'unsynced-no-overlap': 'Unsynced: sound at another time',
    'unsynced-no-sound': 'Unsynced: no sound found',
    'unsynced-partial': 'Unsynced: sound covers a part',
    'unsynced-rate-mismatch': 'Unsynced: another frame rate',
    'unsynced-orphan': 'Unsynced: sound without a picture',
    'unsynced-ambiguous': 'Unsynced: more than one sound fits',
    'media-missing': 'Missing media',
    'media-changed': 'Media changed since the scan',
    'pick-conflict': 'Log and name disagree on the pick',
    'witness-conflict': 'Name, log and media disagree',
    'received-missing': 'Expected, but not received',
    'received-extra': 'Received, but not expected',
  }),
);

/** `version-twice` → `Version twice`. */
export function issueTitle(code: string): string {
  const words = code.replace(/-/g, ' ');
  return TITLES.get(code) ?? words.charAt(0).toUpperCase() + words.slice(1);
}
