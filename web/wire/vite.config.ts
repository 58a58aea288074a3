import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { precompress } from '../build/precompress.js';
import { landOutlines } from './build/land-outlines.js';

const client = fileURLToPath(new URL('../../packages/client/src/', import.meta.url));

/** Builds the page twice: for browsers, and for the server, which renders it. All libraries are in the bundles. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/wire/',
  plugins: [react(), landOutlines(), precompress()],
  // The client package from its source, so that a build of the page needs no build of the package.
  resolve: { alias: [{ find: /^@doctrine-wire\/client\/urql$/, replacement: `${client}urql.ts` }] },
  environments: {
    client: {
      build: {
        outDir: '../../dist/wire/client',
        emptyOutDir: true,
        manifest: true,
        target: 'es2022',
        reportCompressedSize: false,
        rolldownOptions: { input: ['boot.ts', 'main.tsx', 'embed.tsx'] },
      },
    },
    ssr: {
      resolve: { noExternal: true },
      define: { 'process.env.NODE_ENV': '"production"' },
      build: {
        ssr: true,
        outDir: '../../dist/wire/server',
        emptyOutDir: true,
        target: 'node20',
        minify: false,
        rolldownOptions: { input: 'server.tsx' },
      },
    },
  },
  builder: {
    buildApp: async (builder) => {
      for (const environment of Object.values(builder.environments)) await builder.build(environment);
    },
  },
});
