import { PageFrame } from '../layout/page-frame.js';
import { useSite } from '../site.js';
import { CREDIBILITY, capital, RELIABILITY } from '../words.js';

/** Explains the record and how to read it. */
export function AboutPage() {
  const { hasGraphiQL } = useSite();
  return (
    <PageFrame path="/about">
      <div className="prose">
        <h1>About this record</h1>
        <p className="lead">
          Doctrine Wire records events, statements and changes of doctrine in arms control: what happened, who
          said what in which words, and on which evidence it rests.
        </p>
        <h2>Three rules</h2>
        <ul>
          <li>
            <strong>Nothing is overwritten.</strong> A correction adds a revision, and a withdrawal adds a
            reason. So the record can show what is known now, and what was known on any earlier day.
          </li>
          <li>
            <strong>Nothing is stated without a source.</strong> If sources disagree, the record keeps the
            claims of both, and says which one it prefers and why.
          </li>
          <li>
            <strong>Dates are as precise as the evidence.</strong> “July 2024” means that the day is not
            known. “About” and “uncertain” come from the sources.
          </li>
        </ul>
        <h2 id="grades">Grades</h2>
        <p>
          Each citation has a grade in the Admiralty code. The letter grades the source, and the number,
          independently of it, what the source says here. B2 means: usually reliable source, probably true.
        </p>
        <div className="tables">
          <Grades title="The source" rows={Object.entries(RELIABILITY)} />
          <Grades title="What it says" rows={Object.entries(CREDIBILITY)} />
        </div>
        <p>
          Confidence in a development is high, moderate or low. It follows from the grades of its sources; an
          editor can set it and give the reason.
        </p>
        <h2 id="map">The map</h2>
        <p>
          The map takes no side. It shows outlines of land and nothing else: no borders, no names of countries
          and no colours for them. A place is a mark, and its size says how precisely the place is known. The
          projection is Equal Earth, which keeps areas in proportion. The outlines are those of Natural Earth.
        </p>
        <h2 id="api">Use it elsewhere</h2>
        <ul>
          <li>
            <a href="/feed.atom">Atom</a> and <a href="/feed.json">JSON</a> feeds of everything. Add the query
            string of any filtered page to get a feed of that filter.
          </li>
          <li>
            Downloads of the same: <a href="/export.csv">CSV</a>, <a href="/export.ndjson">NDJSON</a> and{' '}
            <a href="/export.geojson">GeoJSON</a>.
          </li>
          <li>
            The GraphQL API at <code>/graphql</code>
            {hasGraphiQL && (
              <>
                , with <a href="/graphql">GraphiQL</a> to try it
              </>
            )}
            . This page uses nothing else.
          </li>
        </ul>
        <h2 id="licence">Licence</h2>
        <p>
          The software is under the MIT licence. Quotations belong to their authors. The operator of this
          server decides about the rest of the record.
        </p>
      </div>
    </PageFrame>
  );
}

interface GradesProps {
  readonly title: string;
  readonly rows: readonly (readonly [string, string])[];
}

function Grades({ title, rows }: GradesProps) {
  return (
    <table>
      <caption>{title}</caption>
      <tbody>
        {rows.map(([grade, words]) => (
          <tr key={grade}>
            <th scope="row">{grade}</th>
            <td>{capital(words)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
