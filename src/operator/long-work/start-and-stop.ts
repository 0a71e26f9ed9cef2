// Starts and stops long work for an operator, and notes it: the intent before the act. Work takes longer than an action may, so
// what it does is not noted as one.

import type { NoteAct } from '../actions.ts'
import type { WorkStore } from './store.ts'
import { nameOf, type Work } from './work.ts'

type Parts = { store: Pick<WorkStore, 'begin' | 'stop'>; note: NoteAct }

export const createStartAndStop = ({ store, note }: Parts) => ({
  /** @returns as the store does. */
  start: (...[order, beginner]: Parameters<WorkStore['begin']>): ReturnType<WorkStore['begin']> => {
    const work = nameOf({ order })
    return note.perform({ action: 'long work started', work }, async () => {
      const begun = await store.begin(order, beginner)
      if ('begun' in begun) await note.result({ act: 'long work started', work })
      return begun
    })
  },

  /** @returns whether there was anything to stop. */
  stop: (work: Pick<Work, 'id' | 'order'>): Promise<boolean> => {
    const name = nameOf(work)
    return note.perform({ action: 'long work stopped', work: name }, async () => {
      const isStopped = await store.stop(work.id)
      if (isStopped) await note.result({ act: 'long work stopped', work: name })
      return isStopped
    })
  },
})
