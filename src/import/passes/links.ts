import type { Transaction } from '../../database/open.js';
import {
  canonical,
  type DevelopmentContent,
  type LinkContent,
} from '../../domain/development/content/content.js';
import { MAX_LINKS } from '../../domain/development/content/field-schemas.js';
import { LinkCycleError } from '../../domain/development/errors.js';
import { type Authorship, commitRevision, lockDevelopment } from '../../domain/development/write/commit.js';
import { refuseCycle } from '../../domain/development/write/link-cycles.js';
import type { DevelopmentState } from '../../domain/development/write/rows.js';
import { UnknownSlugError } from '../../domain/errors.js';
import { proposeChange } from '../../domain/proposals/propose.js';
import { ReviewRequiredError } from '../../domain/review/errors.js';
import type { NewFeedEntry } from '../../feed/position.js';
import { IMPORT_EDITOR } from '../compose/revise-rows.js';
import type { LinkEnd, LinkFields } from '../mapping/inputs.js';
import type { LinkMapper, MappedRow } from '../mapping/row-mapper.js';
import type { Defect } from '../read/row.js';
import type { BatchResult, RefusedRow } from '../report/problems.js';
import { noTally } from '../report/tally.js';

/**
 * Adds the links of a batch of rows. Those from one development are one revision, because the feed takes one of each
 * development at once.
 */
export async function linkRows(
  tx: Transaction,
  mapper: LinkMapper,
  rows: readonly MappedRow<LinkFields>[],
  authorship: Authorship,
): Promise<BatchResult & { readonly feed: readonly NewFeedEntry[] }> {
  const tally = noTally();
  const refused: RefusedRow[] = [];
  const feed: NewFeedEntry[] = [];
  const groups = new Map<string, (MappedRow<LinkFields> & { readonly fields: LinkFields })[]>();
  const refuse = (mapped: MappedRow<LinkFields>, defects: readonly Defect[]) =>
    refused.push({ row: mapped.row, problems: mapper.problems(mapped, defects) });
  for (const mapped of rows) {
    const { fields, defects } = mapped;
    const source = fields && (await slugOf(tx, fields.from));
    if (!fields) refuse(mapped, defects);
    else if (source === undefined) refuse(mapped, [unknown('from', fields.from)]);
    else groups.set(source, [...(groups.get(source) ?? []), { ...mapped, fields }]);
  }
  for (const [source, group] of groups) {
    const before = await stateOf(tx, source);
    if (!before) {
      for (const mapped of group) refuse(mapped, [unknown('from', source)]);
      continue;
    }
    const links = [...before.content.links];
    for (const mapped of group) {
      const made = await linkOf(tx, { ...before, content: { ...before.content, links } }, mapped.fields);
      if ('kind' in made) refuse(mapped, [made]);
      else if (links.some(({ toId, relation }) => toId === made.toId && relation === made.relation)) {
        tally.alreadyThere += 1;
      } else links.push(made);
    }
    const made = links.length - before.content.links.length;
    const content = { ...before.content, links };
    try {
      feed.push(...(await commitRevision(tx, before, { content }, authorship)).feed);
      tally.recorded += made;
    } catch (error) {
      if (!(error instanceof ReviewRequiredError)) throw error;
      if (await isProposed(tx, before.id, content)) tally.alreadyThere += made;
      else {
        await proposeChange(tx, before, { content }, authorship);
        tally.proposed += made;
      }
    }
  }
  return { tally, refused, feed };
}

/** Whether an earlier import has proposed the same links, and nobody has accepted them. */
async function isProposed(tx: Transaction, id: string, { links }: DevelopmentContent): Promise<boolean> {
  const rows = await tx.$queryRaw<{ content: DevelopmentContent }[]>`
    SELECT content FROM proposal
    WHERE development_id = ${id}::uuid AND author = ${IMPORT_EDITOR} AND act = 'REVISE' AND fields @> '{links}'
      AND state IN ('RECEIVED', 'IN_REVIEW', 'REJECTED')`;
  return rows.some(({ content }) => canonical(content.links) === canonical(links));
}

/** Reads and locks a development; undefined if there is none. */
async function stateOf(tx: Transaction, slug: string): Promise<DevelopmentState | undefined> {
  try {
    return await lockDevelopment(tx, slug);
  } catch (error) {
    if (error instanceof UnknownSlugError) return undefined;
    throw error;
  }
}

/** Makes a link, or finds what is wrong with it. The links of the development may have it already. */
async function linkOf(
  tx: Transaction,
  { id, status, content }: DevelopmentState,
  { to, relation, note }: LinkFields,
): Promise<LinkContent | Defect> {
  const refuse = (field: string, value: unknown, reason: string): Defect => ({
    ...{ field, value, reason },
    kind: 'BROKEN_RULE',
  });
  const target = await slugOf(tx, to);
  const end = target === undefined ? undefined : await stateOf(tx, target);
  if (target === undefined || !end) return unknown('to', to);
  if (end.id === id) return refuse('to', target, 'Expected another development; got the same.');
  const link = { toId: end.id, relation, note: note ?? null, citationId: null };
  if (content.links.some((known) => known.toId === end.id && known.relation === relation)) return link;
  if (status === 'RETRACTED') return refuse('from', content.slug, 'The development is retracted.');
  if (content.links.length >= MAX_LINKS) {
    return refuse('from', content.slug, `Expected at most ${MAX_LINKS} links from a development.`);
  }
  try {
    await refuseCycle(tx, relation, id, end.id);
    return link;
  } catch (error) {
    if (error instanceof LinkCycleError) return refuse('to', target, error.message);
    throw error;
  }
}

async function slugOf(tx: Transaction, end: LinkEnd): Promise<string | undefined> {
  if (typeof end === 'string') return end;
  const { dataset, id: value } = end;
  const known = await tx.externalId.findUnique({
    where: { dataset_value: { dataset, value } },
    select: { development: { select: { slug: true } } },
  });
  return known?.development.slug;
}

function unknown(field: string, end: LinkEnd): Defect {
  const reason =
    typeof end === 'string'
      ? new UnknownSlugError('Development', end).message
      : `The record has no development with the id ${JSON.stringify(end.id)} of the data set ${end.dataset}. Import it first.`;
  return { field, value: typeof end === 'string' ? end : end.id, reason, kind: 'UNKNOWN_SLUG' };
}
