import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { geoPath } from 'd3-geo';
import { feature } from 'topojson-client';
import type { Plugin } from 'vite';
import { MAP_HEIGHT, MAP_WIDTH, projection } from '../projection.js';

/**
 * Draws the outlines of land once, at build time: a file that browsers keep. It has no borders and no countries, so the map
 * takes no side.
 */
export function landOutlines(): Plugin {
  return {
    name: 'land-outlines',
    apply: 'build',
    generateBundle() {
      if (this.environment.name !== 'client') return;
      this.emitFile({ type: 'asset', name: 'land.svg', source: drawLand() });
      const icon = new URL('../../graphiql/icon.svg', import.meta.url);
      this.emitFile({ type: 'asset', name: 'icon.svg', source: readFileSync(icon) });
    },
  };
}

function drawLand(): string {
  const file = createRequire(import.meta.url).resolve('world-atlas/land-110m.json');
  const topology: Parameters<typeof feature>[0] = JSON.parse(readFileSync(file, 'utf8'));
  const { land } = topology.objects;
  if (!land) throw new Error(`Expected outlines of land in ${file}.`);
  const path = geoPath(projection).digits(1)(feature(topology, land));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${MAP_WIDTH} ${MAP_HEIGHT}"><style>path{fill:#e7e3da}@media(prefers-color-scheme:dark){path{fill:#2c3038}}</style><path d="${path}"/></svg>`;
}
