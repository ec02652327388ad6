/** A WebView's two ends in memory, for the tests of what a UXP plugin and its panel say to each other. */
import type { Endpoint } from '../../bridge/uxp/bridge.ts';

/** Two ends of one wire: what goes over it is JSON, and arrives later. `lose` says which messages never do. */
export function wire({ lose = () => false }: { lose?: (message: unknown) => boolean } = {}) {
  const heard: [Set<(message: unknown) => void>, Set<(message: unknown) => void>] = [new Set(), new Set()];
  const end = (here: 0 | 1): Endpoint => ({
    post(message) {
      const text = JSON.stringify(message);
      if (lose(message)) return;
      setTimeout(() => heard[here === 0 ? 1 : 0].forEach((listener) => listener(JSON.parse(text))), 0);
    },
    hear(listener) {
      heard[here].add(listener);
      return () => heard[here].delete(listener);
    },
  });
  const inject = (message: unknown) => heard[0].forEach((listener) => listener(message));
  return { page: end(0), plugin: end(1), inject };
}
