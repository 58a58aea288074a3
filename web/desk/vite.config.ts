import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { precompress } from '../build/precompress.js';

const client = fileURLToPath(new URL('../../packages/client/src/', import.meta.url));

export default defineConfig({
  root: import.meta.dirname,
  base: '/desk/',
  plugins: [react(), precompress()],
  // The client package from its source, so that a build of the desk needs no build of the package.
  resolve: { alias: [{ find: /^@doctrine-wire\/client\/urql$/, replacement: `${client}urql.ts` }] },
  build: {
    outDir: '../../dist/desk',
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 1_000,
    reportCompressedSize: false,
    // Packages contain directives of React's compiler, which bundlers ignore.
    rolldownOptions: { checks: { moduleLevelDirective: false, pluginTimings: false } },
  },
});
