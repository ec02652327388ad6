/** QuickTime MOV and MP4: picture size, exact rate, length, embedded sound, start timecode and reel, from the header alone. */
import type { Tech } from '../../../manifest/documents/handoff.ts';
import { toDecimal, fraction } from '../../../manifest/time/fraction.ts';
import { nominal, type Rate } from '../../../manifest/time/rate.ts';
import type { MediaBytes } from './bytes.ts';
import { boxAt } from './mov-boxes.ts';
import { firstFragmentSample, fragmentRuns, type FragmentedTrack } from './mov-fragments.ts';
import { needsFfprobe } from './elsewhere.ts';
import { readMetadata } from './mov-metadata.ts';
import { pace, readRuns, trackPace, type Pace } from './mov-rate.ts';
import { readTimecode, startLabel, type TimecodeTrack } from './mov-timecode.ts';
import { FIRST_BOXES, layout, readMovie, type Movie } from './mov-movie.ts';
import { soundLayout, type Track } from './mov-track.ts';
import { type Probe, type Prober, type Problem } from './prober.ts';

function probeMov(bytes: MediaBytes, projectRate?: Rate): Probe {
  const { moov, moof, problem } = layout(bytes);
  if (!moov || moov.cut) {
    const message = `it has no header (moov): the recording or the copy was cut off; copy it again from the card`;
    return { tech: {}, witness: {}, problem: problem ?? { code: 'truncated', message } };
  }
  const movie = readMovie(bytes, moov);
  if (movie.compressed || movie.tracks.length === 0) {
    const empty: Problem = { code: 'unreadable', message: 'its header lists no tracks' };
    const compressed: Problem = {
      code: 'needs-ffprobe',
      message: needsFfprobe('a QuickTime file of the 1990s'),
    };
    return { tech: {}, witness: {}, problem: problem ?? (movie.compressed ? compressed : empty) };
  }
  const picture = pictureTrack(movie.tracks);
  const fragments = movie.fragmented && moof ? { from: moof.start, ticks: movie.fragmented } : null;
  const timecode = timecodeOf(bytes, movie.tracks, picture, fragments);
  const { witness, recordedOn, recorder } = readMetadata(bytes, movie.metadata);
  const seen = picture
    ? pictureFacts(bytes, movie, picture, timecode, fragments, projectRate)
    : soundOnlyFacts(bytes, movie, timecode, fragments, projectRate);
  const { tech } = seen;
  readSound(bytes, movie.tracks, tech);
  if (recordedOn !== undefined) tech.recordedOn = recordedOn;
  if (recorder !== undefined) tech.recorder = recorder;
  if (timecode?.reel !== undefined) witness.reel = timecode.reel;
  const wrong = problem ?? seen.problem;
  return wrong ? { tech, witness, problem: wrong } : { tech, witness };
}

type Fragments = { from: number; ticks: Map<number, number> } | null;

const asFragmented = (track: Track, ticks: Map<number, number>): FragmentedTrack => ({
  id: track.id,
  defaultTicks: ticks.get(track.id) ?? 0,
});

/** The first enabled picture that is no still image (cover art, chapter pictures); else the first picture there is. */
function pictureTrack(tracks: Track[]): Track | undefined {
  const pictures = tracks.filter((track) => track.handler === 'vide');
  const still = (track: Track) => /^(jpeg|png|tiff|gif)$/i.test(track.codec);
  return (
    pictures.find((track) => track.enabled && !still(track)) ??
    pictures.find((track) => !still(track)) ??
    pictures[0]
  );
}

function timecodeOf(
  bytes: MediaBytes,
  tracks: Track[],
  picture: Track | undefined,
  fragments: Fragments,
): TimecodeTrack | null {
  const timecodes = tracks.filter((track) => track.handler === 'tmcd');
  // The picture says which timecode is its own; older files leave that out.
  const own = timecodes.find((track) => picture?.timecodeTracks.includes(track.id)) ?? timecodes[0];
  if (!own) return null;
  const inside = fragments && firstFragmentSample(bytes, fragments.from, asFragmented(own, fragments.ticks));
  return readTimecode(bytes, own) ?? (inside ? readTimecode(bytes, own, inside) : null);
}

interface Facts {
  tech: Tech;
  problem?: Problem;
}

function pictureFacts(
  bytes: MediaBytes,
  movie: Movie,
  picture: Track,
  timecode: TimecodeTrack | null,
  fragments: Fragments,
  projectRate: Rate | undefined,
): Facts {
  const { width, height, codec } = picture;
  const tech: Tech = {};
  if (width > 0 && height > 0) tech.picture = { width, height };
  if (codec) tech.codec = codec;
  const counted = fragments ? fragmentedPace(bytes, picture, fragments) : trackPace(bytes, picture);
  if (!counted) {
    const message = 'it is cut into more fragments than Baton counts, so its length is not known; rewrap it';
    return { tech, problem: { code: 'unreadable', message } };
  }
  if (!counted.rate) return { tech, problem: noRate(counted) };
  tech.rate = counted.rate;
  tech.durationFrames = edited(picture, movie.timescale, counted);
  if (!timecode) return { tech };
  const start = startLabel(timecode, counted.rate, projectRate);
  if ('problem' in start) return { tech, problem: start.problem };
  tech.rate = start.rate;
  tech.startTc = start.startTc;
  return { tech };
}

function noRate({ frames, slowest, average, fastest }: Pace): Problem {
  if (frames === 0)
    return { code: 'truncated', message: 'its picture track holds no frames; copy it again from the card' };
  const [low, mean, high] = [slowest, average, fastest].map((speed) =>
    toDecimal(fraction(Math.round(speed * 1000), 1000), 2),
  );
  if (low === high) {
    const message = `its picture runs at ${low} frames a second, which no edit does`;
    return { code: 'unknown-rate', message };
  }
  const message = `its frame rate varies from ${low} to ${high} frames a second (${mean} on average), and an edit needs one rate; transcode it to a constant one`;
  return { code: 'variable-rate', message };
}

function fragmentedPace(
  bytes: MediaBytes,
  track: Track,
  { from, ticks }: NonNullable<Fragments>,
): Pace | null {
  const runs = fragmentRuns(bytes, from, asFragmented(track, ticks), readRuns(bytes, track).runs);
  return runs && pace(runs, track.timescale);
}

/** Frames after the edit list. It counts in movie ticks, often coarse ones, so a frame either way is not a trim. */
function edited(track: Track, timescale: number, { frames, rate }: Pace): number {
  const shown = track.edits.filter((edit) => edit.start >= 0).reduce((sum, edit) => sum + edit.duration, 0);
  if (!rate || timescale === 0 || shown === 0) return frames;
  const length = Math.round((shown / timescale) * (rate.num / rate.den));
  return length < frames - 1 ? length : frames;
}

/** Timecode or sound without picture: the length is the timecode's, or the sound's in samples. */
function soundOnlyFacts(
  bytes: MediaBytes,
  movie: Movie,
  timecode: TimecodeTrack | null,
  fragments: Fragments,
  projectRate: Rate | undefined,
): Facts {
  const track = movie.tracks.find((each) => each.handler === 'soun');
  const tech: Tech = {};
  if (track) {
    const { sampleRate } = soundLayout(bytes, track);
    if (track.codec) tech.codec = track.codec;
    const ticks = fragments
      ? (fragmentRuns(bytes, fragments.from, asFragmented(track, fragments.ticks), []) ?? []).reduce(
          (sum, run) => sum + run.count * run.ticks,
          0,
        )
      : track.duration;
    const length = track.timescale > 0 ? Math.round((ticks / track.timescale) * sampleRate) : 0;
    if (length > 0 && Number.isSafeInteger(length)) tech.durationSamples = length;
  }
  if (!timecode)
    return track
      ? { tech }
      : { tech, problem: { code: 'not-media', message: 'it holds no picture, no sound and no timecode' } };
  const start = startLabel(timecode, null, projectRate);
  if ('problem' in start) return { tech, problem: start.problem };
  const own = movie.tracks.find((each) => each.handler === 'tmcd');
  const seconds = own && own.timescale > 0 ? own.duration / own.timescale : 0;
  const durationFrames = Math.round((seconds * start.rate.num) / start.rate.den);
  return { tech: { ...tech, ...start, ...(!track && nominal(start.rate) > 0 ? { durationFrames } : {}) } };
}

function readSound(bytes: MediaBytes, tracks: Track[], tech: Tech): void {
  tech.channels = 0;
  for (const track of tracks) {
    if (track.handler !== 'soun') continue;
    const { channels, sampleRate } = soundLayout(bytes, track);
    tech.channels += channels;
    if (sampleRate > 0) tech.sampleRate ??= sampleRate;
  }
}

export const mov: Prober = {
  id: 'mov',
  // Blackmagic RAW is QuickTime and Canon's Cinema RAW Light is MP4, with codecs of their own.
  suffixes: ['mov', 'mp4', 'm4v', 'qt', 'm4a', '3gp', 'braw', 'crm'],
  looksLike: (bytes) => FIRST_BOXES.includes(boxAt(bytes, 0, bytes.size)?.type ?? 0),
  probe: probeMov,
};
