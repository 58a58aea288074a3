import { defineConfig } from 'vite';

/** Bundles each entry with graphql-ws and eventsource-parser: installing the package then adds no other. */
export default defineConfig({
  root: import.meta.dirname,
  build: {
    lib: {
      entry: { index: 'src/index.ts' },
      formats: ['es'],
    },
    target: 'es2022',
    minify: false, // The pages that import it minify it with their own code.
    sourcemap: true,
    reportCompressedSize: false,
  },
});
