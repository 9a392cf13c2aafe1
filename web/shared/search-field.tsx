/**
 * A field that finds as you type: arrows move, Enter takes, Escape closes, and the first match is ready to be taken, so
 * that a practised hand needs no mouse. It owns the typing; what matches is the caller's.
 */
import { Combobox, Loader, Text, TextInput, useCombobox, VisuallyHidden } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type ReactNode, type Ref, useEffect, useState } from 'react';
import { useT } from './language.ts';

export interface Found {
  /** Unique among the results; given to `onChoose`. */
  readonly value: string;
  /** What is read aloud and shown first. */
  readonly label: string;
  readonly detail?: ReactNode;
  /** Shown, said why in `detail`, but not to be taken. */
  readonly disabled?: boolean;
}

export const SearchField = ({
  label,
  description,
  placeholder,
  error,
  disabled,
  busy = false,
  find,
  resembles,
  onChoose,
  inputRef,
}: {
  readonly label: string;
  readonly description?: string;
  readonly placeholder?: string;
  readonly error?: ReactNode;
  readonly disabled?: boolean;
  /** While what is searched in is still loading. */
  readonly busy?: boolean;
  find(text: string): readonly Found[];
  /** True where what `find` gives only resembles the text: it is said, and nothing is ready to be taken. */
  resembles?(text: string): boolean;
  onChoose(value: string): void;
  readonly inputRef?: Ref<HTMLInputElement>;
}) => {
  const t = useT();
  const [text, setText] = useState('');
  const store = useCombobox({ onDropdownClose: () => store.resetSelectedOption() });
  const found = text.trim() ? find(text) : [];
  const { selectFirstOption, resetSelectedOption, dropdownOpened } = store;
  const first = found[0]?.value;
  const guessed = first !== undefined && (resembles?.(text) ?? false);
  useEffect(() => {
    if (dropdownOpened && guessed) resetSelectedOption();
    else if (dropdownOpened && first !== undefined) selectFirstOption();
  }, [dropdownOpened, first, guessed, selectFirstOption, resetSelectedOption]);
  const count = text.trim() && !busy ? t('web-shared:found', { count: found.length }) : '';
  const said = guessed ? `${t('web-shared:resembling')} ${count}` : count;
  return (
    <Combobox
      store={store}
      withinPortal={false}
      onOptionSubmit={(value) => {
        setText('');
        store.closeDropdown();
        onChoose(value);
      }}
    >
      <Combobox.Target withExpandedAttribute>
        <TextInput
          ref={inputRef}
          role="combobox"
          label={label}
          description={description}
          placeholder={placeholder}
          error={error}
          disabled={disabled}
          value={text}
          autoComplete="off"
          spellCheck={false}
          leftSection={<IconSearch size={18} aria-hidden />}
          rightSection={busy ? <Loader size="xs" aria-hidden /> : null}
          onChange={(event) => {
            setText(event.currentTarget.value);
            store.openDropdown();
          }}
          onFocus={() => {
            if (text.trim()) store.openDropdown();
            // What a search has to make first is made while the hand moves to the keys.
            else setTimeout(() => find(''));
          }}
          onBlur={() => store.closeDropdown()}
        />
      </Combobox.Target>
      <VisuallyHidden role="status">{said}</VisuallyHidden>
      <Combobox.Dropdown hidden={!text.trim()}>
        <Combobox.Options mah={360} className="found" aria-label={label}>
          {guessed && <Combobox.Header fz="sm">{t('web-shared:resembling')}</Combobox.Header>}
          {found.map((one) => (
            <Combobox.Option key={one.value} value={one.value} disabled={one.disabled} className="found-one">
              <Text fw={600}>{one.label}</Text>
              {one.detail}
            </Combobox.Option>
          ))}
          {!found.length && <Combobox.Empty>{t(busy ? 'common:loading' : 'common:nothingFound')}</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
};
