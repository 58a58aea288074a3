import type { Database } from '../../database/open.js';
import { isLower, type Viewer } from '../../domain/access.js';
import { findTokenById, readTokens, type TokenState } from '../../domain/token.js';
import type { Identity } from './identity.js';

/** Why an open session is over: its token is no longer good, or allows less than when it was opened. */
type Ending = 'EXPIRED' | 'REVOKED' | 'DOWNGRADED';

/** Something open on behalf of a viewer: a WebSocket, or an event stream. */
export interface Session {
  /**
   * Who it is now, by what the token allows at this moment; undefined where the session is over, by this look
   * too. A role that was raised counts from here on.
   *
   * @throws When the token cannot be looked up: nothing is decided then.
   */
  current(): Promise<Viewer | undefined>;
  /** To be called when it is closed. */
  release(): void;
}

/** Holds what is open to the tokens that it was opened with. Disposing ends the looking, and no session. */
export interface Sessions extends AsyncDisposable {
  /** How many are held; those of viewers whose rights cannot end are not. */
  readonly size: number;
  /** @param end Called once, when the session is over before it was released. */
  hold(identity: Identity, end: (ending: Ending) => void): Session;
}

export interface SessionsOptions {
  readonly db: Database;
  /** How often they are looked at, in milliseconds. */
  readonly interval: number;
  /** Told when the tokens cannot be looked up; not again before they could be. */
  onError(error: unknown): void;
}

/**
 * Looks at all that is open every `interval`: expiry by the clock, API tokens by one query for all of them.
 * While the database is away nobody's token is taken for revoked.
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

/** That of a viewer whose rights do not end: thousands of sockets without a token are nowhere listed. */
class EndlessSession implements Session {
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
  readonly #db: Database;
  readonly #onOver: (ending: Ending | 'RELEASED') => void;
  #expiresAt: number | undefined;
  #viewer: Viewer;
  #isOver = false;

  constructor(db: Database, { viewer, grant }: Identity, onOver: (ending: Ending | 'RELEASED') => void) {
    this.#db = db;
    this.#viewer = viewer;
    this.tokenId = grant?.tokenId;
    this.#expiresAt = grant?.expiresAt;
    this.#onOver = onOver;
  }

  async current(): Promise<Viewer | undefined> {
    this.settleByClock();
    if (this.tokenId !== undefined && !this.#isOver) this.settle(await findTokenById(this.#db, this.tokenId));
    return this.#isOver ? undefined : this.#viewer;
  }

  release(): void {
    this.#finish('RELEASED');
  }

  settleByClock(): void {
    if (this.#expiresAt !== undefined && this.#expiresAt <= Date.now()) this.#finish('EXPIRED');
  }

  /** Takes note of what the database says of its token; undefined: it is not there any more. */
  settle(token: TokenState | undefined): void {
    if (!token || token.revokedAt) {
      this.#finish('REVOKED');
    } else if (isLower(token.role, this.#viewer.role)) {
      this.#finish('DOWNGRADED');
    } else {
      if (token.role !== this.#viewer.role) this.#viewer = { ...this.#viewer, role: token.role };
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
