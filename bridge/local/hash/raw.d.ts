/** What Vite and Vitest make of `import text from './file?raw'`: the file's own text. */
declare module '*?raw' {
  const text: string;
  export default text;
}
