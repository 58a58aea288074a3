import {
  type ClaimContent,
  type DevelopmentContent,
  kindOf,
} from '../../domain/development/content/content.js';
import { whyNotOn } from '../../domain/development/evidence/claim-schemas.js';
import { ownValue } from '../../domain/development/evidence/own-values.js';
import { preferredApart } from '../../domain/development/evidence/preferred.js';
import { shown } from '../../domain/input.js';
import type { RevisionCheck } from '../check.js';
import { soundClaims, whyUnreadable } from '../claim-value.js';
import { actorsNamed } from '../known.js';

/** CLAIM_VALUE. */
export const claimsHaveValues: RevisionCheck = ({ content, name }, findings) => {
  if (!content) return;
  for (const claim of content.claims) {
    const why = whyNotOn(claim.field, kindOf(content)) ?? whyUnreadable(claim);
    if (why === undefined) continue;
    findings.add('CLAIM_VALUE', concerns(name, claim), `a valid value for ${claim.field}`, found(claim, why));
  }
};

const concerns = (name: string, { id, field }: ClaimContent) => `${name}, claim ${id} on ${field}`;

const found = ({ value }: ClaimContent, why: string) => `${shown(value)} (${why})`;

/** CLAIM_WITHOUT_CITATION. */
export const claimsAreCited: RevisionCheck = ({ content, name }, findings) => {
  if (!content) return;
  const ids = new Set(content.citations.map(({ id }) => id));
  for (const claim of content.claims) {
    if (ids.has(claim.citationId)) continue;
    const expected = 'a citation of the development';
    findings.add('CLAIM_WITHOUT_CITATION', concerns(name, claim), expected, `citation ${claim.citationId}`);
  }
};

/** PREFERRED_VALUE: only valid claims with known actors. */
export const preferredIsOwn: RevisionCheck = ({ content, known, name }, findings) => {
  if (!content) return;
  for (const [field, claims] of preferredByField(content)) {
    if (claims.length > 1) {
      const ids = claims.map(({ id }) => id).join(', ');
      findings.add('PREFERRED_VALUE', name, `at most one preferred claim on ${field}`, ids);
      continue;
    }
    const [claim] = soundClaims({ ...content, claims }).filter((it) =>
      actorsNamed([it]).every(known.hasActor),
    );
    if (!claim || !preferredApart({ ...known.withSurvivors(content), claims: [claim] }, known.refs)) continue;
    const own = shown(ownValue(content, field, known.slugs));
    findings.add(
      'PREFERRED_VALUE',
      concerns(name, claim),
      `the development’s own value, ${own}`,
      shown(claim.value),
    );
  }
};

function preferredByField({ claims }: DevelopmentContent) {
  const fields = new Map<ClaimContent['field'], ClaimContent[]>();
  for (const claim of claims) {
    if (claim.rank === 'PREFERRED') fields.set(claim.field, [...(fields.get(claim.field) ?? []), claim]);
  }
  return fields;
}

/** PUBLISHED_WITHOUT_CITATION: only the latest revision, because earlier ones cannot be corrected. */
export const publishedIsCited: RevisionCheck = ({ content, status, isNewest, name }, findings) => {
  if (!isNewest || status !== 'PUBLISHED' || !content || content.citations.length > 0) return;
  findings.add('PUBLISHED_WITHOUT_CITATION', name, 'a citation', 'none');
};
