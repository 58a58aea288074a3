import { defineConfig } from 'vite';

/**
 * Bundles each entry with graphql-ws and eventsource-parser: installing the package then adds no other. The host
 * libraries of the adapters stay outside.
 */
export default defineConfig({
  root: import.meta.dirname,
  build: {
    lib: {
      entry: {
        index: 'src/index.ts',
        apollo: 'src/apollo.ts',
        urql: 'src/urql.ts',
        relay: 'src/relay.ts',
        react: 'src/react.ts',
        fragments: 'src/generated/fragments.ts',
      },
      formats: ['es'],
    },
    rolldownOptions: { external: [/^@apollo\/client/, /^@urql\//, 'react', 'relay-runtime'] },
    target: 'es2022',
    minify: false, // The pages that import it minify it with their own code.
    sourcemap: true,
    reportCompressedSize: false,
  },
});
