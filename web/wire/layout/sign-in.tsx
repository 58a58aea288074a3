interface SignInProps {
  /** The page that the reader wants to see, after a wrong token. */
  readonly pageAfter: string | undefined;
}

/** The form by which a reader enters a token. It works without a script, and is the same on all pages. */
export function SignIn({ pageAfter }: SignInProps) {
  const action =
    pageAfter === undefined ? '/session' : `/session?${new URLSearchParams({ page: pageAfter })}`;
  return (
    <form action={action} method="post" className="sign-in">
      {pageAfter !== undefined && (
        <p className="refusal" role="alert">
          The token is unknown, expired or revoked. Enter another one.
        </p>
      )}
      <label htmlFor="token">Token</label>
      <input
        id="token"
        name="token"
        type="password"
        required
        autoComplete="current-password"
        aria-describedby="token-note"
      />
      <button type="submit">Read the record</button>
      <p className="small" id="token-note">
        This site keeps the token in a cookie until you close the browser or sign out. Scripts cannot read it,
        and it permits only reading.
      </p>
    </form>
  );
}

export function SignOut() {
  return (
    <form action="/session/end" method="post">
      <button type="submit" className="quiet">
        Sign out
      </button>
    </form>
  );
}
