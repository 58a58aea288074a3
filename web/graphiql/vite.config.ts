import { createHash } from 'node:crypto';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { precompress } from '../build/precompress.js';

const base = '/graphql/';

export default defineConfig({
  root: import.meta.dirname,
  base,
  plugins: [react(), styles(), precompress()],
  worker: { format: 'es' },
  build: {
    outDir: '../../dist/graphiql',
    emptyOutDir: true,
    target: 'es2023',
    chunkSizeWarningLimit: 5000, // Monaco is one large chunk, which browsers cache for a year.
    reportCompressedSize: false,
    // Packages contain directives of React's compiler, which bundlers ignore.
    rolldownOptions: { checks: { moduleLevelDirective: false, pluginTimings: false } },
  },
});

/**
 * Shrinks the styles: drops Monaco's style sheets, which graphiql/style.css already includes, and moves inlined
 * fonts into files, so that browsers load only the alphabets they show.
 */
function styles(): Plugin {
  return {
    name: 'styles',
    apply: 'build',
    enforce: 'pre',
    load: (id) => (/\/monaco-editor\/.*\.css$/.test(id) ? '' : null),
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== 'asset' || !file.fileName.endsWith('.css')) continue;
        file.source = String(file.source).replace(
          /data:font\/(\w+);base64,([\w+/=]+)/g,
          (_match, extension: string, base64: string) => {
            const source = Buffer.from(base64, 'base64');
            const hash = createHash('sha256').update(source).digest('base64url').slice(0, 8);
            const fileName = `assets/font-${hash}.${extension}`;
            if (!(fileName in bundle)) this.emitFile({ type: 'asset', fileName, source });
            return base + fileName;
          },
        );
      }
    },
  };
}
