/** What an issue does to the draft it was written as. */
import { draftKey } from './keys.ts';
import { type Action, update } from './transact.ts';

/** Closes a draft of this person and forgets what stood in it; the database refuses one that is closed already. */
export const closeDraftAction = (table: string, id: string, person: string): Action =>
  update(
    table,
    draftKey(id),
    {
      expression: 'SET #status = :issued, #sealed = :nothing, #wrappedKey = :none REMOVE gsi2pk, gsi2sk',
      names: { '#status': 'status', '#sealed': 'sealed', '#wrappedKey': 'wrappedKey' },
      values: { ':issued': 'issued', ':nothing': {}, ':none': '' },
    },
    {
      expression: '#status = :draft AND #person = :person',
      names: { '#person': 'person' },
      values: { ':draft': 'draft', ':person': person },
    },
    'changed',
  );
