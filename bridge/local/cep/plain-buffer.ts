/** Stands in for node:buffer in the desk's bundle: isUtf8 came with Node 18. */

/** Whether every byte is part of a character. */
export function isUtf8(bytes: Uint8Array): boolean {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Buffer.from(whole.toString('utf8'), 'utf8').equals(whole);
}
