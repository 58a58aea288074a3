import pg from 'pg';
import { expect, test } from 'vitest';
import { DatabaseUnavailableError, isUnavailable } from '../../src/database/unavailable.js';

const withCode = (code: string) => Object.assign(new pg.DatabaseError('refused', 1, 'error'), { code });

test('a database that is away is told from one that refuses, by classes and codes', () => {
  const away = [
    'ECONNREFUSED',
    'ECONNRESET',
    '08006',
    '08P01',
    '57P01',
    '57P03',
    '53300',
    '53100',
    '25006',
    'P1001',
  ];
  expect(away.filter((code) => !isUnavailable(withCode(code)))).toEqual([]);
  const here = ['23505', '57014', '22P02', '40001', '42P01', 'ENOENT', 'P2002'];
  expect(here.filter((code) => isUnavailable(withCode(code)))).toEqual([]);
  expect(isUnavailable(new Error('connect ECONNREFUSED'))).toBe(false);
  expect(isUnavailable(undefined)).toBe(false);
});

test('a database that is away is found among the causes of an error, as Prisma nests them', () => {
  const nested = new Error('outer', { cause: new DatabaseUnavailableError('silent') });
  const byPrisma = { code: 'P2010', meta: { driverAdapterError: { cause: { originalCode: '57P01' } } } };
  const bySocket = { code: 'P2010', meta: { driverAdapterError: { cause: { kind: 'ConnectionClosed' } } } };
  expect([nested, byPrisma, bySocket].map(isUnavailable)).toEqual([true, true, true]);
});
