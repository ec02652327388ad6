/** The xxHash family as a file of its own beside main.js, for the threads that hash: see bridge/local/hash/engines.ts. */
export { createXXHash128, createXXHash3, createXXHash32, createXXHash64 } from 'hash-wasm';
