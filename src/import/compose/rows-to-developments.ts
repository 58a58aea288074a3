import type { Transaction } from '../../database/open.js';
import { slugsIn } from '../../domain/development/content/compose.js';
import type { DevelopmentContent } from '../../domain/development/content/content.js';
import type { RecordFields } from '../../domain/development/content/input.js';
import { actorsIn } from '../../domain/development/evidence/claim-schemas.js';
import type { Grades, SourceGrade } from '../../domain/development/evidence/confidence.js';
import { readHistories } from '../../domain/development/read/histories.js';
import type { ManyChange } from '../../domain/development/write/commit-many.js';
import { composeOrRefuse, type NewDevelopment } from '../../domain/development/write/record.js';
import { chooseSlugs, slugsLeftBy, takenSlugs } from '../../domain/development/write/slugs.js';
import type { DomainError } from '../../domain/errors.js';
import { newId } from '../../domain/new-id.js';
import { type ReferenceOwner, References } from '../../domain/references/lookup.js';
import type { NewReference, NewSpelling } from '../../domain/references/named/create-many.js';
import type { NameMatch } from '../../domain/references/named/find-by-name.js';
import { findUnreviewed } from '../../domain/review/four-eyes.js';
import { readReviewMode } from '../../domain/review/policy.js';
import { type DevelopmentMapping, KINDS } from '../mapping/mapping.js';
import type { Placeholder } from '../mapping/named-references.js';
import { DevelopmentMapper, type MappedRow } from '../mapping/row-mapper.js';
import type { Defect } from '../read/row.js';
import type { RefusedRow } from '../report/problems.js';
import { defectsOf, referencesOf, unknownSlugs } from './defects.js';
import { type Candidate, findKnownRows, hashFields, UNDONE } from './known-rows.js';
import { ReferenceLookup, resolveNames } from './reference-lookup.js';
import { type DifferingRow, IMPORT_EDITOR, type RowRevision, reviseRows } from './revise-rows.js';
import { type ProposedRow, proposeRows, type RowProposals } from './row-proposals.js';
import { SeenKeys } from './seen-keys.js';

/** The developments that a batch of rows makes of the record as it is. */
export interface ComposedRows {
  readonly contents: readonly ComposedContent[];
  /** Revisions of developments whose rows say something else than before. */
  readonly changes: readonly ManyChange[];
  /** Changes of rows that an editor must decide about. */
  readonly proposals: RowProposals;
  /** Whether new developments are published. If not, but the mapping says so, they are submitted for review. */
  readonly publishes: boolean;
  /** What rows of existing developments say now, to be stored. */
  readonly said: readonly { readonly value: string; readonly said: string }[];
  /** The references that the batch is the first to name. */
  readonly created: readonly NewReference[];
  /** The rows of new developments, with the slugs of what they name. */
  readonly fresh: readonly Candidate[];
  /** Names of actors as rows write them, which the record does not have yet. */
  readonly spellings: readonly NewSpelling[];
  /** How many rows leave the record as it is. */
  readonly alreadyThere: number;
  readonly refused: readonly RefusedRow[];
  /** Differences that are reported, of rows that are not refused. */
  readonly notices: readonly RefusedRow[];
}

/** A new development, and the hash of its row. */
export interface ComposedContent {
  readonly content: DevelopmentContent;
  readonly said: string;
}

type Refuse = (candidate: Pick<MappedRow, 'row' | 'id'>, defects: readonly Defect[]) => void;

/**
 * Composes developments from rows, batch by batch, and writes nothing: a bounded number of statements for each batch.
 * The check and the second pass both use it, so a row that passes the check is written as it was checked.
 */
export class RowComposer {
  readonly mapper: DevelopmentMapper;
  readonly #db: Transaction;
  readonly #lookup: ReferenceLookup;
  readonly #choosesSlugs: boolean;
  /** The slugs of all batches so far, some of which the record does not have yet. */
  #slugs = new SeenKeys();

  /** @param choosesSlugs Choose free slugs. The check needs none, unless rows give some: they could be taken. */
  constructor(db: Transaction, mapping: DevelopmentMapping, choosesSlugs: boolean) {
    this.#db = db;
    this.mapper = new DevelopmentMapper(mapping);
    this.#lookup = new ReferenceLookup(db);
    this.#choosesSlugs = choosesSlugs;
  }

  /** Composes the rows of one batch, in their order. Their placeholders end with it. */
  async compose(rows: readonly MappedRow<RecordFields>[]): Promise<ComposedRows> {
    const { mapper } = this;
    const { mapping } = mapper;
    const refused: RefusedRow[] = [];
    const refuse: Refuse = ({ row, id }, defects) =>
      refused.push({ row, problems: mapper.problems({ row, id }, defects) });
    const candidates = rows.flatMap(({ row, id, fields, defects }): Candidate[] => {
      if (id !== undefined && fields) return [{ row, id, fields, said: hashFields(fields, mapper.named) }];
      refuse({ row, id }, defects);
      return [];
    });
    const { fresh, differing } = await this.#sort(candidates);
    const created = await this.#resolve(fresh, this.#lookup, refuse);
    const free = await this.#withFreeSlugs(created.candidates, refuse);
    const contents = await this.#contentsOf(free, created, refuse);
    // References of rows that are only compared are not made.
    const lookup = mapping.existing === 'report' ? new ReferenceLookup(this.#db) : this.#lookup;
    const compared = await this.#resolve(differing, lookup, refuse);
    const revisions = await reviseRows(this.#db, mapping, compared.candidates, compared);
    for (const { candidate, defects } of revisions) if (defects.length > 0) refuse(candidate, defects);
    const sound = revisions.filter(({ defects }) => defects.length === 0);
    const { changes, proposals } = await this.#decide(sound);
    const mode = await readReviewMode(this.#db);
    mapper.named.startBatch();
    return {
      contents,
      changes,
      proposals,
      publishes: mapping.publish && mode !== 'REQUIRED',
      said: sound
        .filter(({ notices, proposed }) => notices.length === 0 || proposed)
        .map(({ candidate: { id, said } }) => ({ value: id, said })),
      created: this.#lookup.takeCreated(),
      fresh: created.candidates,
      spellings: this.#lookup.takeSpellings(),
      alreadyThere:
        candidates.length - fresh.length - differing.length + countUntouched(sound, changes, proposals),
      refused,
      notices: sound
        .filter(({ notices }) => notices.length > 0)
        .map(({ candidate, notices }) => ({
          row: candidate.row,
          problems: mapper.problems(candidate, notices),
        })),
    };
  }

  /** Forgets what was looked up and given out, after another writer came first. */
  forget(): void {
    this.#lookup.forget();
    this.#slugs = new SeenKeys();
  }

  /** Tells the changes that are made from those that an editor decides about. */
  async #decide(
    revisions: readonly RowRevision[],
  ): Promise<{ changes: readonly ManyChange[]; proposals: RowProposals }> {
    const { existing, reason } = this.mapper.mapping;
    const all = revisions.flatMap(({ change }) => change ?? []);
    const unreviewed = await findUnreviewed(
      this.#db,
      all.map((change) => ({ ...change, id: change.before.id })),
      { editor: IMPORT_EDITOR },
    );
    const refused = new Set(unreviewed.map(({ id }) => id));
    const changes = all.filter(({ before }) => !refused.has(before.id));
    const changed = new Map(changes.map((change) => [change.before.id, change]));
    const rows = revisions.flatMap(({ candidate, change, proposed }): ProposedRow[] => {
      const { state } = candidate.history;
      const made = changed.get(state.id);
      const content = proposed ?? (made ? undefined : change?.content);
      if (!content) return [];
      const before = made ? { ...state, content: made.content, revision: state.revision + 1 } : state;
      return [{ before, content }];
    });
    const said = existing === 'revise' ? revisions.map(({ candidate }) => candidate.history.state.id) : [];
    return { changes, proposals: await proposeRows(this.#db, rows, said, reason ?? null) };
  }

  /** Tells the rows that the record does not have from those that say something else than before. */
  async #sort(candidates: readonly Candidate[]): Promise<{ fresh: Candidate[]; differing: DifferingRow[] }> {
    const { id, existing } = this.mapper.mapping;
    const known = await findKnownRows(
      this.#db,
      id.dataset,
      candidates.map((candidate) => candidate.id),
    );
    const fresh = candidates.filter((candidate) => !known.has(candidate.id));
    const changed = candidates.flatMap((candidate) => {
      const row = known.get(candidate.id);
      if (!row || row.said === candidate.said || (existing === 'skip' && row.said !== UNDONE)) return [];
      return [{ candidate, row }];
    });
    const histories = await readHistories(
      this.#db,
      changed.map(({ row }) => row.developmentId),
    );
    const differing = changed.flatMap(({ candidate, row }) => {
      const history = histories.get(row.developmentId);
      return history ? [{ ...candidate, history, before: row.said }] : [];
    });
    return { fresh, differing };
  }

  /** Looks up everything that rows refer to. Rows with references that cannot be found are refused. */
  async #resolve<C extends Candidate>(
    candidates: readonly C[],
    lookup: ReferenceLookup,
    refuse: Refuse,
  ): Promise<{ candidates: C[]; refs: References; grades: Grades }> {
    const placeholders = this.#placeholdersIn(candidates);
    const matches = await lookup.resolve(placeholders);
    const named = candidates.flatMap((candidate): C[] => {
      const { fields, defects } = resolveNames(candidate.fields, this.mapper.named, matches);
      if (defects.length === 0) return [{ ...candidate, fields }];
      refuse(candidate, defects);
      return [];
    });
    const ids = await this.#idsOf(named, placeholders, matches, lookup);
    const sound = named.filter((candidate) => {
      const defects = unknownSlugs(candidate.fields, ids);
      if (defects.length > 0) refuse(candidate, defects);
      return defects.length === 0;
    });
    const grades = await this.#gradesOf(sound, matches, ids, lookup);
    return { candidates: sound, refs: new References(ids), grades };
  }

  /** Rows that the record has already create nothing, so they are not asked here. */
  #placeholdersIn(candidates: readonly Candidate[]): Placeholder[] {
    const placeholders = new Map<string, Placeholder>();
    for (const { fields } of candidates) {
      for (const slug of Object.values(slugsIn(fields)).flat()) {
        const placeholder = this.mapper.named.find(slug);
        if (placeholder) placeholders.set(placeholder.slug, placeholder);
      }
    }
    return [...placeholders.values()];
  }

  /**
   * Refuses rows with a slug that another development, or another row, has or had. A slug of a development that an import
   * retracted stays with it, and the row gets another one.
   */
  async #withFreeSlugs(candidates: readonly Candidate[], refuse: Refuse): Promise<readonly Candidate[]> {
    const slugs = candidates.flatMap(({ fields }) => fields.slug ?? []);
    if (slugs.length === 0) return candidates;
    const taken = new Set(await takenSlugs(this.#db, slugs));
    const left = new Set(taken.size === 0 ? [] : await slugsLeftBy(this.#db, IMPORT_EDITOR, [...taken]));
    return candidates.flatMap((candidate): Candidate[] => {
      const { slug } = candidate.fields;
      if (!slug) return [candidate];
      if (left.delete(slug)) {
        const another = `${slug.slice(0, 110)}-${newId().slice(-8)}`;
        return [{ ...candidate, fields: { ...candidate.fields, slug: another } }];
      }
      const isTaken = taken.has(slug) || this.#slugs.has(slug);
      taken.add(slug);
      if (!isTaken) return [candidate];
      const reason = 'The slug belongs to another development.';
      refuse(candidate, [{ field: 'slug', value: slug, reason, kind: 'TAKEN_SLUG' }]);
      return [];
    });
  }

  /** Looks up the ids of all references of the rows, by `Owner:slug`. */
  async #idsOf(
    candidates: readonly Candidate[],
    placeholders: readonly Placeholder[],
    matches: ReadonlyMap<string, NameMatch>,
    lookup: ReferenceLookup,
  ): Promise<Map<string, string>> {
    const ids = new Map<string, string>();
    for (const { reference, key } of placeholders) {
      const match = matches.get(key);
      if (match && 'id' in match) ids.set(`${reference.owner}:${match.slug}`, match.id);
    }
    const others: Partial<Record<ReferenceOwner, Set<string>>> = {};
    for (const candidate of candidates) {
      for (const [owner, slugs] of [...referencesOf(candidate.fields), claimedActors(candidate)]) {
        for (const slug of slugs) {
          if (!ids.has(`${owner}:${slug}`)) others[owner] = (others[owner] ?? new Set()).add(slug);
        }
      }
    }
    for (const [key, id] of await lookup.idsOf(others)) ids.set(key, id);
    return ids;
  }

  /** Looks up the grades of the sources that the rows cite. */
  async #gradesOf(
    candidates: readonly Candidate[],
    matches: ReadonlyMap<string, NameMatch>,
    ids: ReadonlyMap<string, string>,
    lookup: ReferenceLookup,
  ): Promise<Grades> {
    const grades = new Map<string, SourceGrade>();
    for (const match of matches.values()) {
      if ('id' in match && match.grade) grades.set(match.id, match.grade);
    }
    const sources = candidates.flatMap(({ fields }) => fields.citations?.map(({ source }) => source) ?? []);
    const cited = candidates.flatMap(citedBefore);
    const others = new Set(
      [...cited, ...sources.flatMap((slug) => ids.get(`Source:${slug}`) ?? [])].filter(
        (id) => !grades.has(id),
      ),
    );
    for (const [id, grade] of await lookup.gradesOf(others)) grades.set(id, grade);
    return grades;
  }

  /** Chooses slugs for the rows that give none. Those that rows give are free. */
  #chooseSlugs(candidates: readonly Candidate[]): Promise<string[]> {
    const given = new Set(candidates.flatMap(({ fields }) => fields.slug ?? []));
    const without = candidates.flatMap(({ fields }) => (fields.slug == null ? [fields] : []));
    return chooseSlugs(this.#db, without, (slug) => given.has(slug) || this.#slugs.has(slug));
  }

  async #contentsOf(
    candidates: readonly Candidate[],
    composing: { readonly refs: References; readonly grades: Grades },
    refuse: Refuse,
  ): Promise<ComposedContent[]> {
    const { id, publish, record } = this.mapper.mapping;
    const chosen = this.#choosesSlugs ? await this.#chooseSlugs(candidates) : [];
    return candidates.flatMap((candidate) => {
      const item: NewDevelopment = {
        kind: KINDS[record],
        fields: candidate.fields,
        externalIds: [{ dataset: id.dataset, value: candidate.id }],
      };
      const tell = (_: NewDevelopment, error: DomainError) =>
        refuse(candidate, defectsOf(error, candidate.fields));
      const content = composeOrRefuse(
        item,
        candidate.fields.slug ?? chosen.shift() ?? 'not-chosen',
        publish,
        composing,
        tell,
      );
      if (!content) return [];
      if (this.#choosesSlugs) this.#slugs.add(content.slug, 1);
      return [{ content, said: candidate.said }];
    });
  }
}

/** The actors in claims of the development that a row is merged into. */
const claimedActors = ({ history }: Candidate): [ReferenceOwner, string[]] => [
  'Actor',
  history ? actorsIn(history.state.content.claims) : [],
];

/** The sources that the development of a row cites. */
const citedBefore = ({ history }: Candidate): string[] =>
  history?.state.content.citations.map(({ sourceId }) => sourceId) ?? [];

/** Counts the rows that leave the record as it is, or repeat a proposal. */
function countUntouched(
  revisions: readonly RowRevision[],
  changes: readonly ManyChange[],
  { made }: RowProposals,
): number {
  const touched = new Set([...changes.map(({ before }) => before.id), ...made.map(({ base }) => base?.id)]);
  return revisions.filter(({ candidate }) => !touched.has(candidate.history.state.id)).length;
}
