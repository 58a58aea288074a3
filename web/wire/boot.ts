/**
 * Loads the script of the page once the page has been painted: the script would take the line and the processor of a phone
 * from the text, which is complete without it. Its tag names the files: `data-script` and, apart by spaces, `data-imports`.
 */
const { script = '', imports = '' } = document.getElementById('boot')?.dataset ?? {};
let hasBegun = false;

function begin(): void {
  if (hasBegun) return;
  hasBegun = true;
  // All at once, not each after the one that imports it.
  for (const href of imports.split(' ').filter(Boolean)) {
    document.head.append(Object.assign(document.createElement('link'), { rel: 'modulepreload', href }));
  }
  void import(/* @vite-ignore */ script);
}

/** What has been painted first can grow until the document is complete, and is the largest paint then. */
function whenComplete(): void {
  if (document.readyState !== 'loading') begin();
  else document.addEventListener('DOMContentLoaded', begin);
}

// A tab in the background paints nothing until it is shown.
if (document.hidden || !PerformanceObserver.supportedEntryTypes.includes('paint')) whenComplete();
else {
  new PerformanceObserver((entries) => {
    if (entries.getEntriesByName('first-contentful-paint').length > 0) whenComplete();
  }).observe({ type: 'paint', buffered: true });
  document.addEventListener('visibilitychange', whenComplete, { once: true });
}
