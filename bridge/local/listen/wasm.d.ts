/** What Vite and Vitest make of `import wasm from './file.wasm?url&inline'`: the file's bytes as a data URL. */
declare module '*.wasm?url&inline' {
  const url: string;
  export default url;
}
