// Holds and releases all mail, in every process, and lists the messages that wait. Listing changes
// nothing.

import type { HeldMessages } from '../deliveries/held.ts'
import { createRehearsals, type Rehearsals } from '../deliveries/rehearsals.ts'
import { type AllMail, createAllMail, heldBy } from '../operator/all-mail.ts'
import { workerLines } from '../operator/worker-words.ts'
import { createProcessStore, type ProcessStore } from '../processes/store.ts'
import type { HeldBy, PauseState } from '../resend/pause.ts'
import type { Context } from './context.ts'
import {
  type CommandOutput,
  countOf,
  HOW_TO_HOLD,
  heldMessages,
  minuteOf,
  output,
} from './output.ts'
import { rehearsalSummary } from './rehearsals.ts'

type MailParts = {
  allMail: AllMail
  held: Pick<HeldMessages, 'list'>
  rehearsals: Pick<Rehearsals, 'list'>
  processes: Pick<ProcessStore, 'running'>
  /** The ids of all messages that wait to be sent. */
  waiting: () => Promise<string[]>
}

const RELEASE = 'npm run release -- all'

const HELD_BY: Record<HeldBy, string> = {
  command: `All mail is on hold, by npm run hold. Nothing is sent until ${RELEASE}.`,
  console: `All mail is on hold, by an operator in the console. Nothing is sent until it is released there, or ${RELEASE}.`,
  setting: `All mail is on hold, by SEND_MODE=hold. Nothing is sent until Postern starts in another mode, or ${RELEASE}.`,
  gap: `All mail is on hold: Postern was away, and asks Resend what was sent since its last heartbeat. It releases mail by itself once that adds up, or ${RELEASE}.`,
}

const stateOf = (state: PauseState): string => {
  if (!state) return 'Mail is not on hold.'
  if ('until' in state)
    return `Mail is not on hold. It is paused until ${minuteOf(state.until)} (${state.because}), and resumes by itself.`
  return HELD_BY[state.held]
}

const waitingOf = (ids: readonly string[]) =>
  ids.length === 0
    ? 'No message waits to be sent.'
    : `${countOf(ids)} ${ids.length === 1 ? 'waits' : 'wait'} to be sent.`

export const createMail = ({ allMail, held, rehearsals, processes, waiting }: MailParts) => ({
  hold: async (): Promise<CommandOutput> => {
    const by = await allMail.hold()
    if (by === 'command' || by === 'console')
      return output(
        'All mail was on hold already. Nothing has changed.',
        waitingOf(await waiting()),
      )
    if (by === 'setting') {
      return output(
        'All mail was on hold already, by SEND_MODE=hold. Now it stays on hold in every SEND_MODE.',
        waitingOf(await waiting()),
        `To release it: ${RELEASE}`,
      )
    }
    return output(
      'All mail is on hold. No process sends anything to Resend any more; emails that Resend has already may still arrive.',
      waitingOf(await waiting()),
      'Postern still takes events and decides messages. They wait, through restarts and in every SEND_MODE.',
      `To count what waits: npm run held. To list it: npm run messages -- --state waiting. To release it: ${RELEASE}`,
    )
  },

  /**
   * The state of all mail, the workers that run, the number of messages that wait, and the messages that are held
   * individually, with their reasons. `isAnyHeld`: a release would let a message go.
   */
  list: async (): Promise<{ lines: string[]; isAnyHeld: boolean }> => {
    const [messages, state, ids] = [await held.list(), await allMail.state(), await waiting()]
    const lines = [
      stateOf(state),
      ...workerLines(await processes.running()),
      waitingOf(ids),
      '',
      ...heldMessages(messages),
      ...rehearsalSummary(await rehearsals.list()),
    ]
    const isWaitingOnHold = heldBy(state) !== null && ids.length > 0
    return { lines, isAnyHeld: messages.length > 0 || isWaitingOnHold }
  },

  /** Releases all mail. Messages that are held individually stay held. */
  releaseAll: async (): Promise<string[]> => {
    const by = await allMail.release()
    if (by === null) return [stateOf(await allMail.state()), 'Nothing has changed.']
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

export const mailOf = ({
  redis,
  clock,
  pause,
  held,
  stores,
  deliveriesDue,
  notify,
  note,
}: Context): Mail =>
  createMail({
    processes: createProcessStore(redis, clock),
    allMail: createAllMail({ pause: pause(), note, notify: notify(), by: 'command' }),
    held: held(),
    rehearsals: createRehearsals(stores().list),
    waiting: deliveriesDue().all,
  })
