import type { Transaction } from '../../database/open.js';
import type { DevelopmentContent } from '../../domain/development/content/content.js';
import type { RecordFields } from '../../domain/development/content/input.js';
import type { Grades } from '../../domain/development/evidence/confidence.js';
import type { ManyChange } from '../../domain/development/write/commit-many.js';
import { composeOrRefuse, type NewDevelopment } from '../../domain/development/write/record.js';
import type { DomainError } from '../../domain/errors.js';
import type { References } from '../../domain/references/lookup.js';
import type { NewReference, NewSpelling } from '../../domain/references/named/create-many.js';
import { readReviewMode } from '../../domain/review/policy.js';
import { type DevelopmentMapping, KINDS } from '../mapping/mapping.js';
import { DevelopmentMapper, type MappedRow } from '../mapping/row-mapper.js';
import type { RefusedRow } from '../report/problems.js';
import { defectsOf, type Refuse } from './defects.js';
import { type Candidate, hashFields, sortRows } from './known-rows.js';
import { Pauses } from './pauses.js';
import { ReferenceLookup } from './reference-lookup.js';
import { resolveRows } from './resolve-rows.js';
import { reviseRows } from './revise-rows.js';
import { countUntouched, decideRevisions, type RowProposals } from './row-proposals.js';
import { RowSlugs } from './row-slugs.js';

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

/**
 * Composes developments from rows, batch by batch, and writes nothing: a bounded number of statements for each batch.
 * The check and the second pass both use it, so a row that passes the check is written as it was checked.
 */
export class RowComposer {
  readonly mapper: DevelopmentMapper;
  readonly #db: Transaction;
  readonly #lookup: ReferenceLookup;
  readonly #choosesSlugs: boolean;
  readonly #slugs: RowSlugs;

  /** @param choosesSlugs Choose free slugs. The check needs none, unless rows give some: they could be taken. */
  constructor(db: Transaction, mapping: DevelopmentMapping, choosesSlugs: boolean) {
    this.#db = db;
    this.mapper = new DevelopmentMapper(mapping);
    this.#lookup = new ReferenceLookup(db);
    this.#choosesSlugs = choosesSlugs;
    this.#slugs = new RowSlugs(db);
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
    const { fresh, differing } = await sortRows(this.#db, mapping, candidates);
    const created = await resolveRows(fresh, mapper.named, this.#lookup, refuse);
    const free = await this.#slugs.withFree(created.candidates, refuse);
    const contents = await this.#contentsOf(free, created, refuse);
    // References of rows that are only compared are not made.
    const isApart = mapping.existing === 'report' && differing.length > 0;
    const lookup = isApart ? new ReferenceLookup(this.#db) : this.#lookup;
    const compared = await resolveRows(differing, mapper.named, lookup, refuse);
    const revisions = await reviseRows(this.#db, mapping, compared.candidates, compared);
    for (const { candidate, defects } of revisions) if (defects.length > 0) refuse(candidate, defects);
    const sound = revisions.filter(({ defects }) => defects.length === 0);
    const { changes, proposals } = await decideRevisions(this.#db, mapping, sound);
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

  /** Drops cached look-ups and chosen slugs, after a conflict with another writer. */
  forget(): void {
    this.#lookup.forget();
    this.#slugs.forget();
  }

  async #contentsOf(
    candidates: readonly Candidate[],
    composing: { readonly refs: References; readonly grades: Grades },
    refuse: Refuse,
  ): Promise<ComposedContent[]> {
    const { id, publish, record } = this.mapper.mapping;
    const slugs = this.#choosesSlugs ? await this.#slugs.choose(candidates) : [];
    const pauses = new Pauses();
    const contents: ComposedContent[] = [];
    for (const [index, candidate] of candidates.entries()) {
      const { fields, said } = candidate;
      const item = {
        kind: KINDS[record],
        fields,
        externalIds: [{ dataset: id.dataset, value: candidate.id }],
      };
      const slug = slugs[index] ?? fields.slug ?? 'not-chosen';
      const tell = (_: NewDevelopment, error: DomainError) => refuse(candidate, defectsOf(error, fields));
      const content = composeOrRefuse(item, slug, publish, composing, tell);
      if (content) {
        contents.push({ content, said });
        if (this.#choosesSlugs) this.#slugs.use(content.slug);
      }
      await pauses.between();
    }
    return contents;
  }
}
