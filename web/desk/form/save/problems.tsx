import { createContext, useContext } from 'react';

/** Something that the server refuses, at a path within the input such as `participants.0.actor`. */
export interface Problem {
  readonly path: string;
  readonly message: string;
}

const ProblemsContext = createContext<readonly Problem[]>([]);

export const ProblemsProvider = ProblemsContext.Provider;

/** Returns the problems at a path, and with `below` also those deeper within it. */
export function useProblems(path: string, { below = false } = {}): readonly Problem[] {
  const problems = useContext(ProblemsContext);
  return problems.filter(
    (problem) => problem.path === path || (below && problem.path.startsWith(`${path}.`)),
  );
}

/** Returns the id of the control at a path, so that messages can lead to it. */
export const controlId = (path: string): string => `f-${path.replaceAll('.', '-')}`;

/** Returns the id of the nearest control at or above a path that the page has. */
export function nearestControl(path: string): string | undefined {
  const parts = path.split('.');
  while (parts.length > 0) {
    const id = controlId(parts.join('.'));
    if (document.getElementById(id)) return id;
    parts.pop();
  }
  return undefined;
}
