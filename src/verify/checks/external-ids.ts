import { canonical } from '../../domain/development/content/content.js';
import { Prisma } from '../../generated/prisma/client.js';
import type { RecordCheck, RevisionCheck } from '../check.js';
import { each } from '../read.js';

/** EXTERNAL_ID: external ids in the latest revision and in the table. */
export const externalIdsAreKept: RevisionCheck = ({ content, isNewest, externalIds, name }, findings) => {
  if (!isNewest || !content) return;
  const listed = (keys: readonly Key[]) =>
    keys.map(({ dataset, value }) => canonical([dataset, value])).sort();
  const [inContent, inTable] = [listed(content.externalIds), listed(externalIds)];
  for (const key of inContent.filter((it) => !inTable.includes(it))) {
    findings.add('EXTERNAL_ID', name, `the key ${key} in external_id`, 'none that leads to it');
  }
  for (const key of inTable.filter((it) => !inContent.includes(it))) {
    findings.add('EXTERNAL_ID', name, `the key ${key} of external_id in its content`, 'none');
  }
};

type Key = { readonly dataset: string; readonly value: string };

/** EXTERNAL_ID: external ids without a development. */
export const externalIdsLeadSomewhere: RecordCheck = async (tx, findings) => {
  const loose = each<Key & { id: string }>(
    tx,
    Prisma.sql`SELECT dataset, value, development_id::text AS id FROM external_id
               WHERE NOT EXISTS (SELECT FROM development WHERE development.id = development_id)
               ORDER BY dataset, value`,
  );
  for await (const { dataset, value, id } of loose) {
    const concerns = `the key ${canonical([dataset, value])}`;
    findings.add('EXTERNAL_ID', concerns, `the development ${id}, to which it leads`, 'no such development');
  }
};
