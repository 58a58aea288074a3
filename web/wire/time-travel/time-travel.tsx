import { useEffect, useState } from 'react';
import { writeAsOf } from '../../../src/parameters/points.js';
import { formatSelection } from '../../../src/parameters/selection.js';
import { linkToList } from '../links.js';
import type { ListState } from '../page-state.js';

interface TimeTravelProps {
  readonly state: ListState;
  /** When the record was first published to. */
  readonly began: string | undefined;
}

/** Shows the record as it stood on an earlier day: a date field, and with a script a slider over its whole life. */
export function TimeTravel({ state, began }: TimeTravelProps) {
  const { filter, order, asOf } = state.selection;
  const kept = new URLSearchParams(formatSelection({ filter, ...(order && { order }) }));
  const text = asOf && 'moment' in asOf ? writeAsOf(asOf) : '';
  return (
    <details className="time-travel" open={asOf !== undefined}>
      <summary>Go back in time</summary>
      <form action={state.path} method="get" className="filter">
        {[...kept].map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <p className="field">
          <label htmlFor="asOf">What was known at the end of</label>
          <input id="asOf" name="asOf" type="date" defaultValue={text.slice(0, 10)} required />
        </p>
        <p className="field">
          <button type="submit">Show</button>
        </p>
        {began && <Slider state={state} began={began} shown={text} />}
      </form>
    </details>
  );
}

const STEPS = 200;
const MINUTE = 60_000;

/** Appears with the script only: where its end is depends on the clock of the reader. */
function Slider({
  state,
  began,
  shown,
}: {
  readonly state: ListState;
  readonly began: string;
  readonly shown: string;
}) {
  const [now, setNow] = useState<number>();
  const [step, setStep] = useState<number>();
  useEffect(() => setNow(Date.now()), []);
  if (now === undefined) return null;
  const start = Date.parse(began);
  const at = Date.parse(shown.length === 10 ? `${shown}T23:59:59Z` : shown);
  const value = step ?? (Number.isNaN(at) ? STEPS : Math.round(((at - start) / (now - start)) * STEPS));
  const moment = new Date(Math.floor((start + (value / STEPS) * (now - start)) / MINUTE) * MINUTE + MINUTE);
  const text = moment.toISOString().slice(0, 16);
  const go = () => {
    const asOf = value >= STEPS ? undefined : { moment: `${text}:00Z` };
    location.assign(linkToList(state, { selection: { asOf } }));
  };
  return (
    <p className="field wide">
      <label htmlFor="moment">
        Or move the slider, then press Enter or release it: {text.replace('T', ' ')} UTC
      </label>
      <input
        id="moment"
        type="range"
        min="0"
        max={STEPS}
        value={Math.max(0, Math.min(STEPS, value))}
        aria-valuetext={`${text.replace('T', ' ')} UTC`}
        onChange={({ target }) => setStep(Number(target.value))}
        onPointerUp={go}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          go();
        }}
      />
    </p>
  );
}
