// Erases a customer for an operator, and notes the act under the id that the mark of deletion keeps.

import { customerKey } from '../redis/keys.ts'
import type { Erase, Erased } from '../retention/erase.ts'
import type { Actor, NoteAct } from './actions.ts'

type ErasingParts = { erase: Erase; note: NoteAct; by: Actor }

export const createErasing =
  ({ erase, note, by }: ErasingParts) =>
  (customerId: string): Promise<Erased> => {
    const about = { mark: customerKey(customerId) }
    return note.perform({ action: 'customer erased', ...about }, async () => {
      const erased = await erase(customerId, by)
      const { messages, events } = erased
      await note.result({ act: 'customer erased', ...about, messages, events })
      return erased
    })
  }

export type Erasing = ReturnType<typeof createErasing>
