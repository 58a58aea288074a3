import { chromium } from 'playwright-core';
import { percentile } from '../figures.js';
import { CHROMIUM, FLAGS } from './chromium.js';

const LOADED = 10_000;
/** The frames that are measured, and how far each scrolls, in CSS pixels: 7,200 a second at 60 frames. */
const FRAMES = 600;
const STEP = 120;

/** Loads 10,000 developments into the list and scrolls through a part of it. */
export async function scrollList(url: string, log: (line: string) => void): Promise<Record<string, number>> {
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  try {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    await page.goto(new URL('/', url).href);
    const more = page.getByRole('button', { name: 'more here' });
    for (let shown = 20; shown < LOADED; shown += 100) {
      await more.dispatchEvent('click');
      const text = `${(shown + 100).toLocaleString('en')} developments shown`;
      await page.getByText(text).waitFor({ state: 'attached' });
    }
    log(`${LOADED} developments are in the list`);
    await page.evaluate('scrollTo(0, document.documentElement.scrollHeight / 3)');
    const { frames, work, nodes } = await page.evaluate<Scrolled>(SCROLL);
    const times = Float64Array.from(frames).sort();
    const works = Float64Array.from(work).sort();
    return {
      'frames a second, median': 1_000 / percentile(times, 0.5),
      'time between frames, p95, ms': percentile(times, 0.95),
      'work of a frame, p50, ms': percentile(works, 0.5),
      'work of a frame, p95, ms': percentile(works, 0.95),
      'elements in the document, most': Math.max(...nodes),
    };
  } finally {
    await browser.close();
  }
}

interface Scrolled {
  /** The time from each frame to the next, in milliseconds. */
  readonly frames: readonly number[];
  /** How long scripts, styles and layout took in each, in milliseconds. */
  readonly work: readonly number[];
  readonly nodes: readonly number[];
}

/** Runs in the page. A message that is posted in a frame arrives after its styles and layout. */
const SCROLL = `new Promise((resolve) => {
  const [frames, work, nodes] = [[], [], []];
  const channel = new MessageChannel();
  let last = performance.now();
  let began = last;
  channel.port1.onmessage = () => work.push(performance.now() - began);
  const frame = (now) => {
    frames.push(now - last);
    last = now;
    began = performance.now();
    if (frames.length > ${FRAMES}) return resolve({ frames: frames.slice(1), work, nodes });
    scrollBy(0, ${STEP});
    channel.port2.postMessage(0);
    if (frames.length % 20 === 0) nodes.push(document.querySelectorAll('*').length);
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
})`;
