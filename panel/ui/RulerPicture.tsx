/** A picture and its sounds as bars on one ruler, with the timecode each begins and ends at. */
import type { Ruler, RulerBar } from '../day/ruler.ts';

const KIND: Record<RulerBar['kind'], string> = { picture: 'Picture', sound: 'Sound', heard: 'Heard' };

/** More would be a list, not a picture. */
const MOST = 6;

export function RulerPicture({ ruler }: { ruler: Ruler }) {
  const { from, to, bars } = ruler;
  const share = (flicks: number) => `${((flicks - from) / (to - from)) * 100}%`;
  const picture = bars[0]!;
  return (
    <ul className="ruler">
      {bars.slice(0, MOST).map((bar) => (
        <li key={bar.key}>
          <div className="ruler-words">
            <span className="ruler-kind">{KIND[bar.kind]}</span>
            <span className="line-name" title={bar.name}>
              {bar.name}
            </span>
            {bar.starts ? (
              <span className="timecode">
                {bar.starts} – {bar.ends}
              </span>
            ) : null}
          </div>
          <div className="ruler-lane" aria-hidden="true">
            <span
              className="ruler-frame"
              style={{ left: share(picture.from), width: share(from + picture.to - picture.from) }}
            />
            <span
              className={`ruler-bar ruler-${bar.kind}`}
              style={{ left: share(bar.from), width: share(from + bar.to - bar.from) }}
            />
          </div>
        </li>
      ))}
      {bars.length > MOST ? <li className="why">and {bars.length - MOST} more</li> : null}
    </ul>
  );
}
