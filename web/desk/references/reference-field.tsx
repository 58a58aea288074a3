import { type ReactNode, useState } from 'react';
import { controlId } from '../form/save/problems.js';
import type { FoundReference, ReferenceKind } from './kinds.js';
import { NewReference } from './new-reference.js';
import { ReferenceSearch } from './reference-search.js';

interface ReferenceFieldProps<Chosen extends { readonly slug: string; readonly name: string }> {
  readonly kind: ReferenceKind;
  readonly path: string;
  readonly label: string;
  readonly chosen: readonly Chosen[];
  /** Whether there can be more than one. */
  readonly isMany?: boolean;
  onChange(chosen: readonly FoundReference[]): void;
  /** Shows more about a chosen one. */
  details?(chosen: Chosen): ReactNode;
}

/** References that are chosen, and a search for more. A new one can be made without leaving the form. */
export function ReferenceField<Chosen extends { readonly slug: string; readonly name: string }>(
  props: ReferenceFieldProps<Chosen>,
) {
  const { kind, path, label, chosen, isMany = false, onChange, details } = props;
  const [newName, setNewName] = useState<string>();
  const id = controlId(path);
  const focus = (which: string) => requestAnimationFrame(() => document.getElementById(which)?.focus());
  const add = (reference: FoundReference) => {
    onChange(isMany ? [...(chosen as readonly unknown[] as FoundReference[]), reference] : [reference]);
    focus(isMany ? id : `${id}-remove-${reference.slug}`);
  };
  const remove = (slug: string) => {
    onChange((chosen as readonly unknown[] as FoundReference[]).filter((one) => one.slug !== slug));
    focus(id);
  };
  const hasSearch = isMany || chosen.length === 0;
  return (
    <div className="reference-field">
      {!hasSearch && <p className="label">{label}</p>}
      {chosen.length > 0 && (
        <ul className="chosen-references" aria-label={`${label}: chosen`}>
          {chosen.map((one) => (
            <li key={one.slug}>
              <bdi>{one.name}</bdi> {details?.(one)}
              <button
                type="button"
                className="quiet"
                id={`${id}-remove-${one.slug}`}
                aria-label={`Remove ${one.name}`}
                onClick={() => remove(one.slug)}
              >
                Remove
              </button>
            </li>
          ))}
        </ul>
      )}
      {hasSearch && (
        <ReferenceSearch
          {...{ kind, id, path, label }}
          chosen={chosen.map(({ slug }) => slug)}
          onPick={add}
          onCreate={setNewName}
        />
      )}
      {newName !== undefined && (
        <NewReference
          kind={kind}
          name={newName}
          onDone={(reference) => {
            setNewName(undefined);
            if (reference) add(reference);
            else focus(id);
          }}
        />
      )}
    </div>
  );
}
