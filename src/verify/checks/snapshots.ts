import type { RevisionCheck } from '../check.js';
import { actorsNamed, referencesOf } from '../known.js';

/** SNAPSHOT_SHAPE. Other checks skip invalid snapshots. */
export const snapshotHasShape: RevisionCheck = ({ problems, name }, findings) => {
  if (problems.length > 0)
    findings.add('SNAPSHOT_SHAPE', name, 'the snapshot of a content', problems.join('; '));
};

/** UNKNOWN_REFERENCE: references by id, and slugs of actors in claims. */
export const referencesAreKnown: RevisionCheck = ({ content, known, name }, findings) => {
  if (!content) return;
  for (const { owner, id, at } of referencesOf(content)) {
    if (known.has(owner, id)) continue;
    findings.add('UNKNOWN_REFERENCE', `${name}, ${at}`, `the ${owner} ${id}`, 'none with this id');
  }
  for (const claim of content.claims) {
    for (const slug of actorsNamed([claim])) {
      if (known.hasActor(slug)) continue;
      const concerns = `${name}, claim ${claim.id} on ${claim.field}`;
      findings.add('UNKNOWN_REFERENCE', concerns, `the Actor ${slug}`, 'none with this slug');
    }
  }
};
