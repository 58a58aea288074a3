/** Counts what is open at once for each address. */
export interface Crowd {
  /** @returns A function that gives the place back, to be called once; undefined where there is none left. */
  enter(address: string): (() => void) | undefined;
  readonly perAddress: number;
  /** How many are open, of all addresses. */
  readonly size: number;
}

export function createCrowd(perAddress: number): Crowd {
  const open = new Map<string, number>();
  let size = 0;
  return {
    perAddress,
    get size() {
      return size;
    },
    enter: (address) => {
      const count = open.get(address) ?? 0;
      if (count >= perAddress) return undefined;
      open.set(address, count + 1);
      size += 1;
      return () => {
        const left = (open.get(address) ?? 1) - 1;
        if (left > 0) open.set(address, left);
        else open.delete(address);
        size -= 1;
      };
    },
  };
}
