/** How the plan reckoned one line, step by step with its numbers, so that a person can redo it. */
import { requisitionRoutes } from '@darmon/function-procurement/requisition-routes';
import { useAnswer } from '../shared/client.ts';
import { useT } from '../shared/language.ts';
import { OrderSteps } from '../shared/order-steps.tsx';
import { Dialog, FailureAlert, Waiting } from '../shared/parts.tsx';

export const Arithmetic = ({
  id,
  line,
  name,
  onClose,
}: {
  readonly id: string;
  readonly line: number;
  readonly name: string;
  readonly onClose: () => void;
}) => {
  const t = useT();
  const answer = useAnswer(requisitionRoutes.readRequisitionLine, { params: { id, line } });
  return (
    <Dialog opened onClose={onClose} size="lg" title={t('web-requisitions:calculationOf', { name })}>
      {answer.isPending && <Waiting />}
      <FailureAlert failure={answer.error} onRetry={() => void answer.refetch()} />
      {answer.data?.steps && <OrderSteps steps={answer.data.steps} />}
    </Dialog>
  );
};
