import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { expect } from 'vitest';
import { ConfigError, loadConfig } from '../../../src/config/load.js';
import { readNotedProof } from '../../../src/verify/noted-proof.js';
import { verifyRecord } from '../../../src/verify/verify.js';
import { createDatabase } from '../../support/database.js';
import { describeWithDatabase, publishStatement, test } from '../../support/fixtures.js';
import { startTestServer } from '../../support/server.js';

const PROOF = '{ proof { position epoch hash recordedAt text signature publicKey } }';

const pem = () =>
  generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

describeWithDatabase('a proof', () => {
  test('is signed, and a record that grows continues it', async () => {
    await using database = await createDatabase();
    await using server = await startTestServer(database.location, { SIGNING_KEY: pem() });
    await publishStatement(server, 'First');
    const answer = await server.data(PROOF);
    const proof = answer['proof'];
    expect(proof).toMatchObject({ position: 2, hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    const { epoch, hash, recordedAt } = proof;
    expect(proof.text).toBe(
      `{"epoch":"${epoch}","hash":"${hash}","position":2,"recordedAt":"${recordedAt}","type":"doctrine-wire/proof/1"}`,
    );
    const key = createPublicKey(proof.publicKey);
    expect(verify(null, Buffer.from(proof.text), key, Buffer.from(proof.signature, 'base64'))).toBe(true);

    await publishStatement(server, 'Second');
    expect((await server.data(PROOF))['proof'].position).toBe(3);
    const noted = await readNotedProof(JSON.stringify({ data: answer }), undefined);
    expect((await verifyRecord(server.db, 10, noted)).comparison).toEqual({
      isContinuation: true,
      message: 'It continues the proof of position 2 (by the key in the proof).',
    });
    const other = { ...noted, hash: 'ab'.repeat(32) };
    expect((await verifyRecord(server.db, 10, other)).comparison).toMatchObject({ isContinuation: false });
    const later = { ...noted, position: 4 };
    expect((await verifyRecord(server.db, 10, later)).comparison?.message).toMatch(/it ends at position 3/);
  });

  test('is refused with an altered statement, signature or position', async () => {
    await using database = await createDatabase();
    await using server = await startTestServer(database.location, { SIGNING_KEY: pem() });
    await publishStatement(server, 'First');
    const { proof } = await server.data(PROOF);
    for (const [altered, message] of [
      [{ text: proof.text.replace('"position":2', '"position":3') }, /signature of the proof is not valid/],
      [{ signature: Buffer.alloc(64).toString('base64') }, /signature of the proof is not valid/],
      [{ position: 3 }, /are not those of its signed text/],
      [{ hash: 'ab'.repeat(32) }, /are not those of its signed text/],
      [{ publicKey: null }, /names no key/],
      [{ hash: 'nothing' }, /cannot be read/],
    ] as const) {
      await expect(readNotedProof(JSON.stringify({ ...proof, ...altered }), undefined)).rejects.toThrow(
        message,
      );
    }
    const { text: _, ...withoutText } = proof;
    await expect(readNotedProof(JSON.stringify(withoutText), undefined)).rejects.toThrow(
      /not the text that it signs/,
    );
    await expect(readNotedProof('{', undefined)).rejects.toThrow(/not JSON/);
  });

  test('has no signature without a key', async ({ server }) => {
    const { proof } = await server.data(PROOF);
    expect(proof).toMatchObject({ position: 1, signature: null, publicKey: null });
  });
});

test('a signing key of another kind is refused without being shown', () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const other = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  for (const key of [other, 'a secret']) {
    const load = () => loadConfig({ SIGNING_KEY: key });
    expect(load).toThrow(ConfigError);
    expect(load).toThrow(/SIGNING_KEY: expected an Ed25519 private key in PEM/);
    expect(load).not.toThrow(/secret|BEGIN/);
  }
  expect(loadConfig({ SIGNING_KEY: pem().replaceAll('\n', '\\n') }).signingKey?.asymmetricKeyType).toBe(
    'ed25519',
  );
});
