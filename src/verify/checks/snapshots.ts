import type { RevisionCheck } from '../check.js';

/** SNAPSHOT_SHAPE. Other checks skip invalid snapshots. */
export const snapshotHasShape: RevisionCheck = ({ problems, name }, findings) => {
  if (problems.length > 0)
    findings.add('SNAPSHOT_SHAPE', name, 'the snapshot of a content', problems.join('; '));
};
