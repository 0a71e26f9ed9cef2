// Says in words which workers run, and what they do with messages: by what each read at its start, whatever .env says now.

import { modesIn, workersIn } from '../processes/differences.ts'
import type { PosternProcess } from '../processes/store.ts'

const DOES: Record<PosternProcess['mode'], string> = {
  live: 'messages are sent',
  shadow: 'messages are rehearsed, and none is sent',
  hold: 'the start put all mail on hold',
}

/** A sentence for each mode in which a worker runs. */
export const workerLines = (running: readonly PosternProcess[]): string[] => {
  const workers = workersIn(running)
  if (workers.length === 0) return ['No worker runs, so nothing is sent.']
  return modesIn(workers).map((mode) => {
    const count = workers.filter((one) => one.mode === mode).length
    const subject = count === 1 ? 'A worker runs' : `${count} workers run`
    return `${subject} with SEND_MODE=${mode}: ${DOES[mode]}.`
  })
}
