// Holding all mail, in every process; looking at what waits and why; and releasing it. Looking changes nothing.

import type { Notifier } from '../alerts/notify.ts'
import type { HeldMessages } from '../deliveries/held.ts'
import type { OperatorActions } from '../deliveries/operator-actions.ts'
import type { Rehearsals } from '../deliveries/rehearsals.ts'
import type { Pause, PauseState } from '../resend/pause.ts'
import { countOf, HOW_TO_HOLD, heldOneByOne, minuteOf, type Said, said } from './output.ts'
import { rehearsed } from './rehearsed.ts'

type MailParts = {
  pause: Pick<Pause, 'hold' | 'release' | 'state'>
  held: Pick<HeldMessages, 'list'>
  rehearsals: Pick<Rehearsals, 'list'>
  /** The ids of messages that wait to be sent, for whatever reason. */
  waiting: () => Promise<string[]>
  /** The kind of a message; `null` where there is no such message. */
  kindOf: (messageId: string) => Promise<string | null>
  notify: Notifier['notify']
  note: OperatorActions['note']
}

const RELEASE = 'npm run release -- all'

export const heldBy = (state: PauseState) => (state && 'held' in state ? state.held : null)

const stateOf = (state: PauseState): string => {
  if (!state) return 'Mail is not on hold.'
  if ('until' in state)
    return `Mail is not on hold. It is paused until ${minuteOf(state.until)} (${state.because}), and goes on by itself.`
  return state.held === 'command'
    ? `All mail is on hold, by npm run hold. Nothing is sent until ${RELEASE}.`
    : `All mail is on hold, by SEND_MODE=hold. Nothing is sent until a start in another mode, or ${RELEASE}.`
}

const waitingOf = (ids: readonly string[]) =>
  ids.length === 0
    ? 'No message waits to be sent.'
    : `${countOf(ids)} ${ids.length === 1 ? 'waits' : 'wait'} to be sent.`

export const createMail = ({
  pause,
  held,
  rehearsals,
  waiting,
  kindOf,
  notify,
  note,
}: MailParts) => ({
  hold: async (): Promise<Said> => {
    const by = heldBy(await pause.state())
    if (by === 'command') return said('All mail was on hold already, and stays so.')
    await pause.hold('command')
    await note({ act: 'all mail held' })
    if (by === 'setting') {
      return said(
        'All mail was on hold already, by SEND_MODE=hold. Now it stays on hold whatever mode a process starts in.',
        `To release it: ${RELEASE}`,
      )
    }
    notify({ event: 'deliveries_held', by: 'command' })
    return said(
      'All mail is on hold. From now on no process hands anything to Resend; what is on its way may still arrive.',
      'Events are taken and messages decided as ever, and wait: through restarts too, whatever SEND_MODE says.',
      `To see what waits: npm run held. To release it: ${RELEASE}`,
    )
  },

  /** What waits and why, and to how many people. */
  list: async (): Promise<string[]> => [
    stateOf(await pause.state()),
    waitingOf(await waiting()),
    '',
    ...(await heldOneByOne(await held.list(), kindOf)),
    ...(await rehearsed(await rehearsals.list(), kindOf)),
  ],

  /** Lets all mail go out that is on hold. Messages that are held one by one stay so. */
  releaseAll: async (): Promise<string[]> => {
    const by = heldBy(await pause.state())
    if (!(await pause.release('command')))
      return [stateOf(await pause.state()), 'Nothing has changed.']
    await note({ act: 'all mail released' })
    notify({ event: 'deliveries_released', by: 'command' })
    const ids = await waiting()
    return [
      ids.length === 0
        ? 'All mail is released. No message waited.'
        : `All mail is released: ${countOf(ids)} ${ids.length === 1 ? 'goes' : 'go'} out now.`,
      ...(by === 'setting' ? ['A start with SEND_MODE=hold holds it again.'] : []),
      HOW_TO_HOLD,
    ]
  },
})

export type Mail = ReturnType<typeof createMail>
