/** As much of WebAssembly as fft.ts uses: Node has it, and its types say nothing of it. Merges with the DOM's where that is there. */
declare namespace WebAssembly {
  interface Memory {
    readonly buffer: ArrayBuffer;
    grow(delta: number): number;
  }
  function validate(bytes: Uint8Array<ArrayBuffer>): boolean;
  function instantiate(
    bytes: Uint8Array<ArrayBuffer>,
    imports: object,
  ): Promise<{ instance: { exports: object } }>;
}
