/** How a quantity to order was reckoned, each step with its numbers, and why it is what it is. */
import type { OrderReason, OrderStep } from '@darmon/domain/replenishment';
import { Stack, Text } from '@mantine/core';
import { useFormat, useT } from './language.ts';

const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text);

/** A step that can be told in several ways. */
const wordOf = ({ step, facts }: OrderStep) => {
  if (step === 'needed' && facts.orderAt !== undefined) return 'needed-above';
  if (step !== 'lead-time') return step;
  return facts.of === 'learned' || facts.of === 'promised' ? (`lead-time-${facts.of}` as const) : 'lead-time-rules';
};

/** Facts as people write them: days as days, shares as percent, numbers in threes. */
const useFacts = () => {
  const format = useFormat();
  return ({ facts }: OrderStep): Record<string, string> =>
    Object.fromEntries(
      Object.entries(facts).map(([name, value]) => {
        if (name === 'level') return [name, `${format.number(Math.round(Number(value) * 1_000) / 10)} %`];
        if (typeof value === 'number') return [name, format.number(value)];
        return [name, isDay(value) ? format.day(value) : value];
      }),
    );
};

/** Needs the area `order-steps`. */
export const OrderSteps = ({ steps }: { readonly steps: readonly OrderStep[] }) => {
  const t = useT();
  const factsOf = useFacts();
  return (
    <ol className="order-steps">
      {steps.map((step) => (
        <li key={step.step}>{t(`order-steps:${wordOf(step)}`, factsOf(step))}</li>
      ))}
    </ol>
  );
};

export const OrderReasons = ({ reasons }: { readonly reasons: readonly OrderReason[] }) => {
  const t = useT();
  if (reasons.length === 0) return null;
  return (
    <Stack gap={4} component="ul" className="order-reasons">
      {reasons.map((reason) => (
        <Text component="li" key={reason}>
          {t(`order-steps:reason.${reason}`)}
        </Text>
      ))}
    </Stack>
  );
};
