const KEY = 'doctrine-wire-token';

/**
 * Keeps the token of the session in the tab's session storage, if the editor asks for it: it survives a reload and ends with
 * the tab. Never in local storage, which outlives both.
 */
export const tokenStore = {
  load: (): string | undefined => sessionStorage.getItem(KEY) ?? undefined,
  save: (token: string): void => sessionStorage.setItem(KEY, token),
  clear: (): void => sessionStorage.removeItem(KEY),
};
