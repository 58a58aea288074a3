import { read } from '../database/read.js';
import type { Viewer } from '../domain/access.js';
import { addCitation } from '../domain/development/evidence/citations.js';
import { rankClaim } from '../domain/development/evidence/claims.js';
import { findView } from '../domain/development/read/view.js';
import { linkDevelopments } from '../domain/development/write/links.js';
import { recordDevelopment } from '../domain/development/write/record.js';
import { IdempotencyKeyReusedError } from '../domain/errors.js';
import { upsertActor } from '../domain/references/actor.js';
import { upsertDoctrine } from '../domain/references/doctrine.js';
import { upsertSource } from '../domain/references/source.js';
import { upsertTopic } from '../domain/references/topic.js';
import { upsertTreaty } from '../domain/references/treaty.js';
import type { Upsert } from '../domain/references/upsert.js';
import { upsertWeaponSystem } from '../domain/references/weapon-system.js';
import type { Writer } from '../domain/write.js';
import { Prisma } from '../generated/prisma/client.js';
import { ACTORS } from './actors.js';
import { DEVELOPMENTS } from './developments.js';
import { openHistory, type WriterAt } from './history.js';
import { LINKS } from './links.js';
import { SOURCES } from './sources.js';
import { addressDateCorrected } from './statements-putin.js';
import { DOCTRINES, TREATIES, WEAPON_SYSTEMS } from './subjects.js';
import { TIMELINE_LINKS } from './timeline/links.js';
import { TIMELINE_ACTORS, TIMELINE_TOPICS, TIMELINE_WEAPON_SYSTEMS } from './timeline/references.js';
import { TIMELINE_SOURCES } from './timeline/sources.js';
import { TOPICS } from './topics.js';

/** Those of the wider timeline are last, so that a record of an earlier release is completed. */
const ALL_LINKS = [...LINKS, ...TIMELINE_LINKS];

const REASON = 'Part of the example record';

/** Loads the example into an empty record, or completes an interrupted load. Leaves other records alone. */
export async function seedDossier(writer: Writer): Promise<void> {
  const { db, editor } = writer;
  const last = ALL_LINKS.at(-1);
  const keys = await read<{ key: string }>(
    db,
    Prisma.sql`SELECT key FROM idempotency_key WHERE editor = ${editor}`,
  );
  const isComplete = last !== undefined && keys.some(({ key }) => key === linkKey(last));
  const isForeign = keys.length === 0 && (await db.development.count()) > 0;
  if (!isComplete && !isForeign) await loadDossier(writer);
}

/**
 * Writes the example record: references, developments in the order of events, a correction, and links.
 *
 * Each write has an idempotency key, which belongs to an editor. A second call with the same
 * `writer.editor` adds only what is missing, and keeps later changes by editors.
 *
 * @throws {SlugTakenError} If another development in the record has one of the slugs.
 */
export async function loadDossier(writer: Writer): Promise<void> {
  const writerAt = await openHistory(writer);
  await writeReferences(writerAt);
  for (const [index, { kind, input }] of DEVELOPMENTS.entries()) {
    const options = { publish: true, reason: REASON, idempotencyKey: `dossier:${input.slug}` };
    await once(recordDevelopment(writerAt('developments', index), kind, input, options));
  }
  await correctAddressDate(writerAt('correction', 0), writerAt('correction', 1));
  for (const [index, { from, ...link }] of ALL_LINKS.entries()) {
    const options = { reason: REASON, idempotencyKey: linkKey({ from, ...link }) };
    await once(linkDevelopments(writerAt('links', index), from, link, options));
  }
}

const linkKey = ({ from, relation, to }: { from: string; relation: string; to: string }) =>
  `dossier:${from}:${relation}:${to}`;

/**
 * Sources and actors come first, because the others refer to them. Types share slugs, so keys contain the
 * type.
 */
async function writeReferences(writerAt: WriterAt): Promise<void> {
  let index = 0;
  const writeAll = async <Input extends { readonly slug: string }>(
    upsert: Upsert<Input>,
    type: string,
    inputs: readonly Input[],
  ) => {
    for (const input of inputs) {
      const options = { reason: REASON, idempotencyKey: `dossier:${type}:${input.slug}` };
      await once(upsert(writerAt('references', index), input, options));
      index += 1;
    }
  };
  await writeAll(upsertSource, 'source', [...SOURCES, ...TIMELINE_SOURCES]);
  await writeAll(upsertActor, 'actor', [...ACTORS, ...TIMELINE_ACTORS]);
  await writeAll(upsertTopic, 'topic', [...TOPICS, ...TIMELINE_TOPICS]);
  await writeAll(upsertTreaty, 'treaty', TREATIES);
  await writeAll(upsertWeaponSystem, 'weapon-system', [...WEAPON_SYSTEMS, ...TIMELINE_WEAPON_SYSTEMS]);
  await writeAll(upsertDoctrine, 'doctrine', DOCTRINES);
}

/** Adds the date of the transcript as a claim, then prefers it. */
async function correctAddressDate(finding: Writer, correcting: Writer): Promise<void> {
  const { slug, found, corrected } = addressDateCorrected;
  const keyOf = (step: string) => `dossier:${slug}:${step}`;
  const { reason } = found;
  await once(
    addCitation(finding, slug, found.citation, { reason, idempotencyKey: keyOf('transcript-found') }),
  );
  const view = await findView(finding.db, WRITER, undefined, slug);
  const claim = view?.content.claims.find(({ value }) => value === corrected.date);
  if (!claim) return; // Editors have changed it since.
  const rank = { claim: claim.id, rank: 'PREFERRED' } as const;
  const options = { reason: corrected.reason, idempotencyKey: keyOf('date-corrected') };
  await once(rankClaim(correcting, slug, rank, options));
}

/** The loader has the view of an editor. */
const WRITER: Viewer = { role: 'EDITOR', name: null };

/** Ignores a reused key: an earlier release wrote the same with other words. */
async function once(writing: Promise<unknown>): Promise<void> {
  try {
    await writing;
  } catch (error) {
    if (!(error instanceof IdempotencyKeyReusedError)) throw error;
  }
}
