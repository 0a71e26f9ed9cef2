// Holds and releases all mail, in every process, for an operator.

import type { Notifier } from '../alerts/notify.ts'
import type { HeldBy, Pause, PauseState } from '../resend/pause.ts'
import type { Actor, NoteAct } from './actions.ts'

type AllMailParts = {
  pause: Pick<Pause, 'hold' | 'release' | 'state'>
  notify: Notifier['notify']
  note: NoteAct
  /** Where the operator acts. */
  by: Actor
}

/** Who holds all mail; `null` where nobody does, even if it is paused. */
export const heldBy = (state: PauseState): HeldBy | null =>
  state && 'held' in state ? state.held : null

export const createAllMail = ({ pause, notify, note, by: actor }: AllMailParts) => ({
  state: pause.state,

  /** @returns who held it before. */
  hold: async (): Promise<HeldBy | null> => {
    const by = heldBy(await pause.state())
    if (by === 'command' || by === 'console') return by
    await note.perform({ action: 'all mail held' }, async () => {
      await pause.hold(actor)
      await note.result({ act: 'all mail held' })
    })
    if (by === null || by === 'gap') notify({ event: 'deliveries_held', by: actor })
    return by
  },

  /**
   * Releases all mail; messages that are held individually stay held.
   * @returns who held it before; `null` where it was not held, and nothing has changed.
   */
  release: async (): Promise<HeldBy | null> => {
    const by = heldBy(await pause.state())
    const isReleased = await note.perform({ action: 'all mail released' }, async () => {
      const released = await pause.release(actor)
      if (released) await note.result({ act: 'all mail released' })
      return released
    })
    if (!isReleased) return null
    notify({ event: 'deliveries_released', by: actor })
    return by ?? actor // it was held since the state was read
  },
})

export type AllMail = ReturnType<typeof createAllMail>
