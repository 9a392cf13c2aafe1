/**
 * The place where codes come in: a text field that has the focus, so that a hand scanner types into it, and beside it the
 * camera and a picture. It hands on the raw text and knows nothing of what it means.
 */
import { scan } from '@darmon/i18n/words/scan';
import { webScan } from '@darmon/i18n/words/web-scan';
import { Button, FileButton, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconCamera, IconCornerDownLeft, IconPhoto, IconScan } from '@tabler/icons-react';
import {
  type ClipboardEvent,
  type DragEvent,
  type KeyboardEvent,
  type ReactNode,
  useCallback,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react';
import { addAreas, type T, useT } from '../shared/language.ts';
import { CameraDialog } from './camera-dialog.tsx';
import { groupSeparator, type KeyDoubt, makeBurst, meaningOf, typedOf } from './keys.ts';
import { type PictureProblem, readPicture } from './read-picture.ts';
import './scan.css';

addAreas({ scan, 'web-scan': webScan });

type Problem = PictureProblem | KeyDoubt | 'no-reader';

const wordOf = (problem: Problem): Parameters<T>[0] => {
  if (problem === 'no-reader') return 'web-scan:camera.no-reader';
  return problem === 'caps-lock' || problem === 'layout' ? `web-scan:keys.${problem}` : `web-scan:picture.${problem}`;
};

/** A QR code holds at most 4,296 characters. */
const maxLength = 4_400;

const acceptsText = (element: Element | null): boolean =>
  element instanceof HTMLElement &&
  (element.isContentEditable || element.matches('textarea, select, input:not([type="checkbox"], [type="radio"])'));

/** A finger's device would cover half the page with its keyboard. */
const hasKeyboard = (): boolean => matchMedia('(pointer: fine)').matches;

/** Keys pressed while nothing has the focus go to the field: a scanner does not look where the cursor is. */
const useStrayKeys = (input: React.RefObject<HTMLInputElement | null>): void => {
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      const isCharacter =
        event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey;
      const isBusy = acceptsText(document.activeElement) || document.querySelector('[role="dialog"]') !== null;
      if (isCharacter && !isBusy) input.current?.focus();
    };
    document.addEventListener('keydown', onKey, true);
    return () => document.removeEventListener('keydown', onKey, true);
  }, [input]);
};

export const ScanField = ({
  label,
  hint,
  submit,
  onScan,
  pending = false,
  error,
  stayOpen = false,
  note,
  variant = 'main',
  focusRound = 0,
}: {
  readonly label: string;
  readonly hint?: string;
  /** The word on the button. */
  readonly submit: string;
  /** The raw text, untouched but for white space around it; GS stands in it as character 29. */
  readonly onScan: (raw: string) => void;
  readonly pending?: boolean;
  /** Why the last scan was not taken, and what to do. */
  readonly error?: ReactNode;
  /** Keeps the camera open after a code, for packs one after the other. */
  readonly stayOpen?: boolean;
  readonly note?: string;
  /** `compact` beside other work: smaller, without pictures, and on a phone it leaves the focus where it was. */
  readonly variant?: 'main' | 'compact';
  /** The focus comes back to the field when this changes. */
  readonly focusRound?: number;
}) => {
  const t = useT();
  const isMain = variant === 'main';
  const size = isMain ? 'lg' : 'md';
  const input = useRef<HTMLInputElement>(null);
  const burst = useRef(makeBurst());
  const [text, setText] = useState('');
  const [camera, setCamera] = useState(false);
  const [reading, setReading] = useState(false);
  const [dropping, setDropping] = useState(false);
  const [problem, setProblem] = useState<Problem | undefined>();
  const hintId = useId();
  useStrayKeys(input);
  useEffect(() => {
    if (isMain || hasKeyboard()) input.current?.focus({ preventScroll: true });
  }, [isMain, focusRound]);

  const emit = useCallback(
    (raw: string) => {
      setProblem(undefined);
      setText('');
      if (isMain || hasKeyboard()) input.current?.focus({ preventScroll: true });
      if (raw.trim() !== '') onScan(raw.trim());
    },
    [onScan, isMain],
  );

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const meaning = meaningOf(event);
    const now = performance.now();
    if (meaning === 'other') {
      if (event.key.length === 1) burst.current.press(now, typedOf(event));
      return;
    }
    const isScanned = burst.current.isScanner(now);
    if (meaning === 'end-if-scanned' && !isScanned) return;
    event.preventDefault();
    if (meaning !== 'separator') {
      const { value } = event.currentTarget;
      const doubt = isScanned ? burst.current.doubtOf(value) : undefined;
      if (!doubt) return emit(value);
      setText('');
      return setProblem(doubt);
    }
    const { selectionStart, selectionEnd, value } = event.currentTarget;
    event.currentTarget.setRangeText(
      groupSeparator,
      selectionStart ?? value.length,
      selectionEnd ?? value.length,
      'end',
    );
    setText(event.currentTarget.value);
  };

  const take = useCallback(
    async (file: Blob | null | undefined) => {
      if (!file) return;
      setProblem(undefined);
      setReading(true);
      try {
        const read = await readPicture(file);
        if ('raw' in read) emit(read.raw);
        else setProblem(read.problem);
      } catch {
        setProblem('no-reader');
      } finally {
        setReading(false);
      }
    },
    [emit],
  );

  const onPaste = (event: ClipboardEvent) => {
    const file = [...event.clipboardData.files][0];
    if (!file) return;
    event.preventDefault();
    void take(file);
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setDropping(false);
    void take(event.dataTransfer.files[0]);
  };
  const onDragOver = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    setDropping(true);
  };

  const wrong = problem && t(wordOf(problem));
  return (
    <Stack
      gap="xs"
      className="scan-field no-print"
      data-variant={variant}
      data-dropping={dropping}
      onDrop={onDrop}
      onDragOver={onDragOver}
      onDragLeave={() => setDropping(false)}
    >
      <div className="scan-row">
        <TextInput
          ref={input}
          className="scan-input"
          label={label}
          size={size}
          value={text}
          maxLength={maxLength}
          leftSection={<IconScan size={24} aria-hidden />}
          autoComplete="off"
          autoCorrect="off"
          autoCapitalize="off"
          spellCheck={false}
          enterKeyHint="go"
          aria-describedby={hintId}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
        />
        <Button
          size={size}
          loading={pending}
          leftSection={<IconCornerDownLeft size={20} aria-hidden />}
          onClick={() => emit(text)}
        >
          {submit}
        </Button>
        <Group gap="xs" className="scan-other" wrap="nowrap">
          <Button
            size={size}
            variant="default"
            leftSection={<IconCamera size={22} aria-hidden />}
            onClick={() => setCamera(true)}
          >
            {t('web-scan:camera')}
          </Button>
          {isMain && (
            <FileButton accept="image/*" onChange={(file) => void take(file)}>
              {(props) => (
                <Button
                  {...props}
                  size={size}
                  variant="default"
                  loading={reading}
                  leftSection={<IconPhoto size={22} aria-hidden />}
                >
                  {t('web-scan:picture')}
                </Button>
              )}
            </FileButton>
          )}
        </Group>
      </div>
      <Text size="sm" className="quiet" id={hintId}>
        {dropping ? t('web-scan:dropNow') : [hint, isMain && t('web-scan:dropHint')].filter(Boolean).join(' ')}
      </Text>
      <div role="status">{reading && <Text size="sm">{t('web-scan:reading')}</Text>}</div>
      <div role="alert">{(wrong ?? error) && <div className="scan-error">{wrong ?? error}</div>}</div>
      <CameraDialog opened={camera} onClose={() => setCamera(false)} onCode={emit} stayOpen={stayOpen} note={note} />
    </Stack>
  );
};
