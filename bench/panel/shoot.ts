/** The shoot the panel is measured with: any number of clips, half picture and half sound, with a log row and a note for every second take. */
import { emptyHandoff } from '../../manifest/documents/handoff.ts';
import { RATES } from '../../manifest/time/rate.ts';
import { frameToTimecode } from '../../manifest/time/timecode.ts';

const RATE = RATES['25'];
const FRAMES = 400;

/** Three cameras and a recorder through days of twelve hours; every 23rd sound an hour late, every 100th take without a scene. */
export function shoot(count: number): object {
  const takes = Array.from({ length: Math.ceil(count / 2) }, (_, take) => take);
  return {
    ...emptyHandoff(`${count} clips`),
    rate: RATE,
    roots: [{ name: 'media' }],
    clips: takes.flatMap((take) => [picture(take), sound(take)]).slice(0, count),
    log: { sheets: [{ path: 'log.csv', reader: 'csv', rows: count / 4 }], entries: entries(takes) },
  };
}

function common(take: number) {
  const second = 8 * 3600 + ((take * 20) % (12 * 3600));
  const day = 1 + (Math.floor((take * 20) / (12 * 3600)) % 28);
  const recordedOn = `2026-03-${String(day).padStart(2, '0')}`;
  const scene = take % 100 === 99 ? {} : { scene: String(1 + Math.floor(take / 30)) };
  const identity = { ...scene, take: String(1 + (take % 30)), camera: 'ABC'[take % 3]! };
  const rest = { root: 'media', size: 1000, identity, pick: 'good', soundKind: 'sync' };
  return { second, recordedOn, rest };
}

function picture(take: number): object {
  const { second, recordedOn, rest } = common(take);
  const startTc = frameToTimecode(second * 25, RATE);
  const tech = { rate: RATE, startTc, durationFrames: FRAMES, channels: 0, recordedOn };
  return { ...rest, id: `p${take}`, kind: 'picture', path: `A/P${take}.mov`, tech };
}

function sound(take: number): object {
  const { second, recordedOn, rest } = common(take);
  const late = take % 23 === 0 ? 3600 : -2;
  const tech = {
    rate: RATE,
    sampleRate: 48_000,
    startSamples: (second + late) * 48_000,
    durationSamples: 20 * 48_000,
    channels: 2,
    recorder: 'Cart',
    recordedOn,
  };
  return { ...rest, id: `s${take}`, kind: 'sound', path: `S/S${take}.wav`, tech };
}

function entries(takes: readonly number[]): object[] {
  return takes
    .filter((take) => take % 2 === 0)
    .map((take, row) => ({
      id: `row-${take}`,
      sheet: 'log.csv',
      row: row + 2,
      scene: String(1 + Math.floor(take / 30)),
      take: String(1 + (take % 30)),
      clips: [`p${take}`],
      notes: [{ id: 'n', kind: 'director', text: `Look at take ${take}`, offset: 50 }],
    }));
}
