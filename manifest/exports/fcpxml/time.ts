/** Times and places as FCPXML writes them: exact fractions of a second, and file URLs. */
import { fraction, framesToSeconds, multiply, roundBig, type Fraction } from '../../time/fraction.ts';
import { gcd, type Rate } from '../../time/rate.ts';

/** The format's limits: a 64-bit numerator over a 32-bit denominator. */
const MOST_DENOMINATOR = 2n ** 31n - 1n;
/** What Final Cut itself falls back on: every usual frame rate divides it. */
const FALLBACK_TIMESCALE = 720000n;

/** `1001/24000s`, `5s`. */
export function seconds(time: Fraction): string {
  return time.den === 1n ? `${time.num}s` : `${time.num}/${time.den}s`;
}

/**
 * The same time, or the nearest that the format can hold where an odd speed makes too fine a fraction (off by under 1 µs).
 * Whole frames at `rate` can be added to the result and it can still be held.
 */
export function holdable(time: Fraction, rate: Rate): Fraction {
  const common = (time.den * BigInt(rate.num)) / gcdOf(time.den, BigInt(rate.num));
  if (common <= MOST_DENOMINATOR) return time;
  return fraction(roundBig(multiply(time, fraction(FALLBACK_TIMESCALE))), FALLBACK_TIMESCALE);
}

function gcdOf(a: bigint, b: bigint): bigint {
  return b === 0n ? a : gcdOf(b, a % b);
}

/** `frames` at `rate`, in lowest terms: always a whole multiple of the frame's duration. */
export function frameTime(frames: number, rate: Rate): string {
  const num = frames * rate.den;
  if (!Number.isSafeInteger(num)) return seconds(framesToSeconds(frames, rate));
  const divisor = gcd(num, rate.num);
  return rate.num === divisor ? `${num / divisor}s` : `${num / divisor}/${rate.num / divisor}s`;
}

/**
 * The URL of an absolute path, percent-encoded: POSIX, a Windows drive (`file:///C:/…`) or a share (`file://server/…`).
 * A half of a surrogate pair, which no URL can hold, becomes U+FFFD.
 */
export function fileUrl(path: string): string {
  const plain = path.replace(/^\\\\\?\\(?:UNC\\)?/, (prefix) => (prefix.endsWith('UNC\\') ? '\\\\' : ''));
  const drive = /^([A-Za-z]:)[\\/]/.exec(plain);
  if (drive) return `file:///${drive[1]}/${encodePath(plain.slice(3).replace(/\\/g, '/'))}`;
  if (plain.startsWith('\\\\')) return `file://${encodePath(plain.slice(2).replace(/\\/g, '/'))}`;
  return `file://${encodePath(plain)}`;
}

/** Stands for itself in a URL. */
const PLAIN = /^[\w\-.!~*'()/]*$/;

/** The path part of a URL, encoded but for its slashes. */
export function encodePath(path: string): string {
  if (PLAIN.test(path)) return path;
  const whole = path.replace(/[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]/g, (found) =>
    found.length === 2 ? found : '\ufffd',
  );
  return whole.split('/').map(encodeURIComponent).join('/');
}
