/** Counts the WebSockets and event streams that each address has open. */
export interface ConnectionLimit {
  readonly perAddress: number;
  /** @returns A function to call once when the connection closes; undefined above the limit. */
  open(address: string): (() => void) | undefined;
}

export function createConnectionLimit(perAddress: number): ConnectionLimit {
  const counts = new Map<string, number>();
  return {
    perAddress,
    open: (address) => {
      const count = counts.get(address) ?? 0;
      if (count >= perAddress) return undefined;
      counts.set(address, count + 1);
      return () => {
        const left = (counts.get(address) ?? 1) - 1;
        if (left > 0) counts.set(address, left);
        else counts.delete(address);
      };
    },
  };
}
