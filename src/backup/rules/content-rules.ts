import { z } from 'zod';
import { canonical, type DevelopmentContent, kindOf } from '../../domain/development/content/content.js';
import { inputOf, type SlugsById } from '../../domain/development/content/decompose.js';
import { MAX_LINKS, optional } from '../../domain/development/content/field-schemas.js';
import { recordInputs } from '../../domain/development/content/input.js';
import { listOf, text } from '../../domain/input.js';
import { referencesOf } from '../../verify/known.js';

/** What the API requires of a revision beside its content. */
const authorship = z.object({ editor: text(1_000), reason: optional(text(1_000)) });

const links = listOf(z.object({ note: optional(text(1_000)) }), MAX_LINKS);
const dataset = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,99}$/, 'Expected a name such as "resistinua".');
const externalIds = listOf(z.object({ dataset, value: text(1_000) }), 100);

/** A revision of a line, whose snapshot has the shape of a content. */
interface RuledRevision {
  readonly developmentId: string;
  readonly editor: string;
  readonly reason: string | null;
}

/**
 * Returns the first rule of the API that a revision breaks; undefined if it keeps all. The content is turned into the
 * input that would record it, and validated as that input.
 *
 * @param slugs The references of the export, and the developments before this revision.
 */
export function brokenRule(
  { developmentId, editor, reason }: RuledRevision,
  content: DevelopmentContent,
  slugs: SlugsById,
): string | undefined {
  const unknown = referencesOf(content).find(({ owner, id }) => slugs.find(owner, id) === undefined);
  if (unknown)
    return `${unknown.at}: Expected an object of the export; got the ${unknown.owner} ${unknown.id}.`;
  const problem =
    problemOf(authorship, { editor, reason }) ??
    problemOf(recordInputs[kindOf(content)], inputOf(content, slugs)) ??
    problemOf(links, content.links, 'links') ??
    problemOf(externalIds, content.externalIds, 'externalIds');
  return problem ?? brokenDate(content, slugs) ?? brokenLink(developmentId, content) ?? brokenClaim(content);
}

/** Returns the first problem of a value with its path. */
export function problemOf(schema: z.ZodType, value: unknown, at?: string): string | undefined {
  const [issue] = schema.safeParse(value).error?.issues ?? [];
  if (!issue) return undefined;
  const path = [...(at === undefined ? [] : [at]), ...issue.path].join('.');
  return path === '' ? issue.message : `${path}: ${issue.message}`;
}

/** The bounds and precision of a date follow from its text. */
function brokenDate(content: DevelopmentContent, slugs: SlugsById): string | undefined {
  const read = recordInputs[kindOf(content)].parse(inputOf(content, slugs));
  const effective = 'effective' in read ? (read.effective ?? null) : null;
  const known = content.detail.kind === 'DOCTRINE_CHANGE' ? content.detail.effective : null;
  for (const [field, found, expected] of [
    ['occurred', content.occurred, read.occurred],
    ['effective', known, effective],
  ] as const) {
    if (canonical(found) !== canonical(expected)) {
      return `${field}: Expected ${canonical(expected)}; got ${canonical(found)}.`;
    }
  }
  return undefined;
}

function brokenLink(
  ownId: string,
  { links: all, citations, successorId }: DevelopmentContent,
): string | undefined {
  if (successorId === ownId) return 'successor: Expected another development; got the same.';
  const known = new Set<string>();
  for (const { toId, relation, citationId } of all) {
    if (toId === ownId) return `links: Expected another development; got a ${relation} link to the same.`;
    if (known.has(`${relation} ${toId}`))
      return `links: Expected each link once; got ${relation} ${toId} again.`;
    known.add(`${relation} ${toId}`);
    if (citationId !== null && !citations.some(({ id }) => id === citationId)) {
      return `links: Expected a citation of the development; got ${citationId}.`;
    }
  }
  return undefined;
}

/** Claims of no citation are not part of the input. */
function brokenClaim({ claims, citations }: DevelopmentContent): string | undefined {
  const ids = new Set(citations.map(({ id }) => id));
  const stray = claims.find(({ citationId }) => !ids.has(citationId));
  return stray && `claims: Expected a citation of the development; got ${stray.citationId}.`;
}
