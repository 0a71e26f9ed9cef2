// Metrics of the processes that run, as their heartbeats say.

import type { RunningProcess } from '../processes/store.ts'
import type { Kit } from './kit.ts'

const ROLES: readonly RunningProcess['role'][] = ['all', 'web', 'worker']
const MODES: readonly RunningProcess['mode'][] = ['live', 'shadow', 'hold']

export const processMetrics = ({ gauge }: Kit, running: () => Promise<readonly RunningProcess[]>) =>
  gauge(
    {
      name: 'postern_processes',
      help: 'Processes that run, by their ROLE and SEND_MODE. One that was killed counts for half a minute more.',
      labels: ['role', 'mode'],
    },
    async () => {
      const all = await running()
      return ROLES.flatMap((role) =>
        MODES.map((mode) => ({
          labels: { role, mode },
          value: all.filter((one) => one.role === role && one.mode === mode).length,
        })),
      )
    },
  )
