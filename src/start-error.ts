/** The process cannot start as configured. The message says why and what to change, so it is printed without a stack. */
export abstract class StartError extends Error {}
