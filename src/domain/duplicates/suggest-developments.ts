import type { Transaction } from '../../database/open.js';
import { read } from '../../database/read.js';
import { Prisma } from '../../generated/prisma/client.js';
import { type ComparedDevelopment, compareDevelopments } from './compare-developments.js';
import { comparedHash } from './comparison.js';
import { keyOfPair, pairOf, readJudgements, standing } from './judgements.js';
import type { Place, Suggestion, SuggestionPage } from './suggestion.js';

const { sql } = Prisma;

/** How many developments a page looks at, the latest changes first. */
const MOST_SCANNED = 40;
/** How many mentions of an actor or a source, and developments of a day, are read for each of them. */
const MOST_READ = 100;
/** How many others each of them is compared with. */
const MOST_COMPARED = 60;
/** A source that more developments cite is a data set, and says nothing about two of its rows. */
const MOST_CITED = 10;

/** Dates of one thing, of different precision, begin at most so many days apart. */
const DAYS_APART = 31;

/** A development to look at. */
interface Scanned {
  readonly id: string;
  readonly changedAt: Date;
  /** Those that it may be, without those that changed later: they look at it themselves. */
  readonly others: readonly string[];
}

/**
 * Returns developments that may be one, those with the latest changes first. Drafts are among them. Looks at a bounded
 * number of developments, so that a page can be short although more follow.
 */
export async function suggestDevelopments(
  db: Transaction,
  first: number,
  after: Place | undefined,
): Promise<SuggestionPage> {
  const scanned = await scan(db, after);
  const ids = new Set(scanned.flatMap(({ id, others }) => (others.length > 0 ? [id, ...others] : [])));
  const known = await readComparedDevelopments(db, [...ids]);
  const [, afterId, afterOther] = after ?? [];
  const found = scanned.flatMap(({ id, changedAt, others }) => {
    const rest = id === afterId ? others.filter((other) => other > String(afterOther)) : others;
    return rest.flatMap((other) => {
      const pair = pairOf(id, other);
      const [a, b] = [known.get(pair.oneId), known.get(pair.otherId)];
      const comparison = a && b && compareDevelopments(a, b);
      if (!comparison) return [];
      return {
        ...pair,
        comparison,
        compared: comparedHash(factsOf(a), factsOf(b)),
        place: [changedAt, id, other],
      };
    });
  });
  const judgements = await readJudgements(db, found);
  const open = found.flatMap(({ compared, comparison, oneId, otherId, place }) => {
    const judgement = standing(judgements.get(keyOfPair({ oneId, otherId })), compared);
    if (judgement?.verdict === 'NOT_SAME') return [];
    const suggestion: Suggestion = { kind: 'DEVELOPMENT', oneId, otherId, comparison, judgement };
    return { suggestion, place };
  });
  const page = open.slice(0, first);
  const isCut = open.length > page.length;
  const last = scanned.at(-1);
  const end: Place | null = last ? [last.changedAt, last.id, 'ffffffff-ffff-ffff-ffff-ffffffffffff'] : null;
  return {
    suggestions: page.map(({ suggestion }) => suggestion),
    end: isCut ? (page.at(-1)?.place ?? end) : end,
    hasMore: isCut || scanned.length === MOST_SCANNED,
  };
}

/** Returns the facts that a judgement covers. Sources are not among them: a source can gain citations at any time. */
const factsOf = ({ sourceIds: _, ...facts }: ComparedDevelopment) => facts;

/** The states that are compared. */
const STATES = sql`('DRAFT', 'PUBLISHED')`;

/** Reads the next developments with the ids of those that they may be. One SQL statement. */
function scan(db: Transaction, after: Place | undefined): Promise<Scanned[]> {
  const [at, id] = after ?? [];
  const beyond =
    at === undefined
      ? sql`true`
      : sql`(it.changed_at, it.id) <= (${at as Date}::timestamptz, ${id as string}::uuid)`;
  const latest = (status: string) => sql`
    (SELECT it.* FROM development AS it WHERE it.status = ${status}::"DevelopmentStatus" AND ${beyond}
     ORDER BY it.changed_at DESC, it.id DESC LIMIT ${MOST_SCANNED})`;
  return read<Scanned>(
    db,
    sql`
    SELECT it.id::text AS id, it.changed_at AS "changedAt",
           ARRAY(SELECT other.id::text FROM (${candidates()}) AS other ORDER BY other.id) AS others
    FROM (
      SELECT it.* FROM (${latest('PUBLISHED')} UNION ALL ${latest('DRAFT')}) AS it
      ORDER BY it.changed_at DESC, it.id DESC LIMIT ${MOST_SCANNED}
    ) AS it
    ORDER BY it.changed_at DESC, it.id DESC`,
  );
}

/**
 * Developments of the kind and the days of `it`: those with one of its actors, those that cite one of its rare sources, and
 * others of its first day. Each part reads a bounded number of entries of an index.
 */
function candidates(): Prisma.Sql {
  const overlaps = sql`near.kind = it.kind AND near.occurred_latest >= it.occurred_earliest`;
  const mentions = (subjects: Prisma.Sql, most: number) => sql`
    SELECT near.development_id AS id FROM unnest(${subjects}) AS subject (id), unnest(ARRAY${STATES_LIST}) AS state (status),
    LATERAL (
      SELECT * FROM development_mention
      WHERE subject_id = subject.id AND status = state.status
        AND occurred_earliest BETWEEN it.occurred_earliest - ${DAYS_APART}::int AND it.occurred_latest
      ORDER BY occurred_earliest DESC, development_id DESC LIMIT ${most}
    ) AS near
    WHERE ${overlaps}`;
  return sql`
    SELECT other.id FROM (
      ${mentions(sql`it.actor_ids`, MOST_READ)}
      UNION ${mentions(sql`it.source_ids`, MOST_CITED)}
      UNION
      SELECT near.id FROM unnest(ARRAY${STATES_LIST}) AS state (status), LATERAL (
        SELECT id, kind, occurred_latest FROM development
        WHERE status = state.status AND kind = it.kind
          AND occurred_earliest = it.occurred_earliest
        ORDER BY id DESC LIMIT ${MOST_READ}
      ) AS near
    ) AS other
    JOIN development AS found ON found.id = other.id
    WHERE found.status IN ${STATES} AND (found.changed_at, found.id) < (it.changed_at, it.id)
    ORDER BY (found.actor_ids && it.actor_ids) DESC, other.id DESC LIMIT ${MOST_COMPARED}`;
}

const STATES_LIST = sql`['PUBLISHED', 'DRAFT']::"DevelopmentStatus"[]`;

/** Reads what is compared of developments. One SQL statement. */
export async function readComparedDevelopments(
  db: Transaction,
  ids: readonly string[],
): Promise<Map<string, ComparedDevelopment>> {
  const rows = await read<ComparedDevelopment>(
    db,
    sql`
    SELECT it.id::text AS id, it.kind::text AS kind, it.occurred_earliest::text AS earliest,
           it.occurred_latest::text AS latest, it.actor_ids::text[] AS "actorIds",
           revision.snapshot->>'headline' AS headline,
           left(revision.snapshot->'detail'->>'quotation', 10000) AS quotation,
           left(revision.snapshot->'detail'->>'translation', 10000) AS translation,
           ARRAY(SELECT cited->>'excerpt' FROM jsonb_array_elements(revision.snapshot->'citations') AS cited
                 WHERE cited->>'excerpt' IS NOT NULL) AS excerpts,
           ARRAY(SELECT source.id::text FROM unnest(it.source_ids) AS source (id)
                 WHERE (SELECT count(*) FROM (
                   SELECT FROM development_mention WHERE subject_id = source.id LIMIT ${MOST_CITED + 1}
                 ) AS citing) <= ${MOST_CITED}) AS "sourceIds"
    FROM development AS it
    JOIN revision ON revision.development_id = it.id AND revision.number = it.revision
    WHERE it.id = ANY (${[...ids]}::uuid[])`,
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** Returns what a judgement on two developments is about. */
export const comparedOfDevelopments = (one: ComparedDevelopment, other: ComparedDevelopment): string =>
  comparedHash(factsOf(one), factsOf(other));
