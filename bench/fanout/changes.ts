/** A development that the benchmark publishes. */
export interface Change {
  readonly slug: string;
  readonly headline: string;
  readonly summary: string;
  readonly occurred: string;
  readonly topics: readonly string[];
  readonly participants: readonly { readonly actor: string; readonly role: 'INITIATOR' | 'TARGET' }[];
}

/** The source that every development cites, because publishing needs one. */
export const SOURCE = { slug: 'announcements', title: 'Announcements of the ministry' } as const;
export const TOPICS = { 'force-posture': 'Force posture', 'joint-exercises': 'Joint exercises' } as const;
export const ACTORS = { 'first-state': 'First State', 'second-state': 'Second State' } as const;

const SUMMARY =
  'The ministry announced that units of two military districts will rehearse the dispersal of mobile launchers ' +
  'and the transfer of warheads from a central store.';

/** Returns distinguishable changes. Use a new `name` for each publication. */
export function makeChanges(name: string, count: number): Change[] {
  return Array.from({ length: count }, (_, index) => {
    const number = String(index).padStart(6, '0');
    return {
      slug: `exercise-${name}-${number}`,
      headline: `Exercise ${name} number ${number} was announced`,
      summary: SUMMARY,
      occurred: '2026-03-14',
      topics: Object.keys(TOPICS),
      participants: [
        { actor: 'first-state', role: 'INITIATOR' },
        { actor: 'second-state', role: 'TARGET' },
      ],
    };
  });
}
