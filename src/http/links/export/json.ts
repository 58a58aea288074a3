import { parseNodeId } from '../../../graphql/node-id.js';
import type { ExportFormat } from './format.js';
import type { Place, Row } from './rows.js';

/** Returns a development for readers of JSON. */
function recordOf({ id, slug, ...rest }: Row, site: string) {
  return { id: parseNodeId(id).id, slug, url: `${site}/d/${slug}`, ...rest };
}

/** A JSON object a line. */
export const NDJSON: ExportFormat = {
  path: '/export.ndjson',
  type: 'application/x-ndjson; charset=utf-8',
  own: [],
  create: (_search, site) => ({
    begin: '',
    row: (row) => `${JSON.stringify(recordOf(row, site))}\n`,
    end: '',
    cutOff: (error) => `${JSON.stringify({ error })}\n`,
  }),
};

/** GeoJSON (RFC 7946): a feature for each development. Those without coordinates have no geometry. */
export const GEOJSON: ExportFormat = {
  path: '/export.geojson',
  type: 'application/geo+json',
  own: [],
  create: (_search, site) => ({
    begin: '{"type":"FeatureCollection","features":[',
    row: (row, isFirst) => `${isFirst ? '' : ','}\n${JSON.stringify(featureOf(row, site))}`,
    end: '\n]}\n',
    // Not closed: who reads the file as JSON must not take it for the whole.
    cutOff: (error) => `\n${JSON.stringify({ error })}\n`,
  }),
};

function featureOf(row: Row, site: string) {
  const { id, ...properties } = recordOf(row, site);
  return { type: 'Feature', id, geometry: geometryOf(row.places ?? []), properties };
}

function geometryOf(places: readonly Place[]) {
  const positions = places.flatMap(({ longitude, latitude }) =>
    longitude === null || latitude === null ? [] : [[longitude, latitude]],
  );
  if (positions.length === 0) return null;
  return positions.length === 1
    ? { type: 'Point', coordinates: positions[0] }
    : { type: 'MultiPoint', coordinates: positions };
}
