/**
 * Reads files in a thread of their own and hashes what it reads, several ways at once where asked. Plain JavaScript, because its text is
 * carried inside the bundle and run from there: a bundle of one file has no second file to start a thread from.
 *
 * workerData: { hashWasm: path of the hash-wasm package, block: bytes }
 * in:  { id, file, engines: [{ crypto: name } | { wasm: name }] }
 * out: { id, bytes } while it reads; { id, bytes, digests: [hex], size, mtime } at the end; { id, problem: { code, message } }
 */
const { parentPort, workerData } = require('node:worker_threads');
const { createHash } = require('node:crypto');
const { closeSync, fstatSync, openSync, readSync } = require('node:fs');

/** Progress is told at most this often (ms). */
const TELL_EVERY = 50;
const block = Buffer.allocUnsafeSlow(workerData.block);
const made = new Map();
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
const tell = (message) => parentPort.postMessage(message);

async function engine({ crypto, wasm }) {
  if (crypto) return createHash(crypto);
  if (!made.has(wasm)) made.set(wasm, await require(workerData.hashWasm)[wasm]());
  return made.get(wasm).init();
}

function read(id, file, engines) {
  const handle = openSync(file, 'r');
  try {
    let bytes = 0;
    let told = performance.now();
    for (;;) {
      const length = readSync(handle, block, 0, block.length, null);
      if (length === 0) break;
      const piece = length === block.length ? block : block.subarray(0, length);
      for (const each of engines) each.update(piece);
      bytes += length;
      const now = performance.now();
      if (now - told < TELL_EVERY) continue;
      told = now;
      tell({ id, bytes });
    }
    const { size, mtimeNs } = fstatSync(handle, { bigint: true });
    const digests = engines.map((each) => each.digest('hex'));
    tell({ id, bytes, digests, size, mtime: mtimeNs });
  } finally {
    closeSync(handle);
  }
}

parentPort.on('message', async ({ id, file, engines }) => {
  try {
    read(id, file, await Promise.all(engines.map(engine)));
  } catch (error) {
    tell({ id, problem: { code: error.code, message: error.message } });
  }
});
