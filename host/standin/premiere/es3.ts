/**
 * A JavaScript world with nothing in it that ExtendScript lacks: no JSON, none of the functions that came after ES3. What
 * leaks past the compiler fails here as it would in Premiere.
 */
import { createContext, runInContext, type Context } from 'node:vm';

const GLOBALS =
  'Object Function Array String Boolean Number Date RegExp Error EvalError RangeError ReferenceError SyntaxError TypeError ' +
  'URIError Math NaN Infinity undefined eval parseInt parseFloat isNaN isFinite decodeURI decodeURIComponent encodeURI ' +
  'encodeURIComponent escape unescape';

const OBJECT =
  'constructor hasOwnProperty isPrototypeOf propertyIsEnumerable toLocaleString toString valueOf';

/** Own names that may stay, by where they stand. RegExp's prototype is left whole: `replace` itself works through it. */
const KEPT: Record<string, string> = {
  'Object.prototype': OBJECT,
  'Function.prototype': 'constructor apply call toString length name arguments caller',
  'Array.prototype':
    'constructor length concat join pop push reverse shift slice sort splice unshift toString toLocaleString',
  'String.prototype':
    'constructor length charAt charCodeAt concat indexOf lastIndexOf localeCompare match replace search slice split substr ' +
    'substring toLowerCase toUpperCase toLocaleLowerCase toLocaleUpperCase toString valueOf',
  'Number.prototype': 'constructor toExponential toFixed toLocaleString toPrecision toString valueOf',
  Object: 'length name prototype',
  Function: 'length name prototype',
  Array: 'length name prototype',
  String: 'length name prototype fromCharCode',
  Number: 'length name prototype MAX_VALUE MIN_VALUE NaN NEGATIVE_INFINITY POSITIVE_INFINITY',
  Date: 'length name prototype parse UTC',
  Error: 'length name prototype',
  Math: 'E LN10 LN2 LOG2E LOG10E PI SQRT1_2 SQRT2 abs acos asin atan atan2 ceil cos exp floor log max min pow random round sin sqrt tan',
};

/** Runs inside the new world; its own tools are taken first, as they are about to go. */
const STRIP = `(function (globals, kept) {
  var names = Object.getOwnPropertyNames, symbol = Symbol.iterator, world = globalThis, places = [], i, j;
  for (var place in kept) places.push([place, eval(place)]);
  for (i = 0; i < places.length; i++) {
    var keep = ' ' + kept[places[i][0]] + ' ', own = names(places[i][1]);
    for (j = 0; j < own.length; j++) if (keep.indexOf(' ' + own[j] + ' ') < 0) delete places[i][1][own[j]];
  }
  delete Array.prototype[symbol];
  delete String.prototype[symbol];
  delete Date.prototype.toISOString;
  delete Date.prototype.toJSON;
  var all = names(world);
  for (i = 0; i < all.length; i++) if ((' ' + globals + ' ').indexOf(' ' + all[i] + ' ') < 0) delete world[all[i]];
})`;

export function es3World(): Context {
  const world = createContext({});
  const strip = runInContext(STRIP, world) as (globals: string, kept: Record<string, string>) => void;
  strip(GLOBALS, KEPT);
  return world;
}
