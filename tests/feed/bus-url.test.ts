import { expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load.js';

test('accepts a BUS_URL that names a NATS server', () => {
  for (const url of ['nats://127.0.0.1:4222', 'tls://user:secret@bus.example.org', 'nats://[::1]:4222/']) {
    expect(loadConfig({ BUS_URL: url }).busUrl).toBe(url);
  }
  expect(loadConfig({}).busUrl).toBeUndefined();
});

test.each([
  'redis://127.0.0.1',
  'nats://',
  'nats:4222',
  '127.0.0.1:4222',
  'nats://host:70000',
  'nats://host/subject',
])('BUS_URL %s is refused with what is expected', (url) => {
  expect(() => loadConfig({ BUS_URL: url })).toThrow(
    '  BUS_URL: expected nats://host:port or tls://host:port',
  );
});
