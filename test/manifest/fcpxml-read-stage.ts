/** Small FCPXML documents, read: for the tests of reading. */
import { expect } from 'vitest';
import type { CutEvent } from '../../manifest/documents/cutlist.ts';
import { fcpxmlReader } from '../../manifest/readers/fcpxml.ts';
import type { RATES } from '../../manifest/time/rate.ts';

export const FORMATS = `
<format id="r1" name="FFVideoFormat1080p25" frameDuration="100/2500s" width="1920" height="1080"/>
<format id="r2" frameDuration="1001/24000s" width="1920" height="1080"/>
<format id="r3" name="FFVideoFormatRateUndefined"/>`;
export const ASSETS = `
<asset id="v" name="A001" start="3600s" duration="100s" hasVideo="1" format="r1"><media-rep kind="original-media" src="file:///m/A001.mov"/></asset>
<asset id="av" name="B001" start="0s" duration="100s" hasVideo="1" format="r1" hasAudio="1" audioSources="2" audioChannels="2" audioRate="48k"><media-rep src="file:///m/B001.mov"/></asset>
<asset id="s" name="S001" start="172972800/48000s" duration="4800000/48000s" hasAudio="1" audioChannels="2" audioRate="48000"><media-rep src="file:///m/S001.wav"/></asset>
<asset id="film" name="F001" start="0s" duration="1001/10s" hasVideo="1" format="r2"><media-rep src="file:///m/F001.mov"/></asset>
<effect id="title" name="Basic Title" uid=".../Basic Title.moti"/>
<effect id="x" name="Cross Dissolve" uid="FxPlug:4731E73A-8DAC-4113-9A30-AE85B1761265"/>
<effect id="xa" name="Audio Crossfade" uid="FFAudioTransition"/>`;

export function read(text: string, rate?: (typeof RATES)[keyof typeof RATES]) {
  return fcpxmlReader.read(text, rate ? { name: 'x.fcpxml', rate } : { name: 'x.fcpxml' });
}

export function project(
  spine: string,
  more = '',
  attributes = 'format="r1" tcStart="3600s" tcFormat="NDF"',
): string {
  return `<?xml version="1.0"?><!DOCTYPE fcpxml><fcpxml version="1.10"><resources>${FORMATS}${ASSETS}${more}</resources>
<library><event name="e"><project name="p"><sequence ${attributes}><spine>
${spine}
</spine></sequence></project></event></library></fcpxml>`;
}

/** The one list of a document, its issues' codes, and its events as `V1 in-out source in-out speed`. */
export function one(text: string) {
  const { value, issues } = read(text);
  expect(value).toHaveLength(1);
  const list = value[0]!;
  const events = list.tracks.flatMap((track) => track.events.map((event) => line(track.name, event)));
  return {
    list,
    events,
    issues,
    codes: issues.map(({ code }) => code),
    all: list.tracks.flatMap((t) => t.events),
  };
}

export function line(
  track: string,
  { recordIn, recordOut, sourceIn, sourceOut, speed, enabled, kind }: CutEvent,
): string {
  const rate = speed ? (speed.num === speed.den ? '' : ` ${speed.num}/${speed.den}`) : ' varies';
  const what = kind === 'clip' ? '' : ` ${kind}`;
  return `${track} ${recordIn}-${recordOut} ${sourceIn}-${sourceOut}${rate}${enabled ? '' : ' off'}${what}`;
}
