/**
 * A picture's own sound and a recorded one laid over each other, moved and zoomed with wheel, drag and keys. What is in sight is
 * said; where the sound lies is in words above and beside it.
 */
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { Clip } from '../../manifest/documents/handoff.ts';
import { fileName } from '../../manifest/documents/paths.ts';
import { framesToFlicks } from '../../manifest/time/flicks.ts';
import { frameToTimecode } from '../../manifest/time/timecode.ts';
import { drawWaves } from '../day/draw-waves.ts';
import { isEnough, isEnvelope, loudest, rangeOf, wholePicture, type Held, type Laid } from '../day/waves.ts';
import { panned, wholeDay, zoomed, type InSight, type Whole } from '../day/window.ts';
import { drawingOn, shareAt, useDrag, useInk, usePixels, useWheel } from './canvas.ts';
import { Drawn } from './Drawn.tsx';
import { Act } from './IssueActions.tsx';
import { useLook, usePanel } from './panel-context.ts';
import { PickOne } from './PickOne.tsx';

/** `laid` holds where the sound may lie; the first is shown first. */
export function Waves({ picture, laid }: { picture: Clip; laid: readonly Laid[] }) {
  const canListen = useLook((state) => state.canListen);
  const [open, setOpen] = useState<boolean | null>(null);
  const [chosen, setChosen] = useState('');
  const whole = useMemo(() => wholePicture(picture), [picture]);
  const [first] = laid;
  if (!whole || !first) return null;
  if (!canListen) return <p className="why">The two sounds can be laid over each other in baton serve.</p>;
  if (!(open ?? first.byEar))
    return (
      <div>
        <Act busy={false} onPress={() => setOpen(true)}>
          Show the waveforms
        </Act>
      </div>
    );
  const shown = laid.find(({ key }) => key === chosen) ?? first;
  return (
    <div>
      <LaidOver picture={picture} whole={whole} laid={shown} />
      <ul className="waves-legend">
        <li>
          <span className="waves-sign" /> {fileName(picture.path)}
        </li>
        <li>
          <span className="waves-sign waves-outline" />
          {laid.length === 1 ? (
            shown.name
          ) : (
            <PickOne
              label="Where the sound lies"
              value={shown.key}
              options={laid.map(({ key, name }) => ({ id: key, name }))}
              onPick={setChosen}
            />
          )}
        </li>
      </ul>
    </div>
  );
}

/** Milliseconds for which nothing moves before finer peaks are asked for. */
const PAUSE = 150;
const HEIGHT = 104;

interface LaidProps {
  picture: Clip;
  whole: Whole & { least: number };
  laid: Laid;
}

function LaidOver({ picture, whole, laid }: LaidProps) {
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [sight, setSight] = useState(() => wholeDay(whole));
  const { width, ratio } = usePixels(box);
  const ink = useInk();
  const rate = picture.tech.rate!;
  const frame = framesToFlicks(1, rate);
  const { held, all, loud, trouble, again, stop } = usePeaks(picture, laid, whole, sight, width, frame);

  useLayoutEffect(() => {
    const on = drawingOn(canvas, { width, ratio }, HEIGHT);
    if (!on) return;
    const place = { width, height: HEIGHT, frame, length: whole.to, loudest: loud };
    drawWaves(on, held, laid, sight, place, ink);
  }, [held, loud, laid, sight, whole, width, ratio, frame, ink]);

  const room = Math.max(1, width);
  const zoom = (by: number, at = 0.5) => setSight((now) => zoomed(now, whole, by, at));
  const pan = (by: number) => setSight((now) => panned(now, whole, by));
  useWheel(box, (event) => {
    if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY))
      pan((event.deltaX || event.deltaY) / 600);
    else zoom(Math.pow(1.0018, -event.deltaY), shareAt(box, event.clientX, { names: 0, room }));
  });
  const drag = useDrag((dx) => pan(-dx / room));
  const showWhole = () => setSight(wholeDay(whole));
  const keys = {
    ArrowRight: () => pan(0.1),
    ArrowLeft: () => pan(-0.1),
    PageDown: () => pan(0.9),
    PageUp: () => pan(-0.9),
    Home: () => pan(-1e6),
    End: () => pan(1e6),
    '+': () => zoom(1.6),
    '=': () => zoom(1.6),
    '-': () => zoom(1 / 1.6),
    '0': showWhole,
  };
  const said = inSight(picture, sight, frame);
  return (
    <div className="waves-box" style={{ height: HEIGHT }}>
      <Drawn
        box={box}
        canvas={canvas}
        kind="waveforms"
        label={`The sound of ${fileName(picture.path)} and ${laid.name}, laid over each other. Arrows and Page keys pan, plus and minus zoom, 0 shows the whole picture`}
        width={width}
        height={HEIGHT}
        sight={sight}
        keys={keys}
        drag={drag}
        onWhole={showWhole}
        finest={held ? finest(held) : ''}
      />
      <p className="hidden-text" role="status">
        {said}
      </p>
      {held ? null : (
        <p className="waves-words">
          {trouble || 'Reading the sound…'}{' '}
          <button type="button" className="link" onClick={trouble ? again : stop}>
            {trouble ? 'Try again' : 'Stop'}
          </button>
        </p>
      )}
      {all && unread(picture, laid, all) ? <p className="waves-words">{unread(picture, laid, all)}</p> : null}
    </div>
  );
}

/** Samples in the smallest bucket held. */
function finest({ waves: { picture, sound } }: Held): number {
  return Math.min(...[picture, sound].map((side) => (isEnvelope(side) ? side.each : Infinity)));
}

/** Why a side is not there, by the peaks of the whole picture. */
function unread(picture: Clip, laid: Laid, { waves }: Held): string {
  const told = (name: string, side: Held['waves']['picture']) => {
    if (!isEnvelope(side)) return `${name} cannot be drawn: ${side.reason}.`;
    return side.low.length > 0 ? '' : `${name} holds no sound while the picture runs.`;
  };
  return [told(fileName(picture.path), waves.picture), told(laid.name.split(', ')[0]!, waves.sound)]
    .filter(Boolean)
    .join(' ');
}

/** `00:00:04:12 to 00:00:08:00 of the picture`, counted from its first frame. */
function inSight({ tech: { rate, durationFrames } }: Clip, { from, to }: InSight, frame: number): string {
  const tc = (flicks: number) => {
    const nth = Math.min(durationFrames!, Math.max(0, Math.round(flicks / frame)));
    return frameToTimecode(nth, { ...rate!, drop: false });
  };
  return `${tc(from)} to ${tc(to)} of the picture`;
}

const NOTHING = { picture: 1, sound: 1 };

/** The peaks for what is in sight: of the whole picture first, finer ones once nothing moves. */
function usePeaks(picture: Clip, laid: Laid, whole: Whole, sight: InSight, width: number, frame: number) {
  const { waveforms, stopWaveforms } = usePanel();
  const [coarse, setCoarse] = useState<{ key: string; held: Held } | null>(null);
  const [fine, setFine] = useState<{ key: string; held: Held } | null>(null);
  const [trouble, setTrouble] = useState({ of: '', message: '' });
  const [tries, setTries] = useState(0);
  const { key, sound, offsetSamples } = laid;
  const all = coarse?.key === key ? coarse.held : null;
  const near = fine?.key === key ? fine.held : null;
  const perPixel = (sight.to - sight.from) / Math.max(1, width);
  const enough = (held: Held | null) => held !== null && isEnough(held, sight, whole, frame, perPixel);
  const held = enough(near) ? near : all;
  const wanted = all && !enough(all) && !enough(near) ? rangeOf(sight, whole, frame) : null;
  const [from, to] = wanted ? [wanted.from, wanted.to] : [0, 0];

  useEffect(() => {
    let over = false;
    const asked = { picture: picture.id, sound, offsetSamples, ...rangeOf(whole, whole, frame) };
    waveforms(asked).then(
      (waves) => !over && setCoarse({ key, held: { ...asked, waves } }),
      (error: unknown) =>
        !over &&
        setTrouble({
          of: `${key} ${tries}`,
          message: error instanceof Error ? error.message : String(error),
        }),
    );
    return () => {
      over = true;
    };
  }, [key, sound, offsetSamples, picture.id, whole, frame, tries, waveforms]);

  // Only when it goes out of sight: another question ends the one before it by itself.
  useEffect(() => () => stopWaveforms(picture.id), [stopWaveforms, picture.id]);

  useEffect(() => {
    if (from === to) return;
    let over = false;
    const asked = { picture: picture.id, sound, offsetSamples, from, to, buckets: 2000 };
    const timer = setTimeout(() => {
      // What is there stays where finer peaks do not come.
      waveforms(asked).then(
        (waves) => !over && setFine({ key, held: { ...asked, waves } }),
        () => undefined,
      );
    }, PAUSE);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [key, sound, offsetSamples, picture.id, from, to, waveforms]);

  return {
    held,
    all,
    loud: all ? loudOf(all) : NOTHING,
    trouble: trouble.of === `${key} ${tries}` ? trouble.message : '',
    again: () => setTries(tries + 1),
    stop: () => stopWaveforms(picture.id),
  };
}

const loudOf = ({ waves: { picture, sound } }: Held) => ({
  picture: isEnvelope(picture) ? loudest(picture) : 1,
  sound: isEnvelope(sound) ? loudest(sound) : 1,
});
