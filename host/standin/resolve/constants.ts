/** The numbers behind Resolve's names. They are the stand-in's own: two public lists disagree, so nobody may know them by heart. */

export const EXPORT_NUMBERS: Record<string, number> = {
  EXPORT_AAF: 40,
  EXPORT_DRT: 41,
  EXPORT_EDL: 42,
  EXPORT_FCP_7_XML: 43,
  EXPORT_FCPXML_1_8: 44,
  EXPORT_FCPXML_1_9: 45,
  EXPORT_FCPXML_1_10: 46,
  EXPORT_OTIO: 47,
  EXPORT_ALE: 48,
};
const OTHERS: Record<string, number> = {
  EXPORT_NONE: 70,
  EXPORT_CDL: 71,
  EXPORT_SDL: 73,
  EXPORT_AAF_NEW: 74,
  EXPORT_AAF_EXISTING: 75,
  EXPORT_MISSING_CLIPS: 72,
  AUDIO_SYNC_MODE: 80,
  AUDIO_SYNC_TIMECODE: 81,
  AUDIO_SYNC_WAVEFORM: 82,
  AUDIO_SYNC_CHANNEL_NUMBER: 83,
  AUDIO_SYNC_CHANNEL_AUTOMATIC: -1,
  AUDIO_SYNC_CHANNEL_MIX: -2,
  AUDIO_SYNC_RETAIN_EMBEDDED_AUDIO: 84,
  AUDIO_SYNC_RETAIN_VIDEO_METADATA: 85,
};
/** First version that knows a name; absent = all. */
export const CONSTANT_SINCE: Record<string, string> = {
  EXPORT_OTIO: '18.5',
  EXPORT_ALE: '19.0',
  ...Object.fromEntries(
    Object.keys(OTHERS)
      .filter((name) => name.startsWith('AUDIO_'))
      .map((name) => [name, '19.1']),
  ),
};
/** What an export asks for beside its type; others ignore it. */
export const SUBTYPES: Record<string, string[]> = {
  EXPORT_EDL: ['EXPORT_NONE', 'EXPORT_CDL', 'EXPORT_SDL', 'EXPORT_MISSING_CLIPS'],
  EXPORT_AAF: ['EXPORT_AAF_NEW', 'EXPORT_AAF_EXISTING'],
};
export const CONSTANTS: Record<string, number> = { ...EXPORT_NUMBERS, ...OTHERS };
