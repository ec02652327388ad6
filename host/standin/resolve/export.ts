/**
 * Timeline.Export of the stand-in: numbers only, a directory for FCPXML 1.10, nothing over a file that is there, one video track in
 * an EDL. What it writes is kept in `files`.
 */
import type { StandinResolve } from './standin.ts';
import { exact, label } from './label.ts';
import type { TimelineItemState, TimelineState } from './state-timeline.ts';
import { CONSTANTS, EXPORT_NUMBERS, SUBTYPES } from './constants.ts';
import { otio } from './otio.ts';

export function exportTimeline(timeline: TimelineState, args: unknown[], standin: StandinResolve): boolean {
  const [path, type, subtype] = args;
  if (typeof path !== 'string' || typeof type !== 'number') return false;
  const name = Object.keys(EXPORT_NUMBERS).find((each) => EXPORT_NUMBERS[each] === type);
  if (!name || standin.constant(name) === null || standin.files.has(path)) return false;
  if (SUBTYPES[name]?.every((each) => CONSTANTS[each] !== subtype)) return false;
  if ([...standin.files.keys()].some((file) => file.startsWith(`${path}/`))) return false;
  // The folder must be there, and nothing says that it is not.
  const write = (file: string, text: string) => {
    try {
      standin.options.write?.(file, text);
    } catch {
      return false;
    }
    standin.files.set(file, text);
    return true;
  };
  if (name === 'EXPORT_EDL') return write(path, edl(timeline, standin));
  if (name === 'EXPORT_FCPXML_1_8' || name === 'EXPORT_FCPXML_1_9')
    return write(path, fcpxml(timeline, standin));
  if (name === 'EXPORT_FCPXML_1_10') return write(`${path}/Info.fcpxml`, fcpxml(timeline, standin));
  return name === 'EXPORT_OTIO' && write(path, otio(timeline, standin));
}

/** Title, frame count mode, and what is enabled on the first video track; the reel is AX where the clip has none. */
function edl(timeline: TimelineState, standin: StandinResolve): string {
  const lines = [`TITLE: ${timeline.name}`, `FCM: ${timeline.drop ? 'DROP FRAME' : 'NON-DROP FRAME'}`, ''];
  let number = 0;
  for (const item of timeline.video[0]?.items ?? []) {
    const clip = item.clip === null ? null : (standin.clip(item.clip)?.clip ?? null);
    if (item.type !== 'clip' || !clip || !item.enabled) continue;
    const reel = (clip.metadata['Reel Name'] ?? '') || 'AX';
    const rate = [timeline.fps, timeline.drop] as const;
    const from = sourceFrame(item, clip.start, clip.fps, timeline.fps);
    const times = [from, from + item.duration, item.start, item.start + item.duration];
    const event = String(++number).padStart(3, '0');
    lines.push(
      `${event}  ${reel.padEnd(8)} V     C        ${times.map((frame) => label(frame, ...rate)).join(' ')}`,
    );
    const { num, den } = item.speed;
    if (num !== den)
      lines.push(
        `M2   ${reel.padEnd(8)} ${((timeline.fps * num) / den).toFixed(1)}  ${label(from, ...rate)}`,
      );
    lines.push(`* FROM CLIP NAME: ${item.name}`, '');
  }
  return `${lines.join('\n')}\n`;
}

/** An EDL counts source timecode in the timeline's frames, from the same label. */
function sourceFrame(item: TimelineItemState, start: number, fps: number, line: number): number {
  if (fps === line) return start + item.in;
  const base = Math.round(fps);
  const at = start + item.in;
  return Math.floor(at / base) * Math.round(line) + Math.floor(((at % base) * Math.round(line)) / base);
}

const escape = (text: string) =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

/** The first video track; titles fall out, and a gap is only where the next offset is later. */
function fcpxml(timeline: TimelineState, standin: StandinResolve): string {
  const { num, den } = exact(timeline.fps);
  const seconds = (frames: number, rate = { num, den }) => `${frames * rate.den}/${rate.num}s`;
  const assets = new Map<string, string>();
  const clips = timeline.video[0]!.items.flatMap((item) => {
    const clip = item.clip === null ? null : (standin.clip(item.clip)?.clip ?? null);
    if (item.type !== 'clip' || !clip) return [];
    const rate = exact(clip.fps);
    const id = `r${assets.size + 2}`;
    assets.set(
      item.id,
      `<asset id="${id}" name="${escape(item.name)}" src="file://${encodeURI(clip.file)}" start="${seconds(clip.start, rate)}" duration="${seconds(clip.frames, rate)}" hasVideo="1" format="r1"/>`,
    );
    return [
      `<asset-clip name="${escape(item.name)}" enabled="${item.enabled ? 1 : 0}" start="${seconds(clip.start + item.in, rate)}" offset="${seconds(item.start)}" duration="${seconds(item.duration)}" ref="${id}" format="r1"/>`,
    ];
  });
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE fcpxml>\n<fcpxml version="1.9"><resources>` +
    `<format id="r1" frameDuration="${den}/${num}s" width="${timeline.width}" height="${timeline.height}"/>${[...assets.values()].join('')}</resources>` +
    `<library><event name="${escape(timeline.name)} (Resolve)"><project name="${escape(timeline.name)} (Resolve)">` +
    `<sequence tcStart="${seconds(timeline.start)}" tcFormat="${timeline.drop ? 'DF' : 'NDF'}" format="r1"><spine>${clips.join('')}</spine></sequence>` +
    `</project></event></library></fcpxml>\n`
  );
}
