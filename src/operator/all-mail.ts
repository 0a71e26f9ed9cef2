// Holds and releases all mail, in every process, for an operator.

import type { Notifier } from '../alerts/notify.ts'
import type { HeldBy, Pause, PauseState } from '../resend/pause.ts'
import type { NoteAct } from './actions.ts'

type AllMailParts = {
  pause: Pick<Pause, 'hold' | 'release' | 'state'>
  notify: Notifier['notify']
  note: NoteAct
}

/** Who holds all mail; `null` where nobody does, even if it is paused. */
export const heldBy = (state: PauseState): HeldBy | null =>
  state && 'held' in state ? state.held : null

export const createAllMail = ({ pause, notify, note }: AllMailParts) => ({
  state: pause.state,

  /** @returns who held it before. */
  hold: async (): Promise<HeldBy | null> => {
    const by = heldBy(await pause.state())
    if (by === 'command') return by
    await pause.hold('command')
    await note({ act: 'all mail held' })
    if (by === null) notify({ event: 'deliveries_held', by: 'command' })
    return by
  },

  /**
   * Releases all mail; messages that are held individually stay held.
   * @returns who held it before; `null` where it was not held, and nothing has changed.
   */
  release: async (): Promise<HeldBy | null> => {
    const by = heldBy(await pause.state())
    if (!(await pause.release('command'))) return null
    await note({ act: 'all mail released' })
    notify({ event: 'deliveries_released', by: 'command' })
    return by ?? 'command' // it was held since the state was read
  },
})

export type AllMail = ReturnType<typeof createAllMail>
