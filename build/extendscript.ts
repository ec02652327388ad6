/**
 * Turns the host bundle into ES3, the only JavaScript ExtendScript speaks, and refuses to build anything that is not.
 * Runs at generateBundle: Rolldown prints once more after renderChunk and would bring ES2015 shorthand back.
 */
import { transformAsync, types, type NodePath, type PluginObj } from '@babel/core';
import { parse } from 'acorn';
import type { Plugin } from 'vite';

function parenthesise(path: NodePath<types.Expression>): void {
  if (path.parentPath?.isParenthesizedExpression()) return;
  path.replaceWith(types.parenthesizedExpression(path.node));
  path.skip();
}

/**
 * ExtendScript reads `a ? b : c ? d : e` from the left, does not parse a bare conditional between `?` and `:`, and gives
 * `&&` and `||` one precedence. Babel leaves such chains behind `?.` and `??`; round brackets make both engines agree.
 */
const plainPrecedence: PluginObj = {
  visitor: {
    ConditionalExpression: {
      exit(path) {
        if (path.parentPath?.isConditionalExpression()) parenthesise(path);
      },
    },
    LogicalExpression: {
      exit(path) {
        const parent = path.parentPath;
        if (parent?.isLogicalExpression() && parent.node.operator !== path.node.operator) parenthesise(path);
      },
    },
  },
};

const options = { babelrc: false, configFile: false, sourceType: 'script', compact: false } as const;

/** ES3 text of a script, with the brackets that ExtendScript needs. Plain ASCII: the engine reads files in the system's own encoding. */
export async function toExtendScript(code: string): Promise<string> {
  const lowered = await transformAsync(code, {
    ...options,
    comments: false,
    presets: [
      ['@babel/preset-env', { targets: { ie: '6' }, modules: false, exclude: ['transform-typeof-symbol'] }],
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
  const bracketed = await transformAsync(lowered!.code!, { ...options, plugins: [() => plainPrecedence] });
  return bracketed!.code!;
}

/** Why a text is not for ExtendScript; null where it is. */
export function extendScriptProblem(code: string): string | null {
  // oxlint-disable-next-line no-control-regex -- the whole of ASCII is meant
  const foreign = /[^\x00-\x7f]/.exec(code);
  if (foreign) {
    const point = foreign[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    return `not ASCII: U+${point} at character ${foreign.index}`;
  }
  try {
    parse(code, { ecmaVersion: 3, allowReserved: 'never' });
    return null;
  } catch (error) {
    return `not ES3: ${(error as Error).message}`;
  }
}

export const extendScript: Plugin = {
  name: 'baton:extendscript',
  generateBundle: {
    order: 'post',
    async handler(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue;
        chunk.code = await toExtendScript(chunk.code);
        const problem = extendScriptProblem(chunk.code);
        if (problem) this.error(`${chunk.fileName} is ${problem}`);
      }
    },
  },
};
