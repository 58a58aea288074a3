import { validate, version } from 'uuid';
import { expect, test } from 'vitest';
import { newBytes, newId } from '../../src/domain/new-id.js';

test('ids are UUIDv7s that ascend in the order in which they are made', () => {
  const ids = Array.from({ length: 20_000 }, newId);
  expect(ids.every((id) => validate(id) && version(id) === 7)).toBe(true);
  expect(ids).toEqual([...new Set(ids)].sort());
});

test('random bytes are given once, across the ends of the pool', () => {
  const parts = Array.from({ length: 2_000 }, () => newBytes(24));
  const taken = parts.map((part) => part.toString('hex'));
  expect(new Set(taken).size).toBe(2_000);
  expect(taken.every((hex) => hex.length === 48)).toBe(true);
  // A later part does not overwrite an earlier one.
  expect(parts.map((part) => part.toString('hex'))).toEqual(taken);
});
