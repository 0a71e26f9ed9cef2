// Decides whether the processes that run belong together: pure.

import type { PosternProcess } from './store.ts'

type Mode = PosternProcess['mode']

const distinct = <T>(values: readonly T[]): T[] => [...new Set(values)].toSorted()

/** The processes that interpret events and send. */
export const workersIn = <P extends Pick<PosternProcess, 'role'>>(processes: readonly P[]): P[] =>
  processes.filter(({ role }) => role !== 'web')

/** The send modes of the workers, each once. A process without a worker sends nothing, so its mode says nothing. */
export const modesIn = (processes: readonly Pick<PosternProcess, 'role' | 'mode'>[]): Mode[] =>
  distinct(workersIn(processes).map(({ mode }) => mode))

/** The versions of all processes, each once. */
export const versionsIn = (processes: readonly Pick<PosternProcess, 'version'>[]): string[] =>
  distinct(processes.map(({ version }) => version))
