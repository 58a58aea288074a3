/** Counts what is open at once for each address. */
export interface Crowd {
  /** @returns A function that gives the place back, to be called once; undefined where there is none left. */
  enter(address: string): (() => void) | undefined;
  readonly perAddress: number;
}

export function createCrowd(perAddress: number): Crowd {
  const open = new Map<string, number>();
  return {
    perAddress,
    enter: (address) => {
      const count = open.get(address) ?? 0;
      if (count >= perAddress) return undefined;
      open.set(address, count + 1);
      return () => {
        const left = (open.get(address) ?? 1) - 1;
        if (left > 0) open.set(address, left);
        else open.delete(address);
      };
    },
  };
}
