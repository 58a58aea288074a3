import { type FuzzyDate, readFuzzyDate } from '../../domain/dates/fuzzy-date.js';
import { Prisma } from '../../generated/prisma/client.js';
import type { RecordCheck, RevisionCheck } from '../check.js';
import { each } from '../read.js';
import type { Findings } from '../report.js';

const { sql } = Prisma;

/** DATE_BOUNDS: dates of a revision. */
export const datesAreBounded: RevisionCheck = ({ content, name }, findings) => {
  if (!content) return;
  const { occurred, detail } = content;
  checkDate(`${name}, occurred`, occurred, findings);
  if (detail.kind === 'DOCTRINE_CHANGE' && detail.effective !== null) {
    checkDate(`${name}, effective`, detail.effective, findings);
  }
};

interface DateRow extends FuzzyDate {
  readonly slug: string;
}

/** DATE_BOUNDS: publication dates of sources. */
export const sourceDatesAreBounded: RecordCheck = async (tx, findings) => {
  const rows = each<{ [K in keyof DateRow]: DateRow[K] | null } & { readonly slug: string }>(
    tx,
    sql`SELECT slug, published_edtf AS edtf, published_earliest::text AS earliest, published_latest::text AS latest,
               published_precision::text AS precision
        FROM source
        WHERE num_nulls(published_edtf, published_earliest, published_latest, published_precision) < 4
        ORDER BY id`,
  );
  for await (const { slug, edtf, earliest, latest, precision } of rows) {
    const concerns = `the source ${slug}, published`;
    if (edtf === null || earliest === null || latest === null || precision === null) {
      const found = [edtf, earliest, latest, precision].map((part) => part ?? 'none').join(', ');
      findings.add('DATE_BOUNDS', concerns, 'a date, its bounds and its precision, or none of them', found);
    } else {
      checkDate(concerns, { edtf, earliest, latest, precision }, findings);
    }
  }
};

/** DATE_BOUNDS: dates of treaty states. */
export const treatyDatesAreBounded: RecordCheck = async (tx, findings) => {
  const rows = each<DateRow & { readonly state: string }>(
    tx,
    sql`SELECT treaty.slug, state::text AS state, since_edtf AS edtf, since_earliest::text AS earliest,
               since_latest::text AS latest, since_precision::text AS precision
        FROM treaty_status JOIN treaty ON treaty.id = treaty_id
        ORDER BY treaty.id, state, since_edtf`,
  );
  for await (const { slug, state, ...date } of rows)
    checkDate(`the treaty ${slug}, ${state}`, date, findings);
};

function checkDate(concerns: string, date: FuzzyDate, findings: Findings): void {
  const expected = readFuzzyDate(date.edtf);
  if (expected === undefined) {
    findings.add('DATE_BOUNDS', concerns, 'an EDTF date', JSON.stringify(date.edtf));
  } else if (boundsOf(expected) !== boundsOf(date) || expected.edtf !== date.edtf) {
    findings.add('DATE_BOUNDS', concerns, `${boundsOf(expected)}, as ${expected.edtf} is`, boundsOf(date));
  }
}

const boundsOf = ({ earliest, latest, precision }: FuzzyDate) => `${earliest} to ${latest} (${precision})`;
