import { readFullHead } from '../../feed/head.js';
import { type Proof, proofOf } from '../../feed/proof.js';
import { builder } from '../builder.js';

const ProofRef = builder.objectRef<Proof>('Proof').implement({
  description:
    'The end of the hash chain over all published changes. Note it: `doctrine-wire verify --against` tells later whether the record, or an export, still has this history. Without a signature you rely on your own note.',
  fields: (t) => ({
    position: t.exposeInt('position', {
      description: 'The latest position in the feed, from 1. 0 in an empty record.',
    }),
    epoch: t.exposeString('epoch', { description: 'The epoch of the record: another one after a restore.' }),
    hash: t.exposeString('hash', {
      description:
        'The hash of the latest change: SHA-256 in hexadecimal. It covers the hash before it, and so every change before.',
    }),
    recordedAt: t.expose('recordedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'The time of the latest change. Null in an empty record.',
    }),
    text: t.exposeString('text', {
      description: 'The same as canonical JSON (RFC 8785). The signature signs its UTF-8 bytes.',
    }),
    signature: t.exposeString('signature', {
      nullable: true,
      description:
        'The Ed25519 signature (RFC 8032) of `text`, in base64. Null if the server has no signing key.',
    }),
    publicKey: t.exposeString('publicKey', {
      nullable: true,
      description:
        'The public key in PEM. Compare it with one that you have from elsewhere. Null if the server has no signing key.',
    }),
  }),
});

builder.queryField('proof', (t) =>
  t.field({
    type: ProofRef,
    nullable: true,
    description: 'A statement about the whole history of the record, to be checked later.',
    resolve: async (_root, _args, { db, signingKey }) => proofOf(await readFullHead(db), signingKey),
  }),
);
