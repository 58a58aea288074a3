import { expect } from 'vitest';

function expectPosition(position: unknown): void {
  expect(position).toHaveLength(2);
  const [longitude, latitude] = position as [number, number];
  expect(Math.abs(longitude)).toBeLessThanOrEqual(180); // 4: WGS 84, longitude first.
  expect(Math.abs(latitude)).toBeLessThanOrEqual(90);
}

/** Expects the rules of RFC 7946 for a collection of features with points. Returns its features. */
export function expectGeoJson(text: string): any[] {
  const collection = JSON.parse(text);
  expect(collection.type).toBe('FeatureCollection');
  expect(collection.features).toEqual(expect.any(Array)); // 3.3
  expect(collection).not.toHaveProperty('crs'); // 4
  for (const name of ['coordinates', 'geometry', 'geometries', 'properties']) {
    expect(collection).not.toHaveProperty(name); // 7.1
  }
  for (const feature of collection.features) {
    expect(feature.type).toBe('Feature'); // 3.2
    expect(feature).toHaveProperty('properties');
    expect(['string', 'number']).toContain(typeof feature.id);
    expect(feature).toHaveProperty('geometry');
    if (feature.geometry === null) continue;
    const { type, coordinates } = feature.geometry;
    if (type === 'Point')
      expectPosition(coordinates); // 3.1.2
    else {
      expect(type).toBe('MultiPoint'); // 3.1.3
      coordinates.forEach(expectPosition);
    }
  }
  return collection.features;
}
