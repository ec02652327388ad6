/** Fades of a clip's opacity: what Final Cut draws as handles at a clip's ends is a transition from or to nothing. */
import { compare, divide, framesToSeconds, ZERO } from '../../time/fraction.ts';
import type { XmlElement } from '../../xml/read.ts';
import type { Place, Span } from './place.ts';
import { framesOf, readSeconds } from './seconds.ts';
import type { Placed, Story } from './story.ts';

/** Adds the fades in `element`, an `adjust-blend`, to the event they belong to; whether that was all it says. */
export function readFades(
  story: Story,
  place: Place,
  span: Span,
  element: XmlElement,
  host: Placed | undefined,
): boolean {
  let all = Object.keys(element.attributes).every(
    (name) => name === 'amount' && element.attributes[name] === '1.0',
  );
  for (const param of element.children) {
    const amount = param.name === 'param' && /^amount$/i.test(param.attributes['name'] ?? '');
    for (const fade of param.children) {
      const known = amount && (fade.name === 'fadeIn' || fade.name === 'fadeOut');
      if (!known || !host || !add(story, place, span, fade, host)) all = false;
    }
    if (!amount) all = false;
  }
  return all;
}

function add(story: Story, place: Place, span: Span, fade: XmlElement, host: Placed): boolean {
  const length = readSeconds(fade.attributes['duration'] ?? '');
  if (!length || compare(length, ZERO) <= 0) return false;
  const { frame, exact } = framesOf(divide(length, place.pace), story.rate);
  const { recordIn, recordOut } = host.event;
  const frames = Math.min(Math.max(1, frame), recordOut - recordIn);
  // An end that a window cuts off has no fade.
  const out = fade.name === 'fadeOut';
  const end = framesToSeconds(out ? recordOut : recordIn, story.rate);
  if (compare(end, out ? span.out : span.in) !== 0) return false;
  if (!exact) {
    const message = 'a fade of opacity is read to the nearest frame';
    story.tally.say('fcpxml-fade', fade.line, message, '', 'note');
  }
  const at = out ? { in: recordOut - frames, out: recordOut } : { in: recordIn, out: recordIn + frames };
  const sides = out ? { before: host, after: null } : { before: null, after: host };
  story.crossings.push({ type: 'video', ...at, name: out ? 'Fade Out' : 'Fade In', effect: '', ...sides });
  return true;
}
