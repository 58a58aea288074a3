import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** Replaces each tagged document by what relay-compiler made of it, as Babel's plugin for Relay does. */
const relay: Plugin = {
  name: 'relay',
  enforce: 'pre',
  transform(code, id) {
    if (!/src\/[^/]+\.tsx?$/.test(id)) return null;
    const names = new Set<string>();
    const replaced = code.replaceAll(
      /graphql`\s*(?:query|fragment|subscription)\s+(\w+)[^`]*`/g,
      (_, name) => {
        names.add(name);
        return `${name}Artifact`;
      },
    );
    const imports = [...names].map(
      (name) => `import ${name}Artifact from './__generated__/${name}.graphql';`,
    );
    return { code: `${imports.join('')}${replaced}`, map: null };
  },
};

export default defineConfig({ root: import.meta.dirname, plugins: [relay, react()] });
