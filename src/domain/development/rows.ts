import type { Transaction } from '../../database/open.js';
import type { DevelopmentStatus } from '../../generated/prisma/client.js';
import { asDate } from '../fuzzy-date.js';
import { type DevelopmentContent, isDisputed, kindOf } from './content.js';
import { DETAIL_PARTS } from './detail-rows.js';

/** A development with what its rows are to hold. */
export interface DevelopmentState {
  readonly id: string;
  readonly revision: number;
  readonly status: DevelopmentStatus;
  readonly recordedAt: Date;
  readonly publishedAt: Date | null;
  readonly content: DevelopmentContent;
}

/** Rows beside the development's own: which fields of the content they hold, and how to write them. */
export interface Part {
  readonly fields: readonly string[];
  remove(tx: Transaction, id: string): Promise<unknown>;
  /** Inserts the rows of all the states at once: a bounded number of statements, however many states. */
  insert(tx: Transaction, states: readonly DevelopmentState[]): Promise<unknown>;
}

/** Inserts the rows of new developments: a few statements a table, however many there are. */
export async function insertRows(tx: Transaction, states: readonly DevelopmentState[]): Promise<void> {
  await tx.development.createMany({
    data: states.map((state) => ({ id: state.id, ...developmentRow(state) })),
  });
  for (const part of PARTS) await part.insert(tx, states);
}

/** Makes the rows of a development those of its new content, given the fields that changed. */
export async function updateRows(
  tx: Transaction,
  state: DevelopmentState,
  changed: readonly string[],
): Promise<void> {
  await tx.development.update({ where: { id: state.id }, data: developmentRow(state) });
  const parts = PARTS.filter(({ fields }) => fields.some((field) => changed.includes(field)));
  for (const part of parts) await part.remove(tx, state.id);
  for (const part of parts) await part.insert(tx, [state]);
}

function developmentRow({ revision, status, recordedAt, publishedAt, content }: DevelopmentState) {
  return {
    slug: content.slug,
    kind: kindOf(content),
    headline: content.headline,
    summary: content.summary,
    occurredEdtf: content.occurred.edtf,
    occurredEarliest: asDate(content.occurred.earliest),
    occurredLatest: asDate(content.occurred.latest),
    occurredPrecision: content.occurred.precision,
    confidence: content.confidence,
    disputed: isDisputed(content.claims),
    status,
    revision,
    recordedAt,
    publishedAt,
  };
}

/** A part that is one table, each row an item of a list of the content, in the list's order. */
function listPart<T extends object>(
  field: keyof DevelopmentContent,
  rows: (content: DevelopmentContent) => readonly T[],
  remove: Part['remove'],
  createMany: (tx: Transaction, data: (T & { developmentId: string; ordinal: number })[]) => Promise<unknown>,
): Part {
  return {
    fields: [field],
    remove,
    insert: async (tx, states) => {
      const data = states.flatMap(({ id, content }) =>
        rows(content).map((row, ordinal) => ({ ...row, developmentId: id, ordinal })),
      );
      if (data.length > 0) await createMany(tx, data);
    },
  };
}

const PARTS: readonly Part[] = [
  ...DETAIL_PARTS,
  listPart(
    'participants',
    ({ participants }) => participants,
    (tx, developmentId) => tx.participation.deleteMany({ where: { developmentId } }),
    (tx, data) => tx.participation.createMany({ data }),
  ),
  listPart(
    'topicIds',
    ({ topicIds }) => topicIds.map((topicId) => ({ topicId })),
    (tx, developmentId) => tx.developmentTopic.deleteMany({ where: { developmentId } }),
    (tx, data) => tx.developmentTopic.createMany({ data }),
  ),
  listPart(
    'treatyIds',
    ({ treatyIds }) => treatyIds.map((treatyId) => ({ treatyId })),
    (tx, developmentId) => tx.developmentTreaty.deleteMany({ where: { developmentId } }),
    (tx, data) => tx.developmentTreaty.createMany({ data }),
  ),
  listPart(
    'weaponSystemIds',
    ({ weaponSystemIds }) => weaponSystemIds.map((weaponSystemId) => ({ weaponSystemId })),
    (tx, developmentId) => tx.developmentWeaponSystem.deleteMany({ where: { developmentId } }),
    (tx, data) => tx.developmentWeaponSystem.createMany({ data }),
  ),
  listPart(
    'doctrineIds',
    ({ doctrineIds }) => doctrineIds.map((doctrineId) => ({ doctrineId })),
    (tx, developmentId) => tx.developmentDoctrine.deleteMany({ where: { developmentId } }),
    (tx, data) => tx.developmentDoctrine.createMany({ data }),
  ),
  {
    // Claims cite citations, so the two go and come together.
    fields: ['citations', 'claims'],
    remove: async (tx, developmentId) => {
      await tx.claim.deleteMany({ where: { developmentId } });
      await tx.citation.deleteMany({ where: { developmentId } });
    },
    insert: async (tx, states) => {
      const ranked = <T extends object>(list: (content: DevelopmentContent) => readonly T[]) =>
        states.flatMap(({ id, content }) =>
          list(content).map((item, ordinal) => ({ ...item, developmentId: id, ordinal })),
        );
      const citations = ranked((content) => content.citations);
      const claims = ranked((content) => content.claims);
      if (citations.length > 0) await tx.citation.createMany({ data: citations });
      if (claims.length > 0) await tx.claim.createMany({ data: claims });
    },
  },
  listPart(
    'links',
    ({ links }) => links,
    (tx, fromId) => tx.link.deleteMany({ where: { fromId } }),
    (tx, data) =>
      tx.link.createMany({
        data: data.map(({ developmentId, ...link }) => ({ fromId: developmentId, ...link })),
      }),
  ),
  listPart(
    'externalIds',
    ({ externalIds }) => externalIds,
    (tx, developmentId) => tx.externalId.deleteMany({ where: { developmentId } }),
    (tx, data) => tx.externalId.createMany({ data: data.map(({ ordinal: _, ...key }) => key) }),
  ),
];
