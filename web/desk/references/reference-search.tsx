import { useContext, useEffect, useState } from 'react';
import {
  ComboBox,
  ComboBoxStateContext,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Text,
} from 'react-aria-components';
import { useDebounced } from '../form/fields/use-debounced.js';
import { useProblems } from '../form/save/problems.js';
import { findReferences } from '../queries/find-references.js';
import { useDesk } from '../session/session-context.js';
import { type FoundReference, REFERENCE_KINDS, type ReferenceKind } from './kinds.js';

interface ReferenceSearchProps {
  readonly kind: ReferenceKind;
  readonly id: string;
  readonly path: string;
  readonly label: string;
  /** Slugs that are chosen already. */
  readonly chosen: readonly string[];
  onPick(reference: FoundReference): void;
  /** Called when the editor wants a new one. Without it none is offered. */
  onCreate?(name: string): void;
}

const NEW = 'new reference';

/** A field that searches references as one types, and offers to make a new one. */
export function ReferenceSearch(props: ReferenceSearchProps) {
  const { kind, id, path, label, chosen, onPick, onCreate } = props;
  const { client } = useDesk();
  const [text, setText] = useState('');
  const [found, setFound] = useState<{
    readonly text: string;
    readonly references: readonly FoundReference[];
  }>();
  const problems = useProblems(path, { below: true });
  const search = useDebounced(text.trim(), 150);

  useEffect(() => {
    let isCurrent = true;
    if (search === '') setFound(undefined);
    else {
      void findReferences(client, kind, search).then(
        (references) => isCurrent && setFound({ text: search, references }),
      );
    }
    return () => {
      isCurrent = false;
    };
  }, [client, kind, search]);

  const isCurrent = found !== undefined && found.text === text.trim();
  const items = isCurrent
    ? [
        ...found.references.filter(({ slug }) => !chosen.includes(slug)),
        ...(onCreate
          ? [{ slug: NEW, name: `New ${REFERENCE_KINDS[kind].one} “${text.trim()}”…`, note: '' }]
          : []),
      ]
    : [];
  const pick = (key: unknown) => {
    if (key === null) return;
    const name = text.trim();
    setText('');
    if (key === NEW) return onCreate?.(name);
    const picked = items.find(({ slug }) => slug === key);
    if (picked) onPick(picked);
  };
  return (
    <ComboBox
      className={`search${problems.length > 0 ? ' refused' : ''}`}
      items={items}
      inputValue={text}
      onInputChange={setText}
      selectedKey={null}
      onSelectionChange={pick}
      allowsCustomValue
      allowsEmptyCollection
      menuTrigger="input"
      isInvalid={problems.length > 0}
    >
      <Label>{label}</Label>
      <Input id={id} placeholder={`Search ${REFERENCE_KINDS[kind].many}`} />
      {problems.length > 0 && (
        <Text slot="description" className="problem">
          {problems.map(({ message }) => message).join(' ')}
        </Text>
      )}
      <OpenForFound found={isCurrent ? found : undefined} />
      <Popover className="options" offset={4}>
        <ListBox<FoundReference>
          renderEmptyState={() => (
            <p className="small">
              {text.trim() === '' ? 'Type a part of the name.' : isCurrent ? 'Nothing found.' : 'Searching…'}
            </p>
          )}
        >
          {({ slug, name, note }) => (
            <ListBoxItem id={slug} textValue={name} className={slug === NEW ? 'option new' : 'option'}>
              <Text slot="label">{name}</Text>
              {note && (
                <Text slot="description" className="small">
                  {note}
                </Text>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}

/**
 * Opens the options when they are found. The menu closes when the page scrolls, also by itself: because the field got the
 * focus, or lines were added above it. On narrow screens this happens while the server searches.
 */
function OpenForFound({ found }: { readonly found: object | undefined }) {
  const state = useContext(ComboBoxStateContext);
  // biome-ignore lint/correctness/useExhaustiveDependencies: Only what is found opens the menu, not each change of its state.
  useEffect(() => {
    if (found && state?.isFocused && !state.isOpen) state.open();
  }, [found]);
  return null;
}
