/** What a controlled medicine needs beside the scan: the document of who collects, and a second pharmacist. */
import type { IdentityChecked } from '@darmon/domain/dispense';
import { Stack } from '@mantine/core';
import { WitnessPanel } from '../witness/panel.tsx';
import { CollectorFields } from './collector.tsx';
import type { DispenseLine } from './plan.ts';

export interface ControlledProof {
  /** The witness's approval. */
  readonly approval?: string;
  readonly identity?: IdentityChecked;
}

export const ControlledStep = ({
  subject,
  lines,
  disabled,
  identityError,
  onChange,
}: {
  /** The path that the lines are posted to. */
  readonly subject: string;
  /** As they will be posted; nothing while they are incomplete. */
  readonly lines: readonly DispenseLine[] | undefined;
  readonly disabled: boolean;
  /** What the server said of the document. */
  readonly identityError: string | undefined;
  readonly onChange: (change: (before: ControlledProof) => ControlledProof) => void;
}) => {
  const forget = ({ approval: _gone, ...rest }: ControlledProof): ControlledProof => rest;
  return (
    <Stack gap="md">
      <CollectorFields
        disabled={disabled}
        {...(identityError !== undefined && { error: identityError })}
        onChange={(identity) => onChange(({ identity: _before, ...rest }) => (identity ? { ...rest, identity } : rest))}
      />
      <WitnessPanel
        subject={subject}
        body={lines && { lines }}
        disabled={disabled}
        onApproved={(approval) => onChange((before) => ({ ...before, approval }))}
        onLost={() => onChange(forget)}
      />
    </Stack>
  );
};
