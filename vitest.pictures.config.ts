/** `npm run pictures`: makes the pictures in docs/images/ from the panel itself, on the example handoff. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { include: ['test/browser/pictures.ts'], globalSetup: ['test/build-once.ts'], testTimeout: 120_000 },
});
