/**
 * A Node that lacks what CEP's Node 15.9 lacks: loads one CommonJS file named on the command line and calls its functions,
 * asked in lines of JSON on stdin. `require` knows no `node:`, no threads and nothing outside Node itself.
 */
const Module = require('module');
const { createInterface } = require('readline');
const fs = require('fs');

const lines = createInterface({ input: process.stdin });
const say = (answer) => process.stdout.write(`${JSON.stringify(answer)}\n`);

const LATER = [
  [Array.prototype, ['at', 'findLast', 'findLastIndex', 'toSorted', 'toReversed', 'toSpliced', 'with']],
  [String.prototype, ['at', 'isWellFormed', 'toWellFormed']],
  [
    Object.getPrototypeOf(Uint8Array.prototype),
    ['at', 'findLast', 'findLastIndex', 'toSorted', 'toReversed', 'with'],
  ],
  [Object, ['hasOwn', 'groupBy']],
  [Map, ['groupBy']],
  [Array, ['fromAsync']],
  [Promise, ['withResolvers', 'try']],
  [AbortSignal, ['timeout', 'any', 'abort']],
  [AbortSignal.prototype, ['throwIfAborted', 'reason']],
  [
    globalThis,
    [
      'structuredClone',
      'fetch',
      'Headers',
      'Request',
      'Response',
      'FormData',
      'Blob',
      'File',
      'performance',
      'atob',
      'btoa',
      'BroadcastChannel',
      'crypto',
      'navigator',
      'WebSocket',
    ],
  ],
  [fs, ['cp', 'cpSync', 'statfs', 'openAsBlob', 'glob']],
  [fs.promises, ['cp', 'statfs', 'glob', 'constants']],
  [require('buffer'), ['isUtf8', 'isAscii', 'transcode']],
  [require('util'), ['parseArgs', 'styleText', 'stripVTControlCharacters']],
  [require('os'), ['availableParallelism']],
];
for (const [owner, names] of LATER) for (const name of names) delete owner[name];

for (const place of [fs, fs.promises]) {
  const { readdir } = place;
  place.readdir = (path, options, ...rest) => {
    if (options && options.recursive) throw new Error('readdir knows no "recursive" before Node 18.17');
    return readdir.call(place, path, options, ...rest);
  };
}

const NOT_THERE = ['worker_threads', 'diagnostics_channel', 'readline/promises', 'test', 'sqlite', 'sea'];
const load = Module._load;
Module._load = function (name, parent, isMain) {
  const known = Module.builtinModules.includes(name) && !NOT_THERE.includes(name);
  if (!known && parent)
    throw Object.assign(new Error(`Cannot find module '${name}'`), { code: 'MODULE_NOT_FOUND' });
  return load.call(this, name, parent, isMain);
};

const [path] = process.argv.slice(2);
const wanted = new Module(path, null);
wanted.filename = path;
wanted.paths = [];
wanted._compile(fs.readFileSync(path, 'utf8'), path);
const kinds = Object.entries(wanted.exports).map(([name, value]) => [
  name,
  typeof value === 'function' ? null : value,
]);
say({ exports: kinds });

lines.on('line', (line) => {
  const { id, name, args } = JSON.parse(line);
  Promise.resolve()
    .then(() => wanted.exports[name](...args))
    .then(
      (value) => say({ id, value }),
      (error) => say({ id, error: String((error && error.stack) || error) }),
    );
});
