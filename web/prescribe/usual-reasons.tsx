/** Reasons that are given often, each one press away from the field that takes any other. */
import { Group } from '@mantine/core';

export const UsualReasons = ({
  label,
  usual,
  reason,
  onReason,
}: {
  readonly label: string;
  readonly usual: readonly string[];
  readonly reason: string;
  readonly onReason: (reason: string) => void;
}) => (
  <Group gap={4} role="group" aria-label={label}>
    {usual.map((text) => (
      <button key={text} type="button" className="usual" aria-pressed={reason === text} onClick={() => onReason(text)}>
        {text}
      </button>
    ))}
  </Group>
);
