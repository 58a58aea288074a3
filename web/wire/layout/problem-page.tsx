import type { PageError } from '../../../src/http/page/module.js';
import { useSite } from '../site.js';
import { PageFrame } from './page-frame.js';
import { SignIn } from './sign-in.js';

const TITLES: Readonly<Record<number, string>> = {
  400: 'This address cannot be read',
  401: 'Reading this record requires a token',
  403: 'This token does not allow reading',
  404: 'Not in the record',
  429: 'Too many requests',
  503: 'The record cannot be reached',
};

interface ProblemPageProps {
  readonly problem: PageError;
}

/** A page in place of one that cannot be shown. */
export function ProblemPage({ problem }: ProblemPageProps) {
  const { status, message, pageAfter } = problem;
  return (
    <PageFrame path="">
      <div className="prose">
        <h1>{TITLES[status] ?? 'Something went wrong'}</h1>
        {status === 401 ? <HowToGetIn pageAfter={pageAfter} /> : <p>{message}</p>}
        {status !== 401 && (
          <p>
            <a href="/">Go to the wire</a>
          </p>
        )}
      </div>
    </PageFrame>
  );
}

function HowToGetIn({ pageAfter }: Pick<PageError, 'pageAfter'>) {
  const { hasGraphiQL, hasSessions } = useSite();
  return (
    <>
      {hasSessions && <SignIn pageAfter={pageAfter} />}
      <p>Ask the operator of this server for a token. Programs send it with each request:</p>
      <pre>Authorization: Bearer …</pre>
      {hasGraphiQL && (
        <p>
          In a browser, open <a href="/graphql">GraphiQL</a>, choose “Session”, and enter the token there.
        </p>
      )}
      <p>
        Operators create tokens with <code>npx doctrine-wire token create --role READER --name NAME</code>.
      </p>
    </>
  );
}
