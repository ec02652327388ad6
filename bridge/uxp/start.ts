/** What the plugin's page runs. */
import { fillGaps } from './gaps.ts';
import { startPlugin } from './plugin.ts';

fillGaps();

const { require: load } = globalThis as unknown as { require: (name: string) => unknown };
startPlugin(window, load);
