import type { Database } from '../../database/open.js';
import { isLower, type Viewer } from '../../domain/access.js';
import { findTokenById, readTokens, type TokenState } from '../../domain/token.js';
import type { Identity } from './identity.js';

/** Why the server ends a session. DOWNGRADED: its token has a lower role than before. */
type Ending = 'EXPIRED' | 'REVOKED' | 'DOWNGRADED';

/** An open WebSocket or event stream of a viewer. */
export interface Session {
  /**
   * Looks up the token and returns the viewer with its current role. Undefined if the session has ended, or ends
   * with this look-up.
   *
   * @throws {Error} If the token cannot be looked up. The session stays open.
   */
  current(): Promise<Viewer | undefined>;
  /** When the token expires, in milliseconds since the epoch; undefined for never. */
  readonly expiresAt: number | undefined;
  /** Call it when the connection has closed. */
  release(): void;
}

/** Ends sessions whose tokens are no longer valid. Disposing stops the checks and ends no session. */
export interface Sessions extends AsyncDisposable {
  /** The number of sessions with a token that can expire or be revoked. */
  readonly size: number;
  /** @param end Called once, if the session ends before it is released. */
  hold(identity: Identity, end: (ending: Ending) => void): Session;
}

export interface SessionsOptions {
  readonly db: Database;
  /** How often all sessions are checked, in milliseconds. */
  readonly interval: number;
  /** Called when the tokens cannot be looked up, and not again until a look-up has succeeded. */
  onError(error: unknown): void;
}

/**
 * Creates the check of open sessions: every `interval`, expiry by the clock and all API tokens by one query. While the
 * database is unavailable no token counts as revoked.
 */
export function createSessions({ db, interval, onError }: SessionsOptions): Sessions {
  const held = new Set<HeldSession>();
  let looking: Promise<void> | undefined;
  let isAway = false;
  let isOver = false;

  const look = async () => {
    const asked = [...held].filter(({ tokenId }) => tokenId !== undefined);
    if (asked.length === 0) return;
    try {
      const tokens = await readTokens(db, [...new Set(asked.flatMap(({ tokenId }) => tokenId ?? []))]);
      for (const session of asked) session.settle(tokens.get(session.tokenId ?? ''));
      isAway = false;
    } catch (error) {
      if (!isAway && !isOver) onError(error);
      isAway = true;
    }
  };

  const timer = setInterval(() => {
    for (const session of held) session.settleByClock();
    looking ??= look().finally(() => {
      looking = undefined;
    });
  }, interval);
  timer.unref();

  return {
    get size() {
      return held.size;
    },
    hold: (identity, end) => {
      if (!identity.grant) return new EndlessSession(identity.viewer);
      const session = new HeldSession(db, identity, (ending) => {
        held.delete(session);
        if (ending !== 'RELEASED') end(ending);
      });
      held.add(session);
      return session;
    },
    [Symbol.asyncDispose]: async () => {
      isOver = true;
      clearInterval(timer);
      await looking;
    },
  };
}

/** A session that is never checked: thousands of sockets without a token cost no memory in the list. */
class EndlessSession implements Session {
  readonly expiresAt = undefined;
  readonly #viewer: Viewer;

  constructor(viewer: Viewer) {
    this.#viewer = viewer;
  }

  async current(): Promise<Viewer> {
    return this.#viewer;
  }

  release(): void {}
}

class HeldSession implements Session {
  readonly tokenId: string | undefined;
  readonly #isReadOnly: boolean;
  readonly #db: Database;
  readonly #onOver: (ending: Ending | 'RELEASED') => void;
  #expiresAt: number | undefined;
  #viewer: Viewer;
  #isOver = false;

  constructor(db: Database, { viewer, grant }: Identity, onOver: (ending: Ending | 'RELEASED') => void) {
    this.#db = db;
    this.#viewer = viewer;
    this.tokenId = grant?.tokenId;
    this.#isReadOnly = grant?.isReadOnly ?? false;
    this.#expiresAt = grant?.expiresAt;
    this.#onOver = onOver;
  }

  async current(): Promise<Viewer | undefined> {
    this.settleByClock();
    if (this.tokenId !== undefined && !this.#isOver) this.settle(await findTokenById(this.#db, this.tokenId));
    return this.#isOver ? undefined : this.#viewer;
  }

  get expiresAt(): number | undefined {
    return this.#expiresAt;
  }

  release(): void {
    this.#finish('RELEASED');
  }

  settleByClock(): void {
    if (this.#expiresAt !== undefined && this.#expiresAt <= Date.now()) this.#finish('EXPIRED');
  }

  /** Applies the current state of the token. Undefined: it was deleted. */
  settle(token: TokenState | undefined): void {
    const role = this.#isReadOnly ? 'READER' : token?.role;
    if (!token || !role || token.revokedAt) {
      this.#finish('REVOKED');
    } else if (isLower(role, this.#viewer.role)) {
      this.#finish('DOWNGRADED');
    } else {
      if (role !== this.#viewer.role) this.#viewer = { ...this.#viewer, role };
      this.#expiresAt = token.expiresAt?.getTime();
      this.settleByClock();
    }
  }

  #finish(ending: Ending | 'RELEASED'): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#onOver(ending);
  }
}
