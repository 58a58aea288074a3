import { insertMany, type SqlTransaction } from '../../../database/bulk-write.js';
import type { Transaction } from '../../../database/open.js';
import type { DevelopmentStatus } from '../../../generated/prisma/client.js';
import { asDate } from '../../dates/fuzzy-date.js';
import { type DevelopmentContent, kindOf } from '../content/content.js';
import { isDisputed } from '../evidence/disputes.js';

/** The state of a development, from which its row is made. */
export interface DevelopmentState {
  readonly id: string;
  readonly revision: number;
  readonly status: DevelopmentStatus;
  readonly recordedAt: Date;
  readonly publishedAt: Date | null;
  /** When its newest revision was recorded. */
  readonly changedAt: Date;
  readonly content: DevelopmentContent;
}

/** Inserts the rows of new developments, with one statement for each table. */
export async function insertRows(tx: SqlTransaction, states: readonly DevelopmentState[]): Promise<void> {
  await insertMany(
    tx,
    'development',
    states.map((state) => ({ id: state.id, ...rowOf(state) })),
  );
  await insertMany(
    tx,
    'development_slug',
    states.map(({ id, content }) => ({ slug: content.slug, developmentId: id })),
  );
  await insertMany(
    tx,
    'external_id',
    states.flatMap(({ id, content }) =>
      content.externalIds.map(({ dataset, value }) => ({ dataset, value, developmentId: id })),
    ),
  );
}

/** Updates the row of a development. Its earlier slugs are kept. */
export async function updateRows(
  tx: Transaction,
  state: DevelopmentState,
  changed: readonly string[],
): Promise<void> {
  await tx.development.update({ where: { id: state.id }, data: rowOf(state) });
  if (!changed.includes('slug')) return;
  const slug = { slug: state.content.slug, developmentId: state.id };
  await tx.developmentSlug.upsert({ where: { slug: slug.slug }, create: slug, update: slug });
}

/** Returns the columns that filters and orders use. */
export function rowOf({ revision, status, recordedAt, publishedAt, changedAt, content }: DevelopmentState) {
  const { detail, participants, citations, links } = content;
  const places = detail.kind === 'EVENT' ? detail.places : [];
  const said = detail.kind === 'STATEMENT' ? detail : null;
  const changed = detail.kind === 'DOCTRINE_CHANGE' ? [detail.doctrineId] : [];
  return {
    slug: content.slug,
    revision,
    status,
    recordedAt,
    publishedAt,
    changedAt,
    kind: kindOf(content),
    confidence: content.confidence,
    disputed: isDisputed(content.claims),
    occurredEarliest: asDate(content.occurred.earliest),
    occurredLatest: asDate(content.occurred.latest),
    eventType: detail.kind === 'EVENT' ? detail.type : null,
    changeType: detail.kind === 'DOCTRINE_CHANGE' ? detail.changeType : null,
    actorIds: distinct(participants.map(({ actorId }) => actorId)),
    parts: participants.map(({ role, actorId }) => `${role}:${actorId}`),
    placeCountries: distinct(places.flatMap(({ countryCode }) => countryCode ?? [])),
    topicIds: [...content.topicIds],
    treatyIds: [...content.treatyIds],
    weaponSystemIds: [...content.weaponSystemIds],
    doctrineIds: distinct([...content.doctrineIds, ...changed]),
    sourceIds: distinct(citations.map(({ sourceId }) => sourceId)),
    links: links.map(({ relation, toId }) => `${relation}:${toId}`),
    headline: content.headline,
    summary: content.summary,
    quotation: said?.quotation ?? null,
    translation: said?.translation ?? null,
    particulars: particularsOf(content),
  };
}

/** Returns the short texts that a search finds beside headlines and prose, one a line; null without any. */
function particularsOf({ detail, citations, externalIds }: DevelopmentContent): string | null {
  const places = detail.kind === 'EVENT' ? detail.places.map(({ name }) => name) : [];
  const locators = citations.flatMap(({ locator }) => locator ?? []);
  const lines = [...places, ...locators, ...externalIds.map(({ value }) => value)];
  return lines.length === 0 ? null : lines.join('\n');
}

const distinct = (values: readonly string[]) => [...new Set(values)];
