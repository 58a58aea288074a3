import type { Transaction } from '../../../database/open.js';
import type { DevelopmentStatus } from '../../../generated/prisma/client.js';
import { asDate } from '../../dates/fuzzy-date.js';
import { type IndexedText, SEARCHED, vectorOf } from '../../search/vector.js';
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
  /** A hash of the row of a data set that it is made from. */
  readonly said?: string | undefined;
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
    words: vectorOf(textsOf(content)),
    idWords: vectorOf(content.externalIds.map(({ value }) => ({ text: value, weight: 'D' }))),
  };
}

/** Returns the texts that a search finds. Phrases are found in the first of them when there are too many words. */
function textsOf({ headline, summary, detail, citations }: DevelopmentContent): IndexedText[] {
  const english = { language: 'en', isProse: true };
  const brief = [
    ...(detail.kind === 'EVENT' ? detail.places.map(({ name }) => name) : []),
    ...citations.flatMap(({ locator }) => locator ?? []),
  ];
  const said = detail.kind === 'STATEMENT' ? detail : null;
  return [
    { text: headline, weight: 'A', ...english },
    { text: summary, weight: 'B', ...english },
    ...brief.map((text): IndexedText => ({ text, weight: 'D' })),
    { text: said?.translation?.slice(0, SEARCHED) ?? '', weight: 'C', ...english },
    {
      text: said?.quotation?.slice(0, SEARCHED) ?? '',
      weight: 'C',
      language: said?.originalLanguage ?? undefined,
    },
  ];
}

const distinct = (values: readonly string[]) => [...new Set(values)];
