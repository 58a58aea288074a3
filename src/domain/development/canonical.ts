/**
 * A value as JSON with the keys of its objects in alphabetical order: two texts are equal where the
 * values are. Both sides went through the same code or through jsonb, which orders keys its own way.
 */
export function canonical(value: unknown): string {
  return JSON.stringify(value ?? null, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
