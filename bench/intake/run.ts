import { stat } from 'node:fs/promises';
import { print, writeResults } from '../report.js';
import { readArticles } from './articles.js';
import { readBrat } from './brat.js';
import { attributionsOf, extract, Gazetteer } from './extractor.js';
import type { GoldText } from './gold.js';
import { scoreNames } from './names.js';
import { emptyScores, KINDS, type Mistake, type Score, scoreText } from './score.js';

interface Options {
  readonly data: string;
  readonly mistakes: number;
}

const SPEED_ROUNDS = 3;

/** Scores quotations and their speakers against annotated texts, and measures the speed of all suggestions. */
export async function runIntake({ data, mistakes: shown }: Options): Promise<void> {
  const texts = (await stat(data)).isDirectory() ? await readBrat(data) : await readArticles(data);
  const scores = emptyScores();
  const mistakes: Mistake[] = [];
  for (const one of texts) {
    const found = attributionsOf(one.text, one.language).map(({ parts, source, rule }) => ({
      parts,
      source: source ? [source] : [],
      note: rule,
    }));
    mistakes.push(...scoreText(scores, one, found));
  }
  const rows = KINDS.map((kind) => [kind.toLowerCase(), ...figuresOf(scores[kind])]);
  print([HEADER, ...rows]);
  printMistakes(mistakes, shown);
  const speed = measureSpeed(texts);
  print([
    ['words', 'ms for 1,000 words'],
    [String(speed.words), speed.milliseconds.toFixed(1)],
  ]);
  const names = await scoreNames();
  print([
    ['names', 'texts', 'gold', 'found', 'P', 'R'],
    ...Object.entries(names).map(([set, { texts, gold, found, right }]) => [
      set,
      ...[texts, gold, found].map(String),
      ...[right / found, right / gold].map((figure) => figure.toFixed(3)),
    ]),
  ]);
  console.log(await writeResults('intake', { data, scores, speed, names }));
}

const HEADER = ['kind', 'gold', 'found', 'P', 'R', 'F1', 'P exact', 'R exact', 'P any', 'R any', 'speaker'];

function figuresOf(score: Score): string[] {
  const ratio = (part: number, all: number) => (all === 0 ? '' : (part / all).toFixed(3));
  const [precision, recall] = [score.foundMatched / score.found, score.goldMatched / score.gold];
  return [
    String(score.gold),
    String(score.found),
    ratio(score.foundMatched, score.found),
    ratio(score.goldMatched, score.gold),
    ratio(2 * precision * recall, precision + recall),
    ratio(score.foundExact, score.found),
    ratio(score.goldExact, score.gold),
    ratio(score.foundTouched, score.found),
    ratio(score.goldTouched, score.gold),
    ratio(score.speakersRight, score.speakers),
  ];
}

/** Prints how many mistakes each rule made, and the first ones of each type. */
function printMistakes(mistakes: readonly Mistake[], shown: number): void {
  const counts = new Map<string, number>();
  for (const { type, kind, note } of mistakes) {
    if (type !== 'WRONG') continue;
    const name = `${kind.toLowerCase()} ${note}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const commonest = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 10);
  print([['wrong by rule', 'count'], ...commonest.map(([name, count]) => [name, String(count)])]);
  for (const type of ['MISSED', 'WRONG', 'SPEAKER'] as const) {
    for (const { kind, text, source, note } of mistakes.filter((one) => one.type === type).slice(0, shown)) {
      console.log(`${type} ${kind} [${note}] <${source}> ${text.slice(0, 200)}`);
    }
  }
}

function measureSpeed(texts: readonly GoldText[]) {
  const gazetteer = new Gazetteer([]);
  const some = texts.slice(0, 100);
  const words = some.reduce((sum, { text }) => sum + text.split(/\s+/).length, 0);
  const round = () => {
    const started = process.cpuUsage();
    for (const { text, language } of some) extract(text, { language, dateline: '2016-11-08', gazetteer });
    const { user, system } = process.cpuUsage(started);
    return (user + system) / 1000;
  };
  round();
  const fastest = Math.min(...Array.from({ length: SPEED_ROUNDS }, round));
  return { words, milliseconds: (fastest / words) * 1000 };
}
