import { counted, plain } from '../../wire/words.js';
import type { Preview } from '../queries/merging.js';
import type { MergeKind } from './merge-kinds.js';

interface MergeEffectProps {
  readonly kind: MergeKind;
  readonly preview: Preview;
  /** The names of the two. */
  readonly from: string;
  readonly into: string;
}

/** What a merge would change, and what the survivor would have, field by field. */
export function MergeEffect({ kind, preview, from, into }: MergeEffectProps) {
  const { fields, obstacles } = preview;
  const shown = fields.filter((it) => !it.isSame && !OWN_FIELDS.includes(it.field));
  return (
    <>
      {obstacles.map(({ text }) => (
        <p key={text} className="problem">
          {text}
        </p>
      ))}
      <p role="status">
        {kind === 'DEVELOPMENT' ? ofDevelopments(preview, from, into) : ofReferences(preview, from, into)}
      </p>
      <div className="table">
        <table>
          <thead>
            <tr>
              <td />
              <th scope="col">After the merge</th>
              <th scope="col">Merged entry</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ field, from: gone, result }) => (
              <tr key={field} className="different">
                <th scope="row">{field}</th>
                <td>{textOf(result)}</td>
                <td>{textOf(gone)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** Fields that belong to an entry alone. */
const OWN_FIELDS: readonly string[] = ['slug', 'successor'];

const ofReferences = ({ developments, drafts, references }: Preview, from: string, into: string): string =>
  `${counted(developments, 'development')} (${counted(drafts, 'draft')} among them) and ${counted(references, 'other reference')} would name ${into}. Names of ${from} lead to it.`;

/** The two are among the developments that would change. */
function ofDevelopments({ developments }: Preview, from: string, into: string): string {
  const linking = Math.max(0, developments - 2);
  const links =
    linking === 0 ? '' : ` Links of ${counted(linking, 'development')} would lead to the survivor.`;
  return `“${into}” gets the citations, claims and links of both. “${from}” is withdrawn, and leads to it.${links}`;
}

/** Shows a value of a field on one line. */
function textOf(value: unknown): string {
  if (value === null || value === undefined) return '–';
  if (Array.isArray(value)) return value.length === 0 ? '–' : value.map(textOf).join('; ');
  if (typeof value !== 'object') return String(value);
  const { name, edtf, state, source, locator, claims, actor, role, relation, to } = value as Readonly<
    Record<string, unknown>
  >;
  if (typeof source === 'string' && Array.isArray(claims)) {
    const page = typeof locator === 'string' ? `, ${locator}` : '';
    return `${source}${page}${claims.length === 0 ? '' : ` (${counted(claims.length, 'claim')})`}`;
  }
  if (typeof actor === 'string') return `${actor} (${plain(String(role))})`;
  if (typeof relation === 'string') return `${plain(relation)} ${String(to)}`;
  return String(name ?? edtf ?? state ?? JSON.stringify(value));
}
