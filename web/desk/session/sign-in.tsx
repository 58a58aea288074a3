import { type FormEvent, useLayoutEffect, useRef, useState } from 'react';

interface SignInProps {
  /** Why a token is needed again, or why the last one was refused. */
  readonly problem: string | undefined;
  readonly isBusy: boolean;
  onSubmit(token: string, isKept: boolean): void;
}

/** The form by which an editor enters a token. */
export function SignIn({ problem, isBusy, onSubmit }: SignInProps) {
  const [token, setToken] = useState('');
  const [isKept, setKept] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  // Before the form is shown, so that nothing is typed beside it.
  useLayoutEffect(() => {
    if (!isBusy) input.current?.focus();
  }, [isBusy]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isBusy) onSubmit(token.trim(), isKept);
  };
  return (
    <main id="content" className="entrance">
      <h1>Sign in to the desk</h1>
      <p>
        Editors record, check and publish developments here. Contributors see their proposals.{' '}
        <a href="/">The public wire</a> needs no account.
      </p>
      <form onSubmit={submit} className="stack" aria-label="Sign in">
        <p className="refusal" role="alert">
          {problem}
        </p>
        <label htmlFor="token">Token with the role CONTRIBUTOR, EDITOR or ADMIN</label>
        <input
          ref={input}
          id="token"
          type="password"
          required
          autoComplete="current-password"
          value={token}
          onChange={({ target }) => setToken(target.value)}
          aria-describedby="token-note"
        />
        <label className="check">
          <input type="checkbox" checked={isKept} onChange={({ target }) => setKept(target.checked)} />
          Keep me signed in when this tab reloads
        </label>
        <button type="submit" aria-disabled={isBusy}>
          {isBusy ? 'Checking the token…' : 'Sign in'}
        </button>
        <p className="small" id="token-note">
          The token stays in the memory of this tab. With the box checked, the browser keeps it until the tab
          closes or you sign out.
        </p>
      </form>
    </main>
  );
}
