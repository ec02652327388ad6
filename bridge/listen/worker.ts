/**
 * Listening in a worker of its own, as one classic script: a Web Worker from Chromium 88 on, and any scope whose `self` can post and
 * hear messages. A face starts it with `new Worker(…)` and speaks to it through kernel.ts.
 */
import { loadFft } from './fft.ts';
import type { FromWorker, ToWorker, Wire } from './protocol.ts';
import { serve } from './serve.ts';

serve(self as unknown as Wire<FromWorker, ToWorker>, loadFft());
