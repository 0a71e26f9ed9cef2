// Releases one held message because an operator asks for it, and says in words why not.

import type { Held } from '../deliveries/delivery.ts'
import type { ReleaseMessage } from '../deliveries/release-message.ts'
import type { NoteAct } from './actions.ts'

type ReleasingParts = { releaseMessage: ReleaseMessage; note: NoteAct }

export type Released = { id: string; because: Held }

export const createReleasing =
  ({ releaseMessage, note }: ReleasingParts) =>
  (id: string): Promise<Released | { problem: string }> =>
    note.perform({ action: 'message released', message: id }, async () => {
      const before = await releaseMessage(id)
      if (!before) return { problem: `There is no message ${id}.` }
      if (before.state !== 'held') return { problem: `${id} is not held; it is ${before.state}.` }
      await note.result({ act: 'message released', message: id, because: before.because })
      return { id, because: before.because }
    })

export type Releasing = ReturnType<typeof createReleasing>
