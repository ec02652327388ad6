/**
 * Turns the host bundle into ES3, the only JavaScript ExtendScript speaks, and refuses to build anything that is not.
 * Runs at generateBundle: Rolldown prints once more after renderChunk and would bring ES2015 shorthand back.
 */
import { transformAsync } from '@babel/core';
import { parse } from 'acorn';
import type { Plugin } from 'vite';

export const extendScript: Plugin = {
  name: 'baton:extendscript',
  generateBundle: {
    order: 'post',
    async handler(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue;
        const out = await transformAsync(chunk.code, {
          babelrc: false,
          configFile: false,
          sourceType: 'script',
          compact: false,
          presets: [
            [
              '@babel/preset-env',
              { targets: { ie: '6' }, modules: false, exclude: ['transform-typeof-symbol'] },
            ],
          ],
          assumptions: {
            iterableIsArray: true,
            objectRestNoSymbols: true,
            setSpreadProperties: true,
            setComputedProperties: true,
            ignoreFunctionLength: true,
            mutableTemplateObject: true,
            ignoreToPrimitiveHint: true,
            noDocumentAll: true,
          },
        });
        chunk.code = out!.code!;
        try {
          parse(chunk.code, { ecmaVersion: 3, allowReserved: 'never' });
        } catch (error) {
          this.error(`${chunk.fileName} is not ES3: ${(error as Error).message}`);
        }
      }
    },
  },
};
