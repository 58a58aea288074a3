import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Vite would take graphql's ES module and Node its CommonJS: two copies, and every `instanceof` fails.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['tests/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
