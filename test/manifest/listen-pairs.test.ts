import { describe, expect, it } from 'vitest';
import type { Clip, Handoff } from '../../manifest/documents/handoff.ts';
import type { LtcEvidence } from '../../manifest/documents/sync.ts';
import { answersFor, type Answer, type Settling } from '../../manifest/listen/answers.ts';
import { verdictsByLtc } from '../../manifest/listen/by-ltc.ts';
import { listenedFile, toListen, type PairOptions, type Wanted } from '../../manifest/listen/pairs.ts';
import type { Heard } from '../../manifest/listen/types.ts';
import { groupSounds } from '../../manifest/sync/candidates.ts';
import { sync } from '../../manifest/sync.ts';
import { RATES } from '../../manifest/time/rate.ts';
import { handoff, picture, sound } from '../fixtures/handoff.ts';

const heardCamera = { tech: { rate: RATES['25'], durationFrames: 250, channels: 2, sampleRate: 48_000 } };
const camera = (path: string, more: Partial<Clip> = {}, tech: Partial<Clip['tech']> = {}): Clip => ({
  ...picture({ path, ...heardCamera }),
  ...more,
  tech: { ...heardCamera.tech, ...tech },
});
const recording = (path: string, more: Partial<Clip> = {}, tech: Partial<Clip['tech']> = {}): Clip => {
  const made = sound({ path, rate: null });
  return { ...made, ...more, tech: { ...made.tech, ...tech } };
};
const pairs = (document: Handoff, options?: PairOptions) => toListen(document, sync(document), options);
const names = (wanted: Wanted) => ({
  named: wanted.named.map((each) => listenedFile(each).path),
  near: wanted.near.map((each) => listenedFile(each).path),
});

describe('which sounds are listened to', () => {
  it('its own take first, then the rest of the day', () => {
    const take = { identity: { scene: '7', take: '3' } };
    const document = handoff([
      camera('a.mov', take),
      recording('z.wav', take),
      recording('other.wav', { identity: { scene: '8', take: '1' } }),
      recording('none.wav'),
    ]);
    const [wanted] = pairs(document).wanted;
    expect(names(wanted!)).toEqual({ named: ['z.wav'], near: ['none.wav', 'other.wav'] });
  });

  it('another day, wild tracks, copies and broken files are never tried', () => {
    const document = handoff([
      camera('a.mov', {}, { recordedOn: '2026-03-14' }),
      recording('day.wav', {}, { recordedOn: '2026-03-15' }),
      recording('later.wav', {}, { recordedOn: '2026-03-18' }),
      recording('wild.wav', { soundKind: 'wild' }),
      recording('empty.wav', { problem: { code: 'empty-file', message: 'it is empty' } }),
    ]);
    expect(names(pairs(document).wanted[0]!)).toEqual({ named: [], near: ['day.wav'] });
  });

  it('a picture in sync or MOS is left alone, unless everything was asked for', () => {
    const inSync = picture({
      path: 'sync.mov',
      rate: '25',
      tc: '10:00:00:00',
      scene: '1',
      take: '1',
      tech: { channels: 2 },
    });
    inSync.tech = { ...heardCamera.tech, startTc: '10:00:00:00' };
    const document = handoff([
      inSync,
      camera('mos.mov', { soundKind: 'mos' }),
      sound({ path: 's.wav', rate: '25', tc: '10:00:00:00', frames: 250, scene: '1', take: '1' }),
    ]);
    expect(sync(document)[0]!.verdict).toBe('in-sync');
    expect(pairs(document)).toEqual({ wanted: [], passed: [] });
    expect(pairs(document, { all: true }).wanted.map(({ picture: { path } }) => path)).toEqual(['sync.mov']);
    expect(pairs(document, { only: new Set([document.clips[1]!.id]) }).wanted).toHaveLength(1);
  });

  it('a picture without sound of its own is passed over, with the reason', () => {
    const { wanted, passed } = pairs(handoff([camera('mute.mov', {}, { channels: 0 }), recording('s.wav')]));
    expect(wanted).toEqual([]);
    expect(passed[0]!.reason).toContain('recorded no sound');
  });

  it('every picture that was meant is either listened to or passed over', () => {
    const document = handoff([
      camera('a.mov'),
      camera('b.mov', { duplicateOf: { clip: 'a', proof: 'hash' } }),
      camera('c.mov', { problem: { code: 'unreadable', message: 'it makes no sense' } }),
      recording('s.wav'),
    ]);
    const { wanted, passed } = pairs(document);
    expect(wanted.length + passed.length).toBe(3);
  });

  it('ten thousand against ten thousand is bounded, and what is left out is counted', () => {
    const many = handoff([
      ...Array.from({ length: 10_000 }, (_, nth) => camera(`${nth}.mov`)),
      ...Array.from({ length: 10_000 }, (_, nth) => recording(`${nth}.wav`)),
    ]);
    const { wanted } = pairs(many);
    const tried = wanted.reduce((sum, each) => sum + each.near.length, 0);
    expect(tried).toBeLessThanOrEqual(80_000);
    expect(wanted.every(({ near, left }) => near.length === 8 && near.length + left === 10_000)).toBe(true);
  });

  it('one long day of sound is cut at 24 hours a picture; asked for, it is not', () => {
    const hour = { durationSamples: 48_000 * 3600 };
    const document = handoff([
      camera('a.mov'),
      ...Array.from({ length: 40 }, (_, nth) => recording(`${nth}.wav`, {}, hour)),
    ]);
    expect(pairs(document).wanted[0]!).toMatchObject({ left: 16 });
    expect(pairs(document, { only: new Set([document.clips[0]!.id]) }).wanted[0]!.left).toBe(0);
  });

  it('of the files of one recording the mix is listened to, else the boom', () => {
    const family = (path: string, track: string) => recording(path, {}, { family: 'F', tracks: [track] });
    const [group] = groupSounds([family('1.wav', 'Lav'), family('2.wav', 'Boom'), family('3.wav', 'MixL')]);
    expect(listenedFile(group!).path).toBe('3.wav');
  });
});

const evidence = { z: 12, score: 3, windows: 12, agreeing: 12, secondPeak: 0.2, coverage: 1 };
const match = (offsetSamples: number, more: object = {}): Heard => ({
  heard: 'match',
  offsetSamples,
  offsetAtEndSamples: offsetSamples,
  errorSamples: 2,
  driftPpm: 0,
  driftErrorPpm: 0.1,
  slipsHalfFrameAt: null,
  evidence,
  reason: '',
  ...more,
});
const none: Heard = { heard: 'none', evidence: { ...evidence, z: 3.5 }, reason: 'No place fits.' };
const nothing: Settling = { verdict: undefined, ltc: new Map(), byLtc: new Map() };
const answer = (clip: Clip, heard: Answer['heard'], more: Partial<Answer> = {}): Answer => ({
  sound: groupSounds([clip])[0]!,
  heard,
  soundRate: 48_000,
  ...more,
});
const wantedOf = (clip: Clip, left = 0): Wanted => ({ picture: clip, named: [], near: [], left });

describe('what is said of what was heard', () => {
  const a = camera('a.mov');

  it('a match says frames, samples, drift and where it slips', () => {
    const slips = match(-48_000, { driftPpm: 8.1, slipsHalfFrameAt: 61_750 });
    const [said] = answersFor(wantedOf(a), [answer(recording('s.wav'), slips)], nothing);
    expect(said).toMatchObject({
      heard: 'match',
      offsetSamples: -48_000,
      offsetFrames: -25,
      driftPpm: 8.1,
      slipsAt: '00:41:10:00',
    });
    expect(said!.reason).toContain('starts 00:00:01:00 (25 frames) before the picture, 48000 samples');
    expect(said!.reason).toContain('slips half a frame at 00:41:10:00');
  });

  it('two recordings that fit the same moments are a playback, and none is chosen', () => {
    const said = answersFor(
      wantedOf(a),
      [answer(recording('one.wav'), match(0)), answer(recording('two.wav'), match(-96_000))],
      nothing,
    );
    expect(said.map(({ heard }) => heard)).toEqual(['ambiguous', 'ambiguous']);
    expect(said[0]!.reason).toContain('two.wav fits the same moments as well');
  });

  it('a second recorder, or the next file of the same, is no rival', () => {
    const by = (path: string, recorder: string) => recording(path, {}, { recorder });
    const two = answersFor(
      wantedOf(a),
      [answer(by('one.wav', 'A'), match(0)), answer(by('two.wav', 'B'), match(-96_000))],
      nothing,
    );
    expect(two.map(({ heard }) => heard)).toEqual(['match', 'match']);
    const first = recording('one.wav', {}, { durationSamples: 240_000 });
    const goesOn = answersFor(
      wantedOf(a),
      [answer(first, match(0)), answer(recording('two.wav'), match(240_000))],
      nothing,
    );
    expect(goesOn.map(({ heard }) => heard)).toEqual(['match', 'match']);
  });

  it('sounds of the day that do not fit are one answer, with how many and what was left', () => {
    const said = answersFor(
      wantedOf(a, 7),
      [answer(recording('one.wav'), none), answer(recording('two.wav'), none)],
      nothing,
    );
    expect(said).toHaveLength(1);
    expect(said[0]).toMatchObject({ heard: 'none', tried: 2 });
    expect(said[0]!.reason).toMatch(/2 sounds.*none fits.*7 more/);
  });

  it('a sound of its own take that does not fit is said by name', () => {
    const own = answer(recording('own.wav'), none);
    const [said] = answersFor({ ...wantedOf(a), named: [own.sound] }, [own], nothing);
    expect(said).toMatchObject({ sound: 'own.wav', heard: 'none' });
  });

  it('timecode that says otherwise is said with the difference', () => {
    const clip = recording('s.wav');
    const verdict = {
      clip: a.path,
      clipId: a.id,
      verdict: 'partial' as const,
      sound: [clip.path],
      soundIds: [clip.id],
      offsetFrames: 0,
      offsetSamples: 0,
      reason: '',
    };
    const [said] = answersFor(wantedOf(a), [answer(clip, match(-96_000))], { ...nothing, verdict });
    expect(said!.reason).toContain('Timecode says otherwise');
    expect(said!.reason).toContain('00:00:02:00 (50 frames) later');
  });

  it('the slate agrees to the sample, or is said not to', () => {
    const clap = { pictureFrame: 25, soundSample: 48_000 + 1000 };
    const heard = answer(recording('s.wav'), match(-1000), { clap });
    const [good] = answersFor(wantedOf(a), [heard], nothing);
    expect(good!.evidence.clap).toEqual({ ...clap, agreesWithin: 0 });
    const late = { ...heard, clap: { ...clap, soundSample: 60_000 } };
    const [bad] = answersFor(wantedOf(a), [late], nothing);
    expect(bad!.reason).toContain('do not agree');
  });

  it('several places in one recording are all said', () => {
    const places = [
      { offsetSamples: -48_000, z: 20, score: 3 },
      { offsetSamples: -96_000, z: 20, score: 3 },
    ];
    const twice: Heard = { heard: 'ambiguous', places, evidence, reason: '' };
    const [said] = answersFor(wantedOf(a), [answer(recording('s.wav'), twice)], nothing);
    expect(said!.offsetSamples).toBeUndefined();
    expect(said!.reason).toMatch(/2 places.*25 frames.*50 frames/);
  });
});

describe('verdicts by LTC', () => {
  const ltc = (clip: Clip, startTc: string, startSamples: number): [string, LtcEvidence] => [
    clip.id,
    {
      clip: clip.path,
      channel: 1,
      rate: RATES['25'],
      startTc,
      startSamples,
      agreeing: 99,
      words: 99,
      speedPpm: 0,
      backwards: false,
    },
  ];
  it('a camera’s LTC puts it into the recording, to the frame', () => {
    const a = camera('a.mov');
    const s = recording('s.wav', {}, { startSamples: 36_000 * 48_000, durationSamples: 48_000 * 60 });
    const document = handoff([a, s]);
    const before = sync(document)[0]!.verdict;
    const said = verdictsByLtc(document, new Map([ltc(a, '10:00:02:00', 36_002 * 48_000 + 10)])).get(a.id);
    expect(before).toBe('no-sound');
    expect(said).toMatchObject({ verdict: 'in-sync', offsetFrames: -50, offsetSamples: -96_000 });
    expect(sync(document)[0]!.verdict).toBe(before);
  });

  it('a camera of 50 frames hears timecode of 25', () => {
    const a = camera('a.mov', {}, { rate: RATES['50'] });
    const s = recording('s.wav', {}, { startSamples: 36_000 * 48_000, durationSamples: 48_000 * 60 });
    const said = verdictsByLtc(handoff([a, s]), new Map([ltc(a, '10:00:02:00', 36_002 * 48_000 + 960)])).get(
      a.id,
    );
    expect(said).toMatchObject({ verdict: 'in-sync', offsetFrames: -101 });
  });

  it('a recorder’s LTC counts as its time reference', () => {
    const a = camera('a.mov', {}, { startTc: '10:00:02:00' });
    const s = recording('s.wav', {}, { durationSamples: 48_000 * 60 });
    const said = verdictsByLtc(handoff([a, s]), new Map([ltc(s, '10:00:00:00', 36_000 * 48_000 + 7)])).get(
      a.id,
    );
    expect(said).toMatchObject({ verdict: 'in-sync', offsetSamples: -95_993 });
  });
});
