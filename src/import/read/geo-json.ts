import type { ByteSource } from '../../files/lines.js';
import { JsonPath } from '../mapping/values/json-path.js';
import { readJsonRows } from './json-document.js';
import type { Row } from './row.js';

const FEATURES = new JsonPath('$.features[*]');

/**
 * Reads the features of a GeoJSON file. Each gets a key `centre` with `latitude` and `longitude`: its point, or the middle of
 * its bounds. A feature without a geometry, or across the antimeridian, has none.
 */
export async function* readGeoJson(
  source: ByteSource,
  onChunk: (chunk: Uint8Array) => void,
  path: JsonPath = FEATURES,
): AsyncGenerator<Row> {
  for await (const row of readJsonRows(source, onChunk, path)) {
    const centre = row.defect ? undefined : centreOf(row.values['geometry']);
    yield centre === undefined || 'centre' in row.values
      ? row
      : { ...row, values: { ...row.values, centre } };
  }
}

function centreOf(geometry: unknown): { readonly latitude: number; readonly longitude: number } | undefined {
  const points = [...pointsIn(geometry)];
  if (points.length === 0) return undefined;
  const middle = (axis: 0 | 1) => {
    const values = points.map((point) => point[axis]);
    const [low, high] = values.reduce(
      ([least, most], value) => [Math.min(least, value), Math.max(most, value)],
      [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
    );
    return { middle: (low + high) / 2, width: high - low };
  };
  const [longitude, latitude] = [middle(0), middle(1)];
  if (longitude.width > 180) return undefined;
  return { latitude: rounded(latitude.middle), longitude: rounded(longitude.middle) };
}

/** To some ten centimetres. */
const rounded = (degrees: number) => Math.round(degrees * 1e6) / 1e6;

/** Finds the positions in a geometry, however deep they lie. */
function* pointsIn(part: unknown): Generator<readonly [longitude: number, latitude: number]> {
  if (Array.isArray(part)) {
    const [longitude, latitude] = part as unknown[];
    if (typeof longitude === 'number' && typeof latitude === 'number') yield [longitude, latitude];
    else for (const inner of part) yield* pointsIn(inner);
  } else if (typeof part === 'object' && part !== null) {
    if ('coordinates' in part) yield* pointsIn(part.coordinates);
    if ('geometries' in part) yield* pointsIn(part.geometries);
  }
}
