/** Marker colours by name, as red, green and blue, so that a colour one editor lacks becomes the nearest it has. */

const NAMED: Record<string, [number, number, number]> = {
  red: [255, 0, 0],
  orange: [255, 140, 0],
  yellow: [255, 255, 0],
  green: [0, 170, 0],
  cyan: [0, 220, 220],
  blue: [0, 80, 255],
  purple: [140, 40, 200],
  magenta: [255, 0, 255],
  pink: [255, 105, 180],
  white: [255, 255, 255],
  black: [0, 0, 0],
  grey: [128, 128, 128],
  fuchsia: [200, 20, 120],
  rose: [255, 160, 185],
  lavender: [185, 160, 230],
  sky: [145, 225, 245],
  mint: [110, 220, 150],
  lemon: [220, 235, 90],
  sand: [200, 165, 110],
  cocoa: [110, 70, 50],
  cream: [245, 235, 220],
  forest: [20, 90, 30],
  denim: [40, 70, 130],
  violet: [120, 80, 220],
  gold: [210, 170, 40],
};
const ALSO: Record<string, string> = {
  gray: 'grey',
  lime: 'lemon',
  teal: 'cyan',
  brown: 'cocoa',
  navy: 'denim',
};

/** Nearest in `palette` (lower-case names of this table) to a colour by name or `#rrggbb`; `fallback` for a name nobody knows. */
export function nearestColour(
  colour: string,
  palette: readonly string[],
  fallback: string,
): { colour: string; exact: boolean } {
  const name = colour.trim().toLowerCase();
  const known = ALSO[name] ?? name;
  if (palette.includes(known)) return { colour: known, exact: true };
  const wanted = parts(known);
  if (!wanted) return { colour: fallback, exact: name === '' };
  let best = fallback;
  let least = Infinity;
  for (const each of palette) {
    const away = parts(each)!.reduce((sum, part, at) => sum + (part - wanted[at]!) ** 2, 0);
    if (away < least) [best, least] = [each, away];
  }
  return { colour: best, exact: false };
}

function parts(name: string): readonly number[] | null {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/.exec(name);
  if (hex) return hex.slice(1).map((part) => parseInt(part, 16));
  return Object.prototype.hasOwnProperty.call(NAMED, name) ? NAMED[name]! : null;
}
