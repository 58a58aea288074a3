/** Events of browsers. Other platforms have none of them. */
interface Page {
  addEventListener?(type: string, listener: () => void): void;
  removeEventListener?(type: string, listener: () => void): void;
  readonly document?: Page & { readonly visibilityState: string };
}

interface NetworkListener {
  /** The device has lost its network. */
  onLost(): void;
  /** The network is back, or the page is visible again after the browser may have frozen it. */
  onBack(): void;
}

/**
 * Listens to `online`, `offline` and `visibilitychange`. Never calls the listener on platforms without these events.
 *
 * @returns A function that stops listening.
 */
export function listenToNetwork({ onLost, onBack }: NetworkListener): () => void {
  const page = globalThis as Page;
  const { document } = page;
  const onVisibility = () => {
    if (document?.visibilityState === 'visible') onBack();
  };
  page.addEventListener?.('online', onBack);
  page.addEventListener?.('offline', onLost);
  document?.addEventListener?.('visibilitychange', onVisibility);
  return () => {
    page.removeEventListener?.('online', onBack);
    page.removeEventListener?.('offline', onLost);
    document?.removeEventListener?.('visibilitychange', onVisibility);
  };
}
