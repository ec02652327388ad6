/** Timecode labels as Resolve writes them, from its float rate: drop-frame where the clip or timeline counts so. */

/** `01:00:00:00`, or `01:00:00;02` in drop-frame; wraps at 24 hours. */
export function label(frame: number, fps: number, drop = false): string {
  const base = Math.round(fps);
  const dropped = drop ? base / 15 : 0;
  const perMinute = base * 60 - dropped;
  const perTen = perMinute * 10 + dropped;
  const day = perTen * 144;
  const at = ((frame % day) + day) % day;
  const [tens, rest] = [Math.floor(at / perTen), at % perTen];
  const minutes = rest < dropped ? 0 : Math.floor((rest - dropped) / perMinute);
  const count = at + dropped * (9 * tens + minutes);
  const seconds = Math.floor(count / base);
  const fields = [Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60, seconds % 60];
  const pair = (value: number) => String(value).padStart(2, '0');
  return `${fields.map(pair).join(':')}${drop ? ';' : ':'}${pair(count % base)}`;
}

/** The exact rate behind a float, as a fraction: 23.976 is 24000/1001. */
export function exact(fps: number): { num: number; den: number } {
  const whole = Math.round(fps);
  return Math.abs(fps - whole) < 0.001 ? { num: whole, den: 1 } : { num: whole * 1000, den: 1001 };
}
