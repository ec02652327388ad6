/**
 * The pairs a rule is judged on, drawn from one seed: clips that lie in a long recording, and everything that must not be
 * taken for one. A trial says what is true of it; no trial says how hard it is.
 */
import type { Fft } from '../../manifest/listen/types.ts';
import { Chance } from './chance.ts';
import { record, type Machine } from './record.ts';
import { beeps, hum, knocks, loop, mixed, music, tone } from './sounds.ts';
import { dialogue, SOURCE_RATE, speak, speaker, text, type Speaker } from './voice.ts';

export interface Recording {
  /** 16-bit words. */
  samples: Int16Array;
  rate: number;
}

/** `at`: the sound starts so many seconds after the picture, by the picture's clock. `nowhere`: any match is wrong. */
export type Truth = { kind: 'at'; offset: number; drift: number } | { kind: 'nowhere' };

export interface Trial {
  kind: string;
  picture: Recording;
  /** Key of a long recording, so that its features are made once. */
  sound: Recording;
  truth: Truth;
  note: string;
}

export interface Size {
  /** Seconds of the long recordings. */
  long: number;
  /** Trials of each kind. */
  each: number;
}

/** A recorder on the set: near, clean. */
function recorder(chance: Chance, more: Partial<Machine> = {}): Machine {
  return {
    seed: chance.whole(2 ** 31),
    rate: 48000,
    rt60: chance.between(0.2, 0.9),
    direct: chance.between(6, 15),
    snr: chance.between(15, 30),
    level: chance.between(-26, -8),
    agc: false,
    ppm: 0,
    aac: false,
    inverted: false,
    ...more,
  };
}

/** A camera's microphone: far, noisy. */
function camera(chance: Chance, more: Partial<Machine> = {}): Machine {
  return recorder(chance, {
    direct: chance.between(-3, 6),
    snr: chance.between(-5, 20),
    level: chance.between(-30, -6),
    ppm: chance.between(-40, 40),
    inverted: chance.next() < 0.3,
    ...more,
  });
}

interface World {
  fft: Fft;
  chance: Chance;
  size: Size;
  talk: Float32Array;
  voices: Speaker[];
  onTalk: Recording;
}

function world(fft: Fft, seed: number, size: Size): World {
  const chance = new Chance(seed);
  const voices = [speaker(chance), speaker(chance)];
  const talk = dialogue(chance, size.long, voices);
  const onTalk = { samples: record(fft, talk, 0, size.long, recorder(chance)), rate: 48000 };
  return { fft, chance, size, talk, voices, onTalk };
}

/** Says what a clip of `source` from `from` on, against a recording that began with it, must give. */
function clip(
  { fft, chance }: World,
  kind: string,
  source: Float32Array,
  sound: Recording,
  machine: Machine,
  more: { seconds?: number; from?: number; truth?: Truth } = {},
): Trial {
  const seconds = more.seconds ?? 5 * 18 ** chance.next();
  const from = more.from ?? chance.between(0, source.length / SOURCE_RATE - seconds);
  const samples = record(fft, source, from, seconds, machine);
  const { rt60, direct, snr, agc, aac, rate } = machine;
  return {
    kind,
    picture: { samples, rate },
    sound,
    truth: more.truth ?? { kind: 'at', offset: -from, drift: machine.ppm },
    note: `${seconds.toFixed(0)} s from ${from.toFixed(0)}, rt ${rt60.toFixed(2)} direct ${direct.toFixed(0)} snr ${snr.toFixed(0)} rate ${rate}${agc ? ' agc' : ''}${aac ? ' aac' : ''}`,
  };
}

const NOWHERE: Truth = { kind: 'nowhere' };

function* positives(it: World): Generator<Trial> {
  const { chance, talk, onTalk, fft, size } = it;
  for (let nth = 0; nth < size.each; nth++) yield clip(it, 'speech', talk, onTalk, camera(chance));
  for (let nth = 0; nth < size.each; nth++)
    yield clip(it, 'speech, AGC + AAC', talk, onTalk, camera(chance, { agc: true, aac: true }));
  for (let nth = 0; nth < size.each / 2; nth++)
    yield clip(
      it,
      'speech, other rates',
      talk,
      onTalk,
      camera(chance, { rate: chance.of([44100, 96000, 48048, 32000]) }),
    );
  for (let nth = 0; nth < size.each / 2; nth++) {
    const seconds = chance.between(15, 90);
    const over = chance.between(6, seconds - 5);
    const from = chance.next() < 0.5 ? -over : size.long - seconds + over;
    yield clip(it, 'speech, partly covered', talk, onTalk, camera(chance), { seconds, from });
  }
  const played = music(chance, size.long / 3);
  const onMusic = { samples: record(fft, played, 0, size.long / 3, recorder(chance)), rate: 48000 };
  for (let nth = 0; nth < size.each / 2; nth++) yield clip(it, 'music', played, onMusic, camera(chance));
  const hit = knocks(chance, size.long / 3);
  const onHit = { samples: record(fft, hit, 0, size.long / 3, recorder(chance)), rate: 48000 };
  for (let nth = 0; nth < size.each / 4; nth++) yield clip(it, 'knocks', hit, onHit, camera(chance));
  for (let nth = 0; nth < size.each; nth++) {
    const other = nth % 2 === 0 ? music(chance, 90) : knocks(chance, 90);
    const machine = camera(chance, nth % 3 === 0 ? { agc: true, aac: true } : {});
    yield clip(
      it,
      nth % 2 === 0 ? 'NOT: other music' : 'NOT: other knocks',
      other,
      nth % 2 === 0 ? onMusic : onHit,
      machine,
      {
        truth: NOWHERE,
      },
    );
  }
}

/** Takes of one scene in the long recording; the picture is of a take that is not there. */
function* retakes(it: World): Generator<Trial> {
  const { chance, voices, fft, size } = it;
  const lines = text(chance, 45);
  const scene = new Float32Array(size.long * SOURCE_RATE * 0.5);
  const take = (into: Float32Array, at: number) => {
    let place = at;
    for (let from = 0, turn = 0; from < lines.length; turn++) {
      const to = Math.min(lines.length, from + 25);
      place = speak(lines.slice(from, to), voices[turn % 2]!, chance, into, place);
      from = to;
    }
    return place;
  };
  for (let at = 0; at < scene.length;) at = take(scene, at) + Math.round(chance.between(1, 15) * SOURCE_RATE);
  const sound = { samples: record(fft, scene, 0, scene.length / SOURCE_RATE, recorder(chance)), rate: 48000 };
  for (let nth = 0; nth < size.each; nth++) {
    const anew = new Float32Array(80 * SOURCE_RATE);
    take(anew, Math.round(chance.between(0, 3) * SOURCE_RATE));
    const machine = camera(chance, nth % 2 === 0 ? {} : { agc: true, aac: true });
    yield clip(it, 'NOT: another take', anew, sound, machine, {
      truth: NOWHERE,
      from: 0,
      seconds: chance.between(8, 60),
    });
  }
  for (let nth = 0; nth < size.each / 2; nth++)
    yield clip(it, 'one take of many', scene, sound, camera(chance));
}

function* strangers(it: World): Generator<Trial> {
  const { chance, voices, onTalk, size } = it;
  for (let nth = 0; nth < size.each * 2; nth++) {
    const machine = camera(chance, nth % 2 === 0 ? {} : { agc: true, aac: true });
    yield clip(it, 'NOT: the same voices', dialogue(chance, 95, voices), onTalk, machine, { truth: NOWHERE });
  }
  const others = { music, loop, knocks, hum, tone: (_: Chance, seconds: number) => tone(seconds) };
  for (const [name, make] of Object.entries(others))
    for (let nth = 0; nth < size.each / 4; nth++)
      yield clip(it, `NOT: ${name} against speech`, make(chance, 95), onTalk, camera(chance), {
        truth: NOWHERE,
      });
  for (let nth = 0; nth < size.each / 2; nth++)
    yield clip(it, 'NOT: room tone', new Float32Array(95 * SOURCE_RATE), onTalk, camera(chance), {
      truth: NOWHERE,
    });
  for (let nth = 0; nth < size.each / 4; nth++) {
    const seconds = chance.between(5, 60);
    yield {
      kind: 'NOT: digital silence',
      picture: { samples: new Int16Array(seconds * 48000), rate: 48000 },
      sound: onTalk,
      truth: NOWHERE,
      note: `${seconds.toFixed(0)} s`,
    };
  }
}

/** The same sound more than once: whatever is said, one place is not enough. */
function* repeats(it: World): Generator<Trial> {
  const { chance, talk, fft, size } = it;
  const long = size.long / 3;
  const twice = talk.slice(0, long * SOURCE_RATE);
  const [from, to] = [Math.floor(long * 0.1), Math.floor(long * 0.6)];
  const again = 120 * SOURCE_RATE;
  twice.set(twice.subarray(from * SOURCE_RATE, from * SOURCE_RATE + again), to * SOURCE_RATE);
  const sound = { samples: record(fft, twice, 0, long, recorder(chance)), rate: 48000 };
  for (let nth = 0; nth < size.each; nth++) {
    const seconds = chance.between(5, 60);
    const start = chance.of([from, to]) + chance.between(0, 119 - seconds);
    const machine = camera(chance, nth % 3 === 0 ? { agc: true, aac: true } : {});
    yield clip(it, 'NOT: played twice', twice, sound, machine, { seconds, from: start, truth: NOWHERE });
  }
  const looped = loop(chance, long / 2);
  const onLoop = { samples: record(fft, looped, 0, long / 2, recorder(chance)), rate: 48000 };
  for (let nth = 0; nth < size.each / 2; nth++)
    yield clip(it, 'NOT: a loop', looped, onLoop, camera(chance), { truth: NOWHERE });
  const beeping = mixed(dialogue(chance, long / 2, it.voices), beeps(long / 2, 45), 1);
  const onBeeps = { samples: record(fft, beeping, 0, long / 2, recorder(chance)), rate: 48000 };
  for (let nth = 0; nth < size.each / 2; nth++)
    yield clip(
      it,
      'NOT: the same beeps',
      mixed(dialogue(chance, 60, it.voices), beeps(60, 45)),
      onBeeps,
      camera(chance),
      {
        truth: NOWHERE,
        from: 0,
        seconds: chance.between(10, 59),
      },
    );
  // The same song from the same loudspeaker, in the recording of one take and the picture of another, talk over it.
  const song = music(chance, 100);
  const first = mixed(dialogue(chance, long / 4, it.voices), song, 0.5, 30);
  const onFirst = { samples: record(fft, first, 0, long / 4, recorder(chance)), rate: 48000 };
  for (let nth = 0; nth < size.each / 4; nth++)
    yield clip(
      it,
      'SONG of another take',
      mixed(dialogue(chance, 95, it.voices), song, 0.5, 0),
      onFirst,
      camera(chance),
      {
        truth: NOWHERE,
        seconds: chance.between(10, 60),
      },
    );
}

/** A body microphone on one of two, whom the camera hears alike: half of what is said hardly reaches it. */
function* bodies(it: World): Generator<Trial> {
  const { chance, voices, fft, size } = it;
  const seconds = size.long / 3;
  const [one, two] = [0, 1].map(() => new Float32Array(Math.round(seconds * SOURCE_RATE)));
  for (let at = 0, turn = 0; at < one!.length; turn++) {
    const into = turn % 2 === 0 ? one! : two!;
    at = speak(text(chance, chance.between(2, 9)), voices[turn % 2]!, chance, into, at);
    at += Math.round(chance.between(0.1, 0.8) * SOURCE_RATE);
  }
  const both = mixed(one!, two!);
  const worn = recorder(chance, { direct: chance.between(10, 20) });
  const samples = record(fft, mixed(one!, two!, chance.between(0.03, 0.2)), 0, seconds, worn);
  const sound = { samples, rate: 48000 };
  for (let nth = 0; nth < size.each / 2; nth++) {
    const machine = camera(chance, nth % 3 === 0 ? { agc: true, aac: true } : {});
    yield clip(it, 'a body microphone', both, sound, machine);
  }
}

/** Every trial of a set, in the order drawn. */
export function* trials(fft: Fft, seed: number, size: Size): Generator<Trial> {
  const it = world(fft, seed, size);
  yield* positives(it);
  yield* strangers(it);
  yield* retakes(it);
  yield* repeats(it);
  yield* bodies(it);
}
